import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCount, readInteger, readPort } from '../../../src/vpc-channel/read-json.ts'

const MAX_INT = 2_147_483_647

test.each([
  [0, 0],
  [-1, -1],
  [MAX_INT, MAX_INT],
  [-MAX_INT - 1, -MAX_INT - 1],
  [MAX_INT + 1, null],
  [-MAX_INT - 2, null],
  [2 ** 53, null],
  [1e308, null],
  [1.5, null],
  [Number.POSITIVE_INFINITY, null],
  [Number.NaN, null],
  [String(MAX_INT), MAX_INT],
  [String(MAX_INT + 1), null],
  ['9999999999', null],
  ['99999999999', null],
  ['1e3', null],
  ['', null],
  [true, null],
  [[1], null],
  [null, null],
  [undefined, null],
])('%j reads as the integer %j', (value, read) => {
  expect(readInteger(value)).toBe(read)
})

test.each([
  [0, 0],
  [-1, null],
  [65_535, 65_535],
  [65_536, null],
])('%j reads as the port %j', (value, read) => {
  expect(readPort(value)).toBe(read)
})

test.each([
  [0, 0],
  [-1, null],
  [MAX_INT, MAX_INT],
  [MAX_INT + 1, null],
])('%j reads as the count %j', (value, read) => {
  expect(readCount(value)).toBe(read)
})

test('whatever a JSON text holds reads as a GraphQL Int, or as nothing', () => {
  const isInt = (value: number | null) => value === null || (Number.isInteger(value) && (value | 0) === value)
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.double(), fc.maxSafeInteger().map(String)), (value) => {
      for (const read of [readInteger, readPort, readCount]) expect(isInt(read(value))).toBe(true)
    }),
  )
})
