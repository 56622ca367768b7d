import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { ANSWERS, CHANNELS } from './answers.ts'
import { DELAYS_MS } from './upstream.ts'

// The substitute for nginx: `node node-upstream.ts CERTIFICATE KEY TLS-PORT PORT…`, a port for each delay.

const prepared = (status: number, body: unknown) => ({ status, json: Buffer.from(JSON.stringify(body)) })
const fixed = new Map([
  ['POST apigw', prepared(ANSWERS.create.status, ANSWERS.create.body)],
  ['GET apigw', prepared(ANSWERS.list.status, ANSWERS.list.body)],
  ['PUT apic', prepared(ANSWERS.upsert.status, ANSWERS.upsert.body)],
])
const channels = new Map([...CHANNELS].map(([id, body]) => [id, prepared(200, body)]))
const missing = prepared(404, {})

let calls = 0

const answering =
  (delayMs: number): RequestListener =>
  (request, response) => {
    request.resume()
    if (request.url === '/calls') {
      response.end(String(calls))
      return
    }
    calls += 1
    const [path = ''] = request.url?.split('?') ?? []
    const [, , , product, ...rest] = path.split('/')
    const id = rest[3]
    const { status, json } =
      (id === undefined ? fixed.get(`${request.method} ${product}`) : channels.get(id)) ?? missing
    const send = (): void => {
      response
        .writeHead(status, { 'content-type': 'application/json', 'content-length': json.length })
        .end(json)
    }
    if (delayMs === 0) send()
    else setTimeout(send, delayMs)
  }

const [certificate = '', key = '', securePort, ...ports] = process.argv.slice(2)
const keepAlive = { keepAliveTimeout: 3_600_000 }
createSecureServer(
  { ...keepAlive, cert: readFileSync(certificate), key: readFileSync(key) },
  answering(0),
).listen(Number(securePort), '127.0.0.1')
DELAYS_MS.forEach((delay, index) => {
  createServer(keepAlive, answering(delay)).listen(Number(ports[index]), '127.0.0.1')
})
