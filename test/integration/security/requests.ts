import { connect } from 'node:net'
import { expect } from 'vitest'
import { CREATE } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { type HttpRequest, type HttpResponse, http } from '../../support/http.ts'
import { TOKEN } from '../../support/start-gateway.ts'

export const JSON_TYPE = 'application/json'
export const GRAPHQL_TYPE = 'application/graphql-response+json'

export type Headers = Readonly<Record<string, string>>

/** A body of GraphQL over HTTP. */
export const bodyOf = (query: unknown, more: object = {}): string => JSON.stringify({ query, ...more })

/** A write: whatever is refused, a test can see whether it reached the cloud. */
export const WRITE = bodyOf(CREATE, { variables: { input: leastInput('APIG') } })

export interface Answered extends HttpResponse {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  readonly json: any
}

/** Sends a request as it stands; a body is posted as JSON unless the headers say otherwise. */
export async function ask(url: string, sent: HttpRequest = {}): Promise<Answered> {
  const headers = {
    ...(sent.body !== undefined && { 'content-type': JSON_TYPE }),
    'x-auth-token': TOKEN,
    ...sent.headers,
  }
  const response = await http(url, { ...sent, headers })
  const isJson = response.text !== '' && /json/.test(response.headers.get('content-type') ?? '')
  return { ...response, json: isJson ? JSON.parse(response.text) : undefined }
}

/** A refusal as the contract shapes it: one error, a code, the id of the response's header, and nothing else. */
export function expectRefusal(
  { status, headers, json, text }: Answered,
  expected: number,
  code = 'BAD_REQUEST',
): void {
  expect([status, text]).toEqual([expected, expect.any(String)])
  expect(headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json; charset=utf-8$/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(json).toEqual({
    errors: [
      {
        message: expect.stringMatching(/^\S.*\.$/),
        extensions: { code, requestId: headers.get('x-request-id') },
      },
    ],
  })
}

/** A connection of its own, for requests that no client would send. */
export function openSocket(url: string) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.setEncoding('latin1')
  socket.on('data', (text) => {
    received += text
  })
  // A reset is one of the ways to be closed.
  socket.on('error', () => {})
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(received)))
  return {
    write: (text: string | Uint8Array): Promise<void> =>
      new Promise((resolve) => socket.write(text, () => resolve())),
    /** All that came, once the other side has closed. */
    closed,
    get received() {
      return received
    },
    [Symbol.dispose]: () => void socket.destroy(),
  }
}

export const head = (headers: Headers, start = 'POST /graphql HTTP/1.1'): string =>
  `${[start, 'Host: localhost', ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`
