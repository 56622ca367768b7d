import { fastify } from 'fastify'
import { mercurius } from 'mercurius'
import { channelSchema } from './channel-schema.ts'
import { pooledApi } from './pooled-api.ts'

// Mercurius on Fastify, every operation compiled the first time it comes.

const [port, upstream = ''] = process.argv.slice(2)
const apiFor = pooledApi(upstream)

const app = fastify()
app.register(mercurius, {
  schema: channelSchema(),
  jit: 1,
  context: (request) => ({ api: apiFor(String(request.headers['x-auth-token'])) }),
})
await app.listen({ port: Number(port), host: '127.0.0.1' })
