import { type DocumentNode, Kind, visit } from 'graphql'

/*
 * Every object inherits properties such as `constructor` and `__proto__`. A variable may have such a name; graphql-js, which
 * looks variables up in plain objects, would find the inherited property, or set a prototype. Such variables get another name
 * while the gateway handles the request, in the document and among the values: with a space, which no name of GraphQL has.
 */

type Variables = Readonly<Record<string, unknown>>

const isInherited = (name: string): boolean => name in Object.prototype

const renamed = (name: string): string => (isInherited(name) ? `${name} ` : name)

/** What such a document contains; most do not, and are not visited. */
const MENTIONED = new RegExp(Object.getOwnPropertyNames(Object.prototype).join('|'))

/** The document with other names for variables that are called as what objects inherit. */
export const withoutInheritedNames = (document: DocumentNode, text: string): DocumentNode =>
  MENTIONED.test(text)
    ? visit(document, {
        Variable: (node) =>
          isInherited(node.name.value)
            ? { ...node, kind: Kind.VARIABLE, name: { ...node.name, value: renamed(node.name.value) } }
            : undefined,
      })
    : document

/** The values of a request's variables, by the names that `withoutInheritedNames` gives them. */
export function byOtherNames(variables: Variables): Variables {
  for (const name in variables) if (isInherited(name)) return Object.fromEntries(entriesOf(variables))
  return variables
}

const entriesOf = (variables: Variables): [string, unknown][] =>
  Object.entries(variables).map(([name, value]) => [renamed(name), value])
