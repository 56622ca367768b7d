import { readFileSync } from 'node:fs'

/** JSON of the vendor's, as its pages show it. */
export type Json = Readonly<Record<string, unknown>>

export const readAnswer = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`../../answers/${name}.json`, import.meta.url), 'utf8'))

/** APIG page, example answer 2: a microservice channel, without members and health check. */
export const CREATED = readAnswer('created')
/** The same channel as a read by id answers it. */
export const SHOWN = readAnswer('shown')
const UPSERTED = readAnswer('upserted')

export const PROJECT = '5fd5d4b1c2a64b7a9d3a3d2f0c9b8e71'
export const INSTANCE = 'eddc4d25480b4cd6b512f270a1b8b341'
export const CHANNEL = '105c6902457144a4820dff8b1ad63331'

const numbered = <Value>(length: number, make: (number: string, index: number) => Value): Value[] =>
  Array.from({ length }, (_, index) => make(String(index).padStart(4, '0'), index))

/** Instances of the batch. */
export const INSTANCES = numbered(10, (number) => `eea73cde015940908ae0117d67bf${number}`)
/** Channels that another subgraph refers to. */
export const REFERRED = numbered(100, (number) => `105c6902457144a4820dff8b1ad6${number}`)
/** Sizes of the channels whose members are counted, and those channels' ids. */
export const MEMBER_COUNTS = [10, 100, 1000] as const
export const channelWithMembers = (count: number): string => `members-${count}`

/** What tells the members of such a channel apart. */
export const membersOf = (count: number): { readonly id: string; readonly host: string }[] =>
  numbered(count, (number, index) => ({
    id: `2bb4a1d2f4d5468d8a2d3ae0ad1b${number}`,
    host: `192.168.${Math.floor(index / 250)}.${1 + (index % 250)}`,
  }))

function withMembers(count: number): Json {
  const [member] = SHOWN['members'] as readonly Json[]
  const members = membersOf(count).map((one) => ({ ...member, ...one }))
  return { ...SHOWN, id: channelWithMembers(count), members }
}

interface Answer {
  readonly status: 200 | 201
  readonly body: Json
}

/** The answers to all calls but reads by id. */
export const ANSWERS = {
  create: { status: 201, body: CREATED },
  list: {
    status: 200,
    body: {
      total: REFERRED.length,
      size: REFERRED.length,
      vpc_channels: REFERRED.map((id) => ({ ...CREATED, id })),
    },
  },
  upsert: {
    status: 200,
    body: { project_vpc_channels: INSTANCES.map((id) => ({ ...UPSERTED, instance_id: id })) },
  },
} satisfies Record<string, Answer>

/** The answers to reads by id. */
export const CHANNELS: ReadonlyMap<string, Json> = new Map([
  [CHANNEL, SHOWN],
  ...REFERRED.map((id): [string, Json] => [id, { ...SHOWN, id }]),
  ...MEMBER_COUNTS.map((count): [string, Json] => [channelWithMembers(count), withMembers(count)]),
])
