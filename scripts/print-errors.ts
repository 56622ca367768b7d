import { MESSAGES_BY_CODE, MESSAGES_BY_REASON } from '../src/errors/error-messages.ts'
import { VENDOR_ERROR_CODES } from '../src/errors/vendor-error-codes.ts'
import { table, writePart } from './generated-part.ts'

// Writes the tables of messages into docs/errors.md, or with --check fails where they are not what the code says.

const vendorCodes = (reason: string): string => {
  const codes = VENDOR_ERROR_CODES.filter((row) => row[3] === reason).map(
    ([vendorCode]) => `\`${vendorCode}\``,
  )
  return [...new Set(codes)].join(', ') || '–'
}

const codes = Object.entries(MESSAGES_BY_CODE).map(([code, { en, zh }]) => [`\`${code}\``, en, zh])
const reasons = Object.entries(MESSAGES_BY_REASON).map(([reason, { en, zh }]) => [
  `\`${reason}\``,
  en,
  zh,
  vendorCodes(reason),
])

await writePart(
  'docs/errors.md',
  'errors',
  [
    '### Messages of codes, for errors without a reason\n',
    table(['code', 'English', 'Chinese'], codes),
    '### Messages of reasons\n',
    table(['reason', 'English', 'Chinese', "cloud's error codes"], reasons),
  ].join('\n'),
)
