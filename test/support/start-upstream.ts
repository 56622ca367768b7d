import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A REST call as it arrived. */
export interface ReceivedCall {
  readonly method: string
  /** Path and query, as written. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The body's bytes as text; `json` is the same parsed. */
  readonly body: string
  // biome-ignore lint/suspicious/noExplicitAny: tests compare it with what the pages say
  readonly json: any
}

/** An answer to send: a body that is no text is sent as JSON. */
export interface PlannedAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Answers a call, or takes over the socket itself by answering nothing. */
export type Answering = (
  call: ReceivedCall,
  raw: { readonly request: IncomingMessage; readonly response: ServerResponse },
) => PlannedAnswer | undefined

export interface TestUpstream extends AsyncDisposable {
  readonly url: string
  readonly calls: readonly ReceivedCall[]
}

/** A real HTTP server that records what it is sent and answers what the test says. */
export async function startUpstream(answering: Answering | PlannedAnswer): Promise<TestUpstream> {
  const calls: ReceivedCall[] = []
  const server = createServer({ maxHeaderSize: 65_536 }, async (request, response) => {
    const body = await text(request)
    const { method = '', url: path = '', headers } = request
    const call = { method, path, headers, body, json: body === '' ? undefined : JSON.parse(body) }
    calls.push(call)
    const answer = typeof answering === 'function' ? answering(call, { request, response }) : answering
    if (answer === undefined) return
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
