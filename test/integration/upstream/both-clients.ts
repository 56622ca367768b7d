import { request } from 'node:http'
import type { ExchangeError } from '../../../src/upstream/exchange.ts'
import { clientOf, type RawClient, startRawServer } from './raw-server.ts'

/** What a client made of a response: its status and body, or that it failed. */
export type Outcome = readonly [status: number, body: string] | 'FAILED'

/** As the server sends a response: in these pieces, and then it closes the connection, or keeps it. */
export interface Served {
  readonly pieces: readonly Buffer[]
  readonly closes: boolean
}

const viaNode = (url: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const failed = () => resolve('FAILED')
    const sent = request(url, { agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve([response.statusCode ?? 0, Buffer.concat(parts).toString('utf8')]))
      response.on('error', failed)
      response.on('close', failed)
    })
    sent.on('upgrade', (_response, socket) => {
      socket.destroy()
      failed()
    })
    sent.on('error', failed).on('close', failed)
    sent.end()
  })

const viaOurs = (client: RawClient): Promise<Outcome> =>
  client.get('/').then(
    ({ status, body }): Outcome => [status, body],
    ({ reason, sent }: ExchangeError): Outcome => {
      if (reason === 'CONNECTION' && sent) return 'FAILED'
      throw new Error(`failed otherwise: ${reason}`)
    },
  )

export interface BothClients extends AsyncDisposable {
  /** What node:http's client and ours make of a response. */
  readonly read: (served: Served) => Promise<{ readonly node: Outcome; readonly ours: Outcome }>
}

export async function bothClients(): Promise<BothClients> {
  let served: Served = { pieces: [], closes: true }
  const server = await startRawServer(({ connection: { socket } }) => {
    const { pieces, closes } = served
    const sendFrom = (index: number): void => {
      const piece = pieces[index]
      if (piece !== undefined) socket.write(piece, () => setImmediate(sendFrom, index + 1))
      else if (closes) socket.end()
    }
    sendFrom(0)
    return undefined
  })
  const kept = clientOf(server.url)
  return {
    async read(next) {
      served = next
      // A connection that the server closes without a word may be chosen for the next request before that is known.
      const client = next.closes ? clientOf(server.url) : kept
      const [node, ours] = await Promise.all([viaNode(server.url), viaOurs(client)])
      if (next.closes) await client.connections.close()
      return { node, ours }
    },
    async [Symbol.asyncDispose]() {
      await kept.connections.close()
      await server[Symbol.asyncDispose]()
    },
  }
}
