import { expect, test } from 'vitest'
import { integer, text } from '../../../src/vpc-channel/codec.ts'
import { type ObjectCodec, object } from '../../../src/vpc-channel/object-codec.ts'
import { answer, optional, required } from '../../../src/vpc-channel/row.ts'
import { asGiven, ifKept, whenOmitted } from '../../../src/vpc-channel/value-comparison.ts'

/* What `tsc` has to refuse: were one of these lines to compile, the comment before it would be an error. */
const refused = (): unknown => [
  // @ts-expect-error A field that is sent has to be compared: `required` without a comparison.
  required('port', integer),
  // @ts-expect-error `optional` without one.
  optional('host', text),
  // @ts-expect-error A row that is written out, without one.
  object({ host: { use: 'optional', restName: 'host', codec: text } }),
  // @ts-expect-error A comparison of texts does not compare numbers.
  optional('weight', integer, ifKept),
  // @ts-expect-error The value that the cloud uses is of the field's type.
  optional('weight', integer, whenOmitted('1')),
]

test('rows that are compared make an object; a field of answers alone is neither sent nor compared', () => {
  const both: ObjectCodec<{ port: number }, { id: string | null; port: number | null }> = object({
    id: answer('id', text),
    port: required('port', integer, asGiven),
  })
  expect(both.write({ port: 1 })).toEqual({ port: 1 })
  expect(both.readFields({ id: 'a', port: 2 }, () => undefined)).toEqual({ id: 'a', port: 2 })
  expect(refused).toBeTypeOf('function')
})
