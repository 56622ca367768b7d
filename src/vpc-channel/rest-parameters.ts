import type { FaultPath } from '../errors/validation-fault.ts'
import type { VpcChannelProduct } from '../lib/products.ts'
import { vpcChannel } from './fields.ts'
import type { Rows } from './row.ts'

/** The GraphQL name of each field of an input by its REST name; nested objects and lists have nested tables. */
interface ParameterTable {
  readonly [restName: string]: string | readonly [string, ParameterTable]
}

const tableOf = (rows: Rows): ParameterTable =>
  Object.fromEntries(
    Object.entries(rows)
      .filter(([, { use }]) => use !== 'answer')
      .map(([name, { restName, codec }]) => [restName, codec.rows ? [name, tableOf(codec.rows)] : name]),
  )

const input: ParameterTable = {
  ...tableOf(vpcChannel.rows),
  project_id: 'projectId',
  service_type: 'microservice', // which half of `microservice` is given says it
}

const INPUTS: Readonly<Record<VpcChannelProduct, ParameterTable>> = {
  APIG: { ...input, instance_id: 'instanceId' },
  ROMA_CONNECT: { ...input, instance_ids: 'instanceIds' },
}

/** In a path: any item of a list. */
export const EACH = '[]'

/**
 * The paths of a REST parameter in the arguments of the product's mutation. A bare name such as `time_interval` is searched
 * from the top down: `port` is that of the channel rather than that of a member. Several paths where several lists have the
 * name; none for an unknown name.
 */
export function graphqlPathsOf(product: VpcChannelProduct, parameter: string): FaultPath[] {
  const segments = parameter.match(/\[\]|[^.[\]]+/g) ?? []
  const [first, ...rest] = segments
  if (first === undefined) return []
  return find(INPUTS[product], first).map((start) => ['input', ...start.path, ...follow(start.below, rest)])
}

interface Found {
  readonly path: readonly string[]
  readonly below: ParameterTable
}

/** All paths of a name, breadth first. */
function find(table: ParameterTable, restName: string): Found[] {
  const places: Found[] = []
  let level: Found[] = [{ path: [], below: table }]
  while (level.length > 0) {
    for (const { path, below } of level) {
      const found = step(below, restName)
      if (found !== null) places.push({ path: [...path, ...found.path], below: found.below })
    }
    level = level.flatMap(({ path, below }) =>
      Object.values(below)
        .filter((entry) => typeof entry !== 'string')
        .map(([name, nested]) => ({ path: [...path, name], below: nested })),
    )
  }
  return places
}

/** Follows list positions and names down from a table, as far as the table has them. */
function follow(table: ParameterTable, segments: readonly string[]): FaultPath {
  const [segment, ...rest] = segments
  if (segment === undefined) return []
  if (segment === EACH) return [EACH, ...follow(table, rest)]
  if (/^\d{1,6}$/.test(segment)) return [Number(segment), ...follow(table, rest)]
  const found = step(table, segment)
  return found === null ? [] : [...found.path, ...follow(found.below, rest)]
}

function step(table: ParameterTable, restName: string): Found | null {
  const entry = Object.hasOwn(table, restName) ? table[restName] : undefined
  if (entry === undefined) return null
  return typeof entry === 'string' ? { path: [entry], below: {} } : { path: [entry[0]], below: entry[1] }
}
