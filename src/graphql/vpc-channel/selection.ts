import {
  type FieldNode,
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
export function selectsAny(
  info: GraphQLResolveInfo,
  path: readonly string[],
  names: ReadonlySet<string>,
): boolean {
  const below = path.reduce<readonly FieldNode[]>(
    (nodes, name) =>
      nodes.flatMap((node) => fieldsOf(node.selectionSet, info)).filter((field) => field.name.value === name),
    info.fieldNodes,
  )
  return below
    .flatMap((node) => fieldsOf(node.selectionSet, info))
    .some((field) => names.has(field.name.value))
}

function fieldsOf(selectionSet: SelectionSetNode | undefined, info: GraphQLResolveInfo): FieldNode[] {
  return (selectionSet?.selections ?? [])
    .filter((selection) => isIncluded(selection, info.variableValues))
    .flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection]
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value] : selection
      return fieldsOf(fragment?.selectionSet, info)
    })
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
