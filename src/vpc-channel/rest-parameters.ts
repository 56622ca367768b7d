import type { FaultPath } from '../errors/validation-fault.ts'
import { vpcChannel } from './fields.ts'
import type { Rows } from './row.ts'

/** The fields of a write's input, by their REST names. */
export interface ParameterTable {
  readonly [restName: string]: Parameter
}

/** Where a REST parameter is in the input, in GraphQL's names, and what is below it. */
interface Parameter {
  readonly path: readonly string[]
  readonly below: ParameterTable
}

/** A parameter with nothing below it, at this path in the input. */
export const parameterAt = (...path: string[]): Parameter => ({ path, below: {} })

const tableOf = (rows: Rows): ParameterTable =>
  Object.fromEntries(
    Object.entries(rows)
      .filter(([, { use }]) => use !== 'answer')
      .map(([name, { restName, codec }]) => [restName, { path: [name], below: tableOf(codec.rows ?? {}) }]),
  )

/** The parameters of a whole channel, and of the path of every REST call. */
export const channelParameters: ParameterTable = {
  ...tableOf(vpcChannel.rows),
  project_id: parameterAt('projectId'),
  service_type: parameterAt('microservice'), // the half of `microservice` that is given says it
}

/** In a path: any item of a list. */
export const EACH = '[]'

/**
 * The paths of a REST parameter in the arguments of a mutation: `members[0].host` as well as the bare `time_interval`. A bare
 * name is searched from the top down: `port` is that of the channel rather than that of a member. Several paths where several
 * lists have the name; none for an unknown name.
 */
export function graphqlPathsOf(table: ParameterTable, parameter: string): FaultPath[] {
  const segments = parameter.match(/\[\]|[^.[\]]+/g) ?? []
  const [first, ...rest] = segments
  if (first === undefined) return []
  return find(table, first).map((start) => ['input', ...start.path, ...follow(start.below, rest)])
}

/** All paths of a name, breadth first. */
function find(table: ParameterTable, restName: string): Parameter[] {
  const places: Parameter[] = []
  let level = [{ path: [] as readonly string[], below: table }]
  while (level.length > 0) {
    for (const { path, below } of level) {
      const found = step(below, restName)
      if (found !== null) places.push({ path: [...path, ...found.path], below: found.below })
    }
    level = level.flatMap(({ path, below }) =>
      Object.values(below).map((entry) => ({ path: [...path, ...entry.path], below: entry.below })),
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

const step = (table: ParameterTable, restName: string): Parameter | null =>
  (Object.hasOwn(table, restName) && table[restName]) || null
