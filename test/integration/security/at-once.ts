import { Agent, request } from 'node:http'

/** What came back from a request that was sent as it stands. */
export interface Reply {
  /** 0: the connection was closed without an answer. */
  readonly status: number
  readonly type: string
  readonly text: string
}

export interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** Connections that are used again and again, so that thousands of requests take seconds. */
export const openAgent = (connections: number): Agent =>
  new Agent({ keepAlive: true, maxSockets: connections })

export const send = (agent: Agent, url: string, { method, path, headers, body }: Sent): Promise<Reply> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url)
    const nothing = () => resolve({ status: 0, type: '', text: '' })
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    const sent = request(
      { agent, hostname, port, method, path, headers: { ...headers, ...length } },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk
        })
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, type: String(response.headers['content-type']), text }),
        )
        response.once('error', nothing)
      },
    )
    sent.once('error', nothing)
    sent.end(body)
  })

/** Does the same with each of many things, so many at once. */
export async function withEach<Thing>(
  things: readonly Thing[],
  atOnce: number,
  work: (thing: Thing) => Promise<void>,
): Promise<void> {
  const waiting = things.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const thing of waiting) await work(thing)
    }),
  )
}
