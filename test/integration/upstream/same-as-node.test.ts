import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrivingResponse, bytesOf, piecesOf } from '../../unit/upstream/http/any-response.ts'
import { bothClients, type Outcome } from './both-clients.ts'
import { type DamagedResponse, damagedResponse } from './damaged-response.ts'

/** What node refuses of it: some extensions of chunks, an interim response of HTTP/1.0, a length among trailers. */
const NODE_REFUSES = [
  /\n[\dA-Fa-f]+(?: ;|;\t|;\r)/,
  /^HTTP\/1\.0 199/m,
  /\n0+[^\n]*\r\n(?:.*\r\n)?content-length: 3\r\n/,
]

test('of a valid response both make the same, whatever its pieces, and whether it ends the connection', async () => {
  await using clients = await bothClients()
  let agreed = 0
  const arriving = fc.tuple(arrivingResponse, fc.boolean())
  await fc.assert(
    fc.asyncProperty(arriving, async ([[response, cuts], mayClose]) => {
      const bytes = bytesOf(response)
      const closes = mayClose || response.framing === 'UNTIL_CLOSE'
      const { node, ours } = await clients.read({ pieces: piecesOf(bytes, cuts), closes })
      expect(ours).toEqual([response.status, response.body])
      const text = bytes.toString('latin1')
      if (node === 'FAILED') expect(NODE_REFUSES.some((refused) => refused.test(text))).toBe(true)
      else expect(node).toEqual(ours)
      if (node !== 'FAILED') agreed += 1
    }),
    { numRuns: 200 },
  )
  expect(agreed).toBeGreaterThan(40)
})

// Each kind of difference stands in unlike-node.test.ts, by example.

/** Heads that node reads and we refuse. */
const WE_REFUSE: Readonly<Record<string, RegExp>> = {
  'control characters in the reason': /^HTTP\/1\.[01] \d{3} [^\r\n]*(?![\t\r\n\x80-\x9f])\p{Cc}/u,
  'line breaks before the status line': /^[\r\n]+HTTP/,
  'a status below 100': /^HTTP\/1\.[01] 0/,
  'another protocol to go on with': /^HTTP\/1\.[01] 101/,
  'another version': /^HTTP\/(?:0\.9|2\.0) /,
  'a coding other than chunked': /\ntransfer-encoding:(?![\t ]*chunked[\t ]*\r\n)/i,
}

/** Responses that we read and node refuses, and what we have to make of them. */
const WE_READ: Readonly<Record<string, (response: DamagedResponse, body: string) => boolean>> = {
  // We close the connection: see connections.test.ts. Node, too, reads them where they come a little later.
  'bytes after a whole response': ({ head, after }, body) => {
    const rest = head.slice(head.indexOf('\r\n\r\n') + 4) + after
    const length = isBodiless(head) ? 0 : lengthIn(head)
    return length < rest.length && body === Buffer.from(rest.slice(0, length), 'latin1').toString('utf8')
  },
  // Nothing is read after it whatever the length.
  'no length where there is no body': ({ head }, body) =>
    body === '' && isBodiless(head) && /\n(?:content-length|transfer-encoding):/i.test(head),
}

/** Responses of which the two make something different. */
const OTHERWISE: Readonly<Record<string, RegExp>> = {
  // White space around a value is no part of it (RFC 9112, section 5.1).
  'a tab after the coding, which node takes for another coding':
    /\ntransfer-encoding:[^\n]*chunked *\t[\t ]*\r\n/i,
}

const isBodiless = (head: string): boolean => /^HTTP\/1\.[01] (?:204|304)/.test(head)
const lengthIn = (head: string): number =>
  Number(/\ncontent-length:[\t ]*(\d+)[\t ]*\r\n/i.exec(head)?.[1] ?? Number.POSITIVE_INFINITY)

function isListed(response: DamagedResponse, node: Outcome, ours: Outcome): boolean {
  if (ours === 'FAILED') return Object.values(WE_REFUSE).some((head) => head.test(response.head))
  if (node === 'FAILED') return Object.values(WE_READ).some((is) => is(response, ours[1]))
  return Object.values(OTHERWISE).some((head) => head.test(response.head))
}

test('of a response whose head is damaged both make the same, but for what is listed', async () => {
  await using clients = await bothClients()
  const outcomes = { read: 0, failed: 0 }
  await fc.assert(
    fc.asyncProperty(damagedResponse, async (response) => {
      const bytes = Buffer.from(response.head + response.after, 'latin1')
      // Kept open, a response that seems to go on would never end.
      const { node, ours } = await clients.read({ pieces: [bytes], closes: true })
      if (JSON.stringify(node) === JSON.stringify(ours)) outcomes[node === 'FAILED' ? 'failed' : 'read'] += 1
      else expect(isListed(response, node, ours), `node: ${node}, ours: ${ours}`).toBe(true)
    }),
    { numRuns: 400 },
  )
  expect(outcomes.read).toBeGreaterThan(40)
  expect(outcomes.failed).toBeGreaterThan(40)
})
