import fc from 'fast-check'

const between = (min: number, max: number) =>
  fc.integer({ min, max }).map((codePoint) => String.fromCodePoint(codePoint))

/** Any character, of one to four bytes. fast-check's own `binary` takes seconds to begin with. */
const character = fc.oneof(
  between(0, 0x7f),
  between(0x80, 0x7ff),
  between(0x800, 0xd7ff),
  between(0xe000, 0xffff),
  between(0x10000, 0x10ffff),
)

export const anyText = (constraints: fc.StringConstraints): fc.Arbitrary<string> =>
  fc.string({ ...constraints, unit: character })
