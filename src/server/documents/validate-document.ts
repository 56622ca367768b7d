import {
  type ASTNode,
  type ASTVisitor,
  BREAK,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type Kind,
  specifiedRules,
  TypeInfo,
  ValidationContext,
} from 'graphql'
import { getEnterLeaveForKind } from 'graphql/language/visitor.js'
import { type Ancestors, visitNodes } from './document-nodes.ts'

const MAX_ERRORS = 100

type Visit = (
  node: ASTNode,
  key: undefined,
  parent: ASTNode | readonly ASTNode[] | undefined,
  path: readonly (string | number)[],
  ancestors: Ancestors,
) => unknown

/** The handlers that one rule has for a kind of node. */
interface Handlers {
  readonly rule: number
  readonly visitor: ASTVisitor
  readonly enter: Visit | undefined
  readonly leave: Visit | undefined
}

/**
 * Validates a document by the rules of graphql-js, with the errors of its `validate`. That prepares 27 rules for all 43 kinds of
 * nodes, which takes several times as long as a short document is worth; here they are prepared for the kinds that come.
 */
export function validateDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  hideSuggestions: boolean,
): readonly GraphQLError[] {
  const errors: GraphQLError[] = []
  const typeInfo = new TypeInfo(schema)
  const onError = (error: GraphQLError): void => {
    if (errors.length >= MAX_ERRORS) throw tooMany()
    errors.push(error)
  }
  const context = new ValidationContext(schema, document, typeInfo, onError, hideSuggestions)
  const visitors = specifiedRules.map((rule) => rule(context))
  /** The node below which a rule looks at nothing; `BREAK`: it looks at nothing more. */
  const skipping: unknown[] = visitors.map(() => undefined)
  const handlersFor = handlersOf(visitors)

  try {
    visitNodes(document, {
      enter(node, parent, ancestors) {
        typeInfo.enter(node)
        for (const { rule, visitor, enter } of handlersFor(node.kind)) {
          if (skipping[rule] !== undefined) continue
          const result = enter?.call(visitor, node, undefined, parent, NO_PATH, ancestors)
          if (result === false) skipping[rule] = node
          else if (result === BREAK) skipping[rule] = BREAK
        }
      },
      leave(node, parent, ancestors) {
        for (const { rule, visitor, leave } of handlersFor(node.kind)) {
          if (skipping[rule] === node) skipping[rule] = undefined
          else if (skipping[rule] === undefined) {
            const result = leave?.call(visitor, node, undefined, parent, NO_PATH, ancestors)
            if (result === BREAK) skipping[rule] = BREAK
          }
        }
        typeInfo.leave(node)
      },
    })
  } catch (error) {
    // A rule that gives up throws an error of GraphQL.
    if (!(error instanceof GraphQLError)) throw error
    errors.push(error)
  }
  return errors
}

/** No rule of graphql-js asks for it. */
const NO_PATH: readonly (string | number)[] = []

const tooMany = (): GraphQLError =>
  new GraphQLError('Too many validation errors, error limit reached. Validation aborted.')

function handlersOf(visitors: readonly ASTVisitor[]): (kind: Kind) => readonly Handlers[] {
  const known = new Map<Kind, readonly Handlers[]>()
  return (kind) => {
    const found = known.get(kind)
    if (found !== undefined) return found
    const made: Handlers[] = []
    for (const [rule, visitor] of visitors.entries()) {
      const { enter, leave } = getEnterLeaveForKind(visitor, kind)
      if (enter ?? leave) made.push({ rule, visitor, enter: enter as Visit, leave: leave as Visit })
    }
    known.set(kind, made)
    return made
  }
}
