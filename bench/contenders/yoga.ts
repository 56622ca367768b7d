import { createServer } from 'node:http'
import { createYoga } from 'graphql-yoga'
import { channelSchema } from './channel-schema.ts'
import { pooledApi } from './pooled-api.ts'

// GraphQL Yoga with its defaults.

const [port, upstream = ''] = process.argv.slice(2)
const apiFor = pooledApi(upstream)

const yoga = createYoga({
  schema: channelSchema(),
  context: ({ request }) => ({ api: apiFor(request.headers.get('x-auth-token') ?? '') }),
})
createServer(yoga).listen(Number(port), '127.0.0.1')
