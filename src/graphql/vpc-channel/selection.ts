import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql'

/** The fields of a channel that lists do not bring. */
const OF_WHOLE_CHANNELS: ReadonlySet<string> = new Set(['members', 'healthCheck'])

/**
 * Whether a field's selection asks for what only a whole channel has, at the end of one of the paths below it:
 * `[]` for a field that answers a channel, `['edges', 'node']` for a connection. Fragments are looked into.
 */
export const selectsWholeChannel = (
  info: GraphQLResolveInfo,
  ...paths: readonly (readonly string[])[]
): boolean =>
  paths.some((path) =>
    path
      .reduce<readonly FieldNode[]>(
        (nodes, name) =>
          nodes
            .flatMap((node) => fieldsOf(node.selectionSet, info))
            .filter((field) => field.name.value === name),
        info.fieldNodes,
      )
      .flatMap((node) => fieldsOf(node.selectionSet, info))
      .some((field) => OF_WHOLE_CHANNELS.has(field.name.value)),
  )

function fieldsOf(selectionSet: SelectionSetNode | undefined, info: GraphQLResolveInfo): FieldNode[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection]
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value] : selection
    return fieldsOf(fragment?.selectionSet, info)
  })
}
