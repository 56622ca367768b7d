import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

interface Backend {
  readonly number: number
  readonly origin: URL
  readonly agent: Agent
  /** Why nothing is sent to it any more. */
  left: string | undefined
  served: number
  closing: number
}

const PROBE_MS = 20

/** Sent, and not answered: nobody between client and server knows what became of it. */
class Lost extends Error {}

/**
 * A load balancer as there is one before every deployment: requests go to the backends in turns over connections that are
 * kept, `/ready` and `Connection: close` tell it which backend to leave, and it repeats nothing but what it could not send.
 * Answers carry `x-served-by`, the backend's number.
 */
export async function startBalancer(origins: readonly string[]) {
  const backends = origins.map(
    (origin, number): Backend => ({
      number,
      origin: new URL(origin),
      agent: new Agent({ keepAlive: true }),
      left: undefined,
      served: 0,
      closing: 0,
    }),
  )
  let turn = 0
  const next = (): Backend | undefined => {
    const there = backends.filter(({ left }) => left === undefined)
    turn += 1
    return there[(turn - 1) % there.length]
  }

  const server = createServer(async (asked, answering) => {
    const body = await buffer(asked)
    for (let backend = next(); backend !== undefined; backend = next()) {
      const answered = await forward(backend, asked, body).catch((error: unknown) => error)
      if (answered instanceof Lost) break
      if (answered instanceof Error) {
        backend.left ??= answered.message
        continue
      }
      await passOn(backend, answered as IncomingMessage, answering)
      return
    }
    answering.writeHead(502).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const probing = setInterval(() => {
    for (const backend of backends) if (backend.left === undefined) probe(backend)
  }, PROBE_MS)

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    /** Why the backend of this number is not asked any more. */
    left: (number: number): string | undefined => backends[number]?.left,
    /** How many requests the backend of this number has answered. */
    served: (number: number): number => backends[number]?.served ?? 0,
    /** How many of these said `Connection: close`. */
    closing: (number: number): number => backends[number]?.closing ?? 0,
    async [Symbol.asyncDispose]() {
      clearInterval(probing)
      for (const { agent } of backends) agent.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function forward({ origin, agent }: Backend, asked: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { connection: _, host: __, ...headers } = asked.headers
  return new Promise((resolve, reject) => {
    request(new URL(asked.url ?? '', origin), { method: asked.method ?? 'GET', headers, agent })
      .on('response', resolve)
      .on('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ECONNREFUSED' ? new Error('connection refused') : new Lost()),
      )
      .end(body)
  })
}

async function passOn(backend: Backend, answered: IncomingMessage, answering: ServerResponse): Promise<void> {
  backend.served += 1
  if (answered.headers.connection === 'close') {
    backend.closing += 1
    backend.left ??= 'connection: close'
  }
  const { connection: _, 'transfer-encoding': __, ...headers } = answered.headers
  const body = await buffer(answered)
  answering.writeHead(answered.statusCode ?? 502, { ...headers, 'x-served-by': backend.number }).end(body)
}

function probe(backend: Backend): void {
  fetch(new URL('/ready', backend.origin)).then(
    ({ ok }) => {
      if (!ok) backend.left ??= 'not ready'
    },
    () => {
      backend.left ??= 'not ready'
    },
  )
}
