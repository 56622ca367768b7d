import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** The complexity of a selection with its fragments spread. */
export interface Complexity {
  /** Fields below each other, and the same of what introspection answers. */
  readonly depth: number
  readonly introspectionDepth: number
  /** Aliases, and fields repeated in one selection. */
  readonly aliases: number
  /** All fields. */
  readonly fields: number
  /** Fields at the top, and those of them that are not `__typename`. */
  readonly topFields: number
  readonly namedTopFields: number
}

const NOTHING: Complexity = {
  depth: 0,
  introspectionDepth: 0,
  aliases: 0,
  fields: 0,
  topFields: 0,
  namedTopFields: 0,
}

const ENDLESS: Complexity = { ...NOTHING, depth: Number.POSITIVE_INFINITY }

const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type'])

/**
 * The complexity of selections of a document. That of a fragment is computed once and used wherever it is spread, so that
 * fragments that spread each other many times over cost no more than their length. One that spreads itself is infinitely deep.
 */
export function complexityOf(document: DocumentNode): (selectionSet: SelectionSetNode) => Complexity {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const known = new Map<string, Complexity>()

  const complexityOfFragment = (name: string): Complexity => {
    const found = known.get(name)
    if (found !== undefined) return found
    known.set(name, ENDLESS)
    const fragment = fragments.get(name)
    const complexity = fragment === undefined ? NOTHING : complexityOfSet(fragment.selectionSet)
    known.set(name, complexity)
    return complexity
  }

  const complexityOfField = (field: FieldNode, siblings: Set<string>): Complexity => {
    const below = field.selectionSet === undefined ? NOTHING : complexityOfSet(field.selectionSet)
    const name = field.name.value
    const again = field.alias !== undefined || siblings.has(name)
    siblings.add(name)
    const isIntrospection = INTROSPECTION.has(name)
    return {
      depth: isIntrospection ? 1 : below.depth + 1,
      introspectionDepth: isIntrospection ? below.depth + 1 : below.introspectionDepth,
      aliases: below.aliases + (again ? 1 : 0),
      fields: below.fields + 1,
      topFields: 1,
      namedTopFields: name === '__typename' ? 0 : 1,
    }
  }

  const complexityOfSelection = (selection: SelectionNode, siblings: Set<string>): Complexity => {
    if (selection.kind === Kind.FIELD) return complexityOfField(selection, siblings)
    if (selection.kind === Kind.FRAGMENT_SPREAD) return complexityOfFragment(selection.name.value)
    return complexityOfSet(selection.selectionSet, siblings)
  }

  const complexityOfSet = (selectionSet: SelectionSetNode, siblings = new Set<string>()): Complexity =>
    selectionSet.selections.reduce((sum, one) => plus(sum, complexityOfSelection(one, siblings)), NOTHING)

  return complexityOfSet
}

const plus = (one: Complexity, other: Complexity): Complexity => ({
  depth: Math.max(one.depth, other.depth),
  introspectionDepth: Math.max(one.introspectionDepth, other.introspectionDepth),
  aliases: one.aliases + other.aliases,
  fields: one.fields + other.fields,
  topFields: one.topFields + other.topFields,
  namedTopFields: one.namedTopFields + other.namedTopFields,
})
