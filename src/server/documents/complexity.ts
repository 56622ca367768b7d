import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** What a selection comes to once its fragments are spread. */
export interface Complexity {
  /** Fields below each other, and the same of what introspection answers. */
  readonly depth: number
  readonly introspectionDepth: number
  /** Aliases, and fields written again beside themselves. */
  readonly aliases: number
  /** All fields. */
  readonly fields: number
  /** Fields at the top, and those of them that are no `__typename`. */
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
 * Weighs selections of a document. Each fragment is weighed once and its weight used wherever it is spread, so that
 * fragments that spread each other many times over cost no more than their length. One that spreads itself has no end.
 */
export function complexityOf(document: DocumentNode): (selectionSet: SelectionSetNode) => Complexity {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const weights = new Map<string, Complexity>()

  const weightOfFragment = (name: string): Complexity => {
    const known = weights.get(name)
    if (known !== undefined) return known
    weights.set(name, ENDLESS)
    const fragment = fragments.get(name)
    const weight = fragment === undefined ? NOTHING : weightOf(fragment.selectionSet)
    weights.set(name, weight)
    return weight
  }

  const weightOfField = (field: FieldNode, beside: Set<string>): Complexity => {
    const below = field.selectionSet === undefined ? NOTHING : weightOf(field.selectionSet)
    const name = field.name.value
    const again = field.alias !== undefined || beside.has(name)
    beside.add(name)
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

  const weightOfSelection = (selection: SelectionNode, beside: Set<string>): Complexity => {
    if (selection.kind === Kind.FIELD) return weightOfField(selection, beside)
    if (selection.kind === Kind.FRAGMENT_SPREAD) return weightOfFragment(selection.name.value)
    return weightOf(selection.selectionSet, beside)
  }

  const weightOf = (selectionSet: SelectionSetNode, beside = new Set<string>()): Complexity =>
    selectionSet.selections.reduce((sum, one) => plus(sum, weightOfSelection(one, beside)), NOTHING)

  return weightOf
}

const plus = (one: Complexity, other: Complexity): Complexity => ({
  depth: Math.max(one.depth, other.depth),
  introspectionDepth: Math.max(one.introspectionDepth, other.introspectionDepth),
  aliases: one.aliases + other.aliases,
  fields: one.fields + other.fields,
  topFields: one.topFields + other.topFields,
  namedTopFields: one.namedTopFields + other.namedTopFields,
})
