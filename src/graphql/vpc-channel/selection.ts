import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'

/** The fields of a channel that lists do not bring. */
const OF_WHOLE_CHANNELS: ReadonlySet<string> = new Set(['members', 'healthCheck'])

/**
 * Whether a field's selection asks for what only a whole channel has, at the end of one of the paths below it:
 * `[]` for a field that answers a channel, `['edges', 'node']` for a connection.
 */
export function selectsWholeChannel(
  info: GraphQLResolveInfo,
  ...paths: readonly (readonly string[])[]
): boolean {
  const known = SELECTIONS.get(info.fieldNodes)
  if (known !== undefined) return known
  const selects = paths.some((path) => selectsAny(info, path, OF_WHOLE_CHANNELS))
  if (!isConditional(info)) SELECTIONS.set(info.fieldNodes, selects)
  return selects
}

/** What fields select that are executed over and over; of those whose selection depends on variables nothing is kept. */
const SELECTIONS = new WeakMap<readonly FieldNode[], boolean>()

function isConditional({ operation, fragments }: GraphQLResolveInfo): boolean {
  let found = false
  const visitor = {
    Directive: () => {
      found = true
    },
  }
  for (const node of [operation, ...Object.values(fragments)]) visit(node, visitor)
  return found
}

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
    .filter((selection) => isIncluded(selection, info))
    .flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection]
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value] : selection
      return fieldsOf(fragment?.selectionSet, info)
    })
}

const isIncluded = (selection: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean =>
  getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.['if'] !== true &&
  getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.['if'] !== false
