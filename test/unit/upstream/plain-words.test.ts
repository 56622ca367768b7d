import { expect, test } from 'vitest'
import { plainWords } from '../../../src/upstream/client/plain-words.ts'

test.each([
  [
    'Incorrect IAM authentication information: decrypt token fail',
    'Incorrect IAM authentication information: decrypt token fail',
  ],
  ['verify aksk signature fail, ak:QTWAOYTTINDUT2QVKYUC', 'verify aksk signature fail, …'],
  ['The password hunter was wrong', 'The password … was wrong'],
  ['call to https://10.12.0.7:9443/x?k=1 and 10.0.0.1 failed', 'call to … and … failed'],
  ['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'Authorization: Basic …'],
  ['one\n\ttwo  QTWAOY x1 three', 'one two … three'],
  ['', ''],
])('%s', (text, shown) => {
  expect(plainWords(text)).toBe(shown)
})
