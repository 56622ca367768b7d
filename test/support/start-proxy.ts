import { createServer, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface TestProxy extends AsyncDisposable {
  readonly url: string
  /** What it was asked for: `CONNECT host:port`, or `METHOD URL`. */
  readonly asked: readonly string[]
  /** The credentials of each request. */
  readonly credentials: readonly (string | undefined)[]
  /** Resets the connections of all tunnels. */
  readonly reset: () => void
}

/** A forward proxy: tunnels what CONNECT names, and forwards requests for a whole URL. Refuses with `refusal` if given. */
export async function startProxy({ refusal }: { readonly refusal?: number } = {}): Promise<TestProxy> {
  const asked: string[] = []
  const credentials: (string | undefined)[] = []
  const sockets = new Set<Socket>()
  const note = ({ method, url, headers }: IncomingMessage): void => {
    asked.push(`${method} ${url}`)
    credentials.push(headers['proxy-authorization'])
  }
  const server = createServer((incoming, response) => {
    note(incoming)
    if (refusal !== undefined) return void response.writeHead(refusal).end()
    const { 'proxy-authorization': _, ...headers } = incoming.headers
    const outgoing = request(incoming.url ?? '', { method: incoming.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    outgoing.on('error', () => response.destroy())
    incoming.pipe(outgoing)
  })
  server.on('connect', (incoming: IncomingMessage, client: Socket) => {
    note(incoming)
    if (refusal !== undefined) return void client.end(`HTTP/1.1 ${refusal} Refused\r\n\r\n`)
    const [host, port] = incoming.url?.split(':') ?? []
    const target = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      client.pipe(target)
      target.pipe(client)
    })
    for (const socket of [client, target]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
    }
    target.on('close', () => client.destroy())
    client.on('close', () => target.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    credentials,
    reset: () => {
      for (const socket of sockets) socket.resetAndDestroy()
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The URL of a proxy with credentials in it. */
export const withCredentials = (url: string, name: string, password: string): string => {
  const result = new URL(url)
  result.username = name
  result.password = password
  return result.href
}
