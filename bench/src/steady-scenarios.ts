import { MEMBER_COUNTS } from './upstream/answers.ts'
import type { DelayMs } from './upstream/upstream.ts'
import {
  CREATING,
  CREATING_AND_READING,
  REFERRING,
  REFERRING_WHOLE,
  SHOWING,
  showingMembers,
  UPSERTING,
  type Workload,
} from './workloads.ts'

/** A load that stays the same, on some of the contenders. */
export interface SteadyScenario {
  readonly name: string
  readonly title: string
  readonly workload: Workload
  readonly delayMs: DelayMs
  readonly contenders: 'all' | 'ours and bare'
  readonly connections: number
  /** Whether the upstream speaks TLS. */
  readonly isSecure?: boolean
  /** The share of a core that the load takes, below 1; without it the connections never pause. */
  readonly utilization?: number
}

/** The two operations over TLS, which the cloud speaks: saturated, with few connections, and at half a core. */
const overTls = [
  { name: '', text: '', connections: 64 },
  { name: '-4', text: '', connections: 4 },
  { name: '-1', text: '', connections: 1 },
  { name: '-half', text: ', at half a core', connections: 64, utilization: 0.5 },
].flatMap(({ name, text, ...load }) =>
  [
    { name: `tls-mutation${name}`, title: `\`createVpcChannel\` over TLS${text}`, workload: CREATING },
    { name: `tls-query${name}`, title: `\`vpcChannel\` over TLS${text}`, workload: SHOWING },
  ].map((operation) => ({ ...operation, ...load })),
)

const usual = { delayMs: 0, contenders: 'ours and bare', connections: 64 } as const

export const STEADY_SCENARIOS: readonly SteadyScenario[] = [
  {
    ...usual,
    name: 'mutation',
    title: '`createVpcChannel`, all that the answer brings',
    workload: CREATING,
    contenders: 'all',
  },
  {
    ...usual,
    name: 'query',
    title: '`vpcChannel`, the whole channel',
    workload: SHOWING,
    contenders: 'all',
  },
  ...overTls.map((scenario) => ({ ...usual, ...scenario, isSecure: true })),
  {
    ...usual,
    name: 'read-back',
    title: '`createVpcChannel` with `members` and `healthCheck`: two REST calls',
    workload: CREATING_AND_READING,
  },
  {
    ...usual,
    name: 'upsert',
    title: '`upsertProjectVpcChannels` over 10 instances, whole channels',
    workload: UPSERTING,
  },
  {
    ...usual,
    name: 'entities',
    title: '`_entities`, 100 references, what one list call brings',
    workload: REFERRING,
  },
  {
    ...usual,
    name: 'entities-whole',
    title: '`_entities`, 100 references with members: 100 REST calls',
    workload: REFERRING_WHOLE,
    // Each keeps several calls under way.
    connections: 8,
  },
  ...MEMBER_COUNTS.map((count) => ({
    ...usual,
    name: `members-${count}`,
    title: `\`vpcChannel\` with ${count} members`,
    workload: showingMembers(count),
  })),
  ...([5, 50] as const).map((delayMs) => ({
    ...usual,
    name: `delay-${delayMs}ms`,
    title: `\`createVpcChannel\`, the upstream takes ${delayMs} ms`,
    workload: CREATING,
    delayMs,
  })),
]
