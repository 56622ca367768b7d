import type { FaultPath } from '../errors/validation-fault.ts'
import type { Quoted } from '../errors/vendor-message.ts'
import { isObject } from './read-json.ts'
import { EACH, graphqlPathsOf, type ParameterTable } from './rest-parameters.ts'

/**
 * The path, in the arguments of a write, of the REST parameter that the cloud refuses. Among the items of a list it is the only
 * one that has the parameter, or the only one whose value the cloud quotes; else the path is that of the list.
 * `members[].ecs_id` accepts only a quoted item. `null` for a parameter that the write does not have.
 */
export function refusedPath(
  parameters: ParameterTable,
  input: object,
  parameter: string,
  quoted: Quoted,
): FaultPath | null {
  const paths = graphqlPathsOf(parameters, parameter)
  const [first] = paths
  if (first === undefined) return null
  for (const path of paths) {
    const spots = spotsOf({ input }, path)
    if (spots.length > 0) return refusedSpot(spots, quoted, path)
  }
  return beforeItems(first)
}

interface Spot {
  readonly path: FaultPath
  readonly value: unknown
}

/** All values of the arguments at a path; where the path has no position it goes through every item of a list. */
function spotsOf(value: unknown, path: FaultPath, at: FaultPath = []): Spot[] {
  const [segment, ...rest] = path
  if (value === undefined || value === null) return []
  if (segment === undefined) return [{ path: at, value }]
  if (Array.isArray(value)) {
    if (typeof segment === 'number') return spotsOf(value[segment], rest, [...at, segment])
    const below = segment === EACH ? rest : path
    return value.flatMap((item, index) => spotsOf(item, below, [...at, index]))
  }
  return isObject(value) ? spotsOf(value[segment], rest, [...at, segment]) : []
}

function refusedSpot(spots: readonly Spot[], quoted: Quoted, path: FaultPath): FaultPath {
  const ofEach = path.includes(EACH)
  const likely = ofEach || spots.length > 1 ? spots.filter(({ value }) => quoted.has(String(value))) : spots
  const [only, ...others] = likely
  if (only !== undefined && others.length === 0) return only.path
  return ofEach ? beforeItems(path) : sharedBy(spots)
}

function beforeItems(path: FaultPath): FaultPath {
  const index = path.indexOf(EACH)
  return index < 0 ? path : path.slice(0, index)
}

/** The common beginning of several paths. */
const sharedBy = (spots: readonly Spot[]): FaultPath =>
  spots
    .map(({ path }) => path)
    .reduce((shared, path) => {
      const end = shared.findIndex((segment, index) => path[index] !== segment)
      return end < 0 ? shared : shared.slice(0, end)
    })
