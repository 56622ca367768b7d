import { GraphQLScalarType, Kind } from 'graphql'
import { GraphQLPort } from 'graphql-scalars'

/** The library's Port refuses 0, which both pages give a meaning, and takes `22.5` and `"22abc"`. */
const portNumber = (value: unknown): number => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535) return value
  throw new TypeError('not a port number')
}

export const PortScalar = new GraphQLScalarType<number, number>({
  ...GraphQLPort.toConfig(),
  description: 'A TCP port number, 0 to 65535. A field that allows 0 says which port it then inherits.',
  serialize: portNumber,
  parseValue: portNumber,
  parseLiteral: (node) => portNumber(node.kind === Kind.INT ? Number(node.value) : null),
})

/** Output only; `read-json.ts` reads and checks it. A JS Date would drop the nanoseconds. */
export const DateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description:
    'A date-time in the format of RFC 3339, e.g. `2020-07-23T07:11:57.244829604Z`. The precision is that of the response of the cloud: from seconds to nanoseconds. Compare values as times, not as strings.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
})
