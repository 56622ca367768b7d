import { fileURLToPath } from 'node:url'
import { tailcallCommand } from '../contenders/tailcall/command.ts'
import { tailcallExchange } from '../contenders/tailcall/exchange.ts'
import type { Command } from './run-command.ts'
import { PROJECT } from './upstream/answers.ts'
import type { Exchange, Workload } from './workloads.ts'

/** One of the servers that are measured. */
export interface Contender {
  readonly name: string
  readonly title: string
  readonly command: (port: number, upstream: string) => Omit<Command, 'cores'>
  /** What it is asked to do a job; `undefined` for one that it cannot do. */
  readonly exchange: (workload: Workload) => Exchange | undefined
}

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Every connection of the load may have a call under way: what the gateway's guards hold back is not measured here. */
const GATEWAY_LIMITS = { MAX_IN_FLIGHT: '64', MAX_IN_FLIGHT_PER_CALLER: '64' }

export const OURS: Contender = {
  name: 'ours',
  title: 'this gateway',
  command: (port, upstream) => ({
    command: process.execPath,
    args: [pathOf('../../dist/main.js')],
    env: {
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      METRICS_PORT: '0',
      HOST: '127.0.0.1',
      PORT: String(port),
      APIG_ENDPOINT: upstream,
      ROMA_ENDPOINT: upstream,
      HW_PROJECT_ID: PROJECT,
      ...GATEWAY_LIMITS,
    },
  }),
  exchange: ({ graphql }) => graphql,
}

const nodeProgram =
  (file: string): Contender['command'] =>
  (port, upstream) => ({
    command: process.execPath,
    args: [pathOf(`../dist/${file}`), String(port), upstream],
    env: { NODE_ENV: 'production' },
  })

export const BARE: Contender = {
  name: 'bare',
  title: 'an ordinary Node proxy, no GraphQL',
  command: nodeProgram('bare-node.js'),
  exchange: ({ rest }) => rest,
}

const peer = (name: string, title: string): Contender => ({
  name,
  title,
  command: nodeProgram(`${name}.js`),
  exchange: ({ graphql }) => graphql,
})

/** All that can run on this machine, and the names of those that cannot. */
export async function allContenders(
  directory: string,
): Promise<{ readonly contenders: readonly Contender[]; readonly missing: readonly string[] }> {
  const title = 'Tailcall (Rust)'
  const command = await tailcallCommand(directory)
  const contenders = [
    BARE,
    OURS,
    peer('mercurius', 'Mercurius, JIT'),
    peer('yoga', 'GraphQL Yoga'),
    peer('apollo', 'Apollo Server'),
  ]
  if (command === undefined) return { contenders, missing: [title] }
  const exchange = ({ graphql }: Workload): Exchange => tailcallExchange(graphql)
  return { contenders: [...contenders, { name: 'tailcall', title, command, exchange }], missing: [] }
}
