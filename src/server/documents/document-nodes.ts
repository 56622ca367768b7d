import type { ASTNode } from 'graphql'
import { QueryDocumentKeys } from 'graphql/language/ast.js'

/** Called before and after the nodes below a node. Ancestors are those that graphql-js' `visit` gives: nodes and lists of nodes. */
export interface NodeVisitor {
  readonly enter: (
    node: ASTNode,
    parent: ASTNode | readonly ASTNode[] | undefined,
    ancestors: Ancestors,
  ) => void
  readonly leave?: (
    node: ASTNode,
    parent: ASTNode | readonly ASTNode[] | undefined,
    ancestors: Ancestors,
  ) => void
}

export type Ancestors = readonly (ASTNode | readonly ASTNode[])[]

/** Descriptions are comments: they look like values, and are none. */
const CHILDREN: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(QueryDocumentKeys).map(([kind, keys]: [string, readonly string[]]) => [
    kind,
    keys.filter((key) => key !== 'description'),
  ]),
)

/**
 * Visits all nodes of a document, which has to be of bounded depth. graphql-js' `visit` can change the tree, and looks up the
 * handlers of all kinds of nodes first: for a short document that takes longer than all the rest.
 */
export function visitNodes(document: ASTNode, { enter, leave }: NodeVisitor): void {
  const ancestors: (ASTNode | readonly ASTNode[])[] = []

  function visitNode(node: ASTNode, parent: ASTNode | readonly ASTNode[] | undefined): void {
    enter(node, parent, ancestors)
    if (parent !== undefined) ancestors.push(parent)
    for (const key of CHILDREN[node.kind] ?? []) {
      const child = Reflect.get(node, key) as ASTNode | readonly ASTNode[] | undefined
      if (child === undefined) continue
      if (!isList(child)) visitNode(child, node)
      else if (child.length > 0) {
        ancestors.push(node)
        for (const item of child) visitNode(item, child)
        ancestors.pop()
      }
    }
    if (parent !== undefined) ancestors.pop()
    leave?.(node, parent, ancestors)
  }
  visitNode(document, undefined)
}

const isList = (child: ASTNode | readonly ASTNode[]): child is readonly ASTNode[] => Array.isArray(child)
