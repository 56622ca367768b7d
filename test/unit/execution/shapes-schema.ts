import { buildSchema, type GraphQLEnumType, type GraphQLScalarType } from 'graphql'

/** Every shape that a schema can have, small and recursive. */
export const shapesSchema = () => {
  const schema = buildSchema(/* GraphQL */ `
    enum Colour { RED GREEN }
    "Takes and answers numbers below 100 only; answers nothing for 13."
    scalar Small
    scalar Anything

    interface Shape { id: ID! name: String colour: Colour twin: Shape }
    type Circle implements Shape {
      id: ID! name: String colour: Colour twin: Shape
      radius: Float! size: Small
    }
    type Square implements Shape {
      id: ID! name: String colour: Colour twin: Shape
      side: Int isRound: Boolean! corners: [Corner!]! tags: [String] colours: [Colour!]
    }
    type Corner { x: Int! y: Int size: Small! label(language: String = "en", upper: Boolean): String grid: [[Int!]] square: Square! }
    union Thing = Circle | Corner

    input Point { x: Int! y: Int = 3 label: String colours: [Colour!] next: Point size: Small any: Anything ratio: Float }
    input Choice @oneOf { point: Point name: String ids: [ID!] }

    type Query {
      shape(id: ID, point: Point): Shape
      shapes(first: Int! = 2, points: [Point!] = [{ x: 1 }], colour: Colour = RED): [Shape]
      things(choice: Choice, flag: Boolean! = true): [Thing!]!
      square: Square!
      self: Query
      must: Query!
      any(value: Anything): Anything
      hello(to: String!): String
    }
    type Mutation {
      change(choice: Choice!): Corner
      mustChange(point: Point): Square!
      hello(to: String!): String
    }
    type Subscription { tick: Int }
  `)
  const colour = schema.getType('Colour') as GraphQLEnumType
  for (const value of colour.getValues()) value.value = `internal ${value.name}`
  const small = schema.getType('Small') as GraphQLScalarType
  const parse = (value: unknown): unknown => {
    if (typeof value !== 'number' || value >= 100) throw new TypeError('not small')
    return { small: value }
  }
  small.parseValue = parse
  small.parseLiteral = (node) => parse('value' in node ? Number(node.value) : null)
  small.serialize = (value) => {
    if (value === 13) return null
    return (parse(value) as { small: number }).small
  }
  return schema
}
