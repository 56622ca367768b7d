import {
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** The fields of a channel that lists do not bring. */
const OF_WHOLE_CHANNELS: ReadonlySet<string> = new Set(['members', 'healthCheck'])

/**
 * Whether a field's selection asks for what only a whole channel has, at the end of one of the paths below it:
 * `[]` for a field that answers a channel, `['edges', 'node']` for a connection.
 */
export const selectsWholeChannel = (
  info: GraphQLResolveInfo,
  ...paths: readonly (readonly string[])[]
): boolean => paths.some((path) => selectsAny(info, path, OF_WHOLE_CHANNELS))

/** Whether one of these fields is selected at the end of a path below the field. Fragments are looked into. */
export const selectsAny = (
  info: GraphQLResolveInfo,
  path: readonly string[],
  names: ReadonlySet<string>,
): boolean => info.fieldNodes.some(({ selectionSet }) => holdsAny(selectionSet, path, 0, names, info))

function holdsAny(
  selectionSet: SelectionSetNode | undefined,
  path: readonly string[],
  depth: number,
  names: ReadonlySet<string>,
  info: GraphQLResolveInfo,
): boolean {
  for (const selection of selectionSet?.selections ?? []) {
    if (!isIncluded(selection, info.variableValues)) continue
    if (selection.kind !== Kind.FIELD) {
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value] : selection
      if (holdsAny(fragment?.selectionSet, path, depth, names, info)) return true
    } else if (depth === path.length) {
      if (names.has(selection.name.value)) return true
    } else if (selection.name.value === path[depth]) {
      if (holdsAny(selection.selectionSet, path, depth + 1, names, info)) return true
    }
  }
  return false
}

/**
 * Whether `@skip` and `@include` leave a selection in.
 *
 * @throws {GraphQLError} where a condition cannot be read
 */
export const isIncluded = (selection: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean =>
  !selection.directives?.length ||
  (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] !== false)
