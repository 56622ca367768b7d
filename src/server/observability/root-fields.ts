import { type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode } from 'graphql'

const MAX_FIELDS = 20

/** The root fields of an operation as they are written, fragments looked into. The document may be an invalid one. */
export function rootFields(document: DocumentNode, operation: OperationDefinitionNode): FieldNode[] {
  const fields: FieldNode[] = []
  const entered = new Set<string>()
  const open = [operation.selectionSet.selections]
  for (let selections = open.pop(); selections !== undefined; selections = open.pop()) {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields.push(selection)
      else if (selection.kind === Kind.INLINE_FRAGMENT) open.push(selection.selectionSet.selections)
      else if (!entered.has(selection.name.value)) {
        entered.add(selection.name.value)
        open.push(...fragmentNamed(document, selection.name.value))
      }
      if (fields.length === MAX_FIELDS) return fields
    }
  }
  return fields
}

const fragmentNamed = (document: DocumentNode, name: string) =>
  document.definitions.flatMap((definition) =>
    definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name
      ? [definition.selectionSet.selections]
      : [],
  )
