import { Kind } from 'graphql'
import { describe, expect, test } from 'vitest'
import { PortScalar } from '../../../src/graphql/scalars.ts'

describe('Port', () => {
  test.each([0, 1, 22, 65_535])('takes %i, in a variable as in a document', (port) => {
    expect(PortScalar.parseValue(port)).toBe(port)
    expect(PortScalar.parseLiteral({ kind: Kind.INT, value: String(port) }, {})).toBe(port)
  })

  test.each([
    -1,
    65_536,
    22.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '22',
    '22abc',
    '',
    true,
    null,
    undefined,
    [22],
    {},
  ])('refuses %j', (value) => {
    expect(() => PortScalar.parseValue(value)).toThrow()
  })

  test.each([
    { kind: Kind.INT, value: '65536' },
    { kind: Kind.INT, value: '-1' },
    { kind: Kind.FLOAT, value: '22.0' },
    { kind: Kind.STRING, value: '22' },
    { kind: Kind.BOOLEAN, value: true },
    { kind: Kind.ENUM, value: 'SSH' },
  ] as const)('refuses the literal %j', (node) => {
    expect(() => PortScalar.parseLiteral(node, {})).toThrow()
  })
})
