import { createServer, type IncomingMessage } from 'node:http'
import { Pool } from 'undici'

// No GraphQL at all: takes the REST call, reads its JSON, makes it, reads the answer's JSON, writes it back.

const [port, upstream = ''] = process.argv.slice(2)
const pool = new Pool(upstream, { connections: 64 })

createServer(async (request, response) => {
  const given = request.method === 'GET' ? undefined : await readJson(request)
  const answer = await pool.request({
    method: request.method === 'GET' ? 'GET' : request.method === 'PUT' ? 'PUT' : 'POST',
    path: request.url ?? '/',
    headers: {
      accept: 'application/json',
      'x-auth-token': String(request.headers['x-auth-token']),
      ...(given !== undefined && { 'content-type': 'application/json' }),
    },
    body: given === undefined ? null : JSON.stringify(given),
  })
  const json = JSON.stringify(await answer.body.json())
  response.writeHead(answer.statusCode, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
  })
  response.end(json)
}).listen(Number(port), '127.0.0.1')

const readJson = (request: IncomingMessage): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('error', reject)
    request.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))))
  })
