import { RESTDataSource } from '@apollo/datasource-rest'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { type ChannelsApi, type ChannelsContext, channelSchema } from './channel-schema.ts'
import type { Json } from './channel-translation.ts'

// Apollo Server with its own data source for REST, both with their defaults.

const [port, upstream = ''] = process.argv.slice(2)

class ChannelsSource extends RESTDataSource implements ChannelsApi {
  override readonly baseURL = upstream
  readonly #headers: Readonly<Record<string, string>>

  constructor(token: string) {
    super()
    this.#headers = { 'x-auth-token': token }
  }

  create(path: string, body: Json): Promise<Json> {
    return this.post<Json>(path, { body, headers: this.#headers })
  }

  show(path: string): Promise<Json> {
    return this.get<Json>(path, { headers: this.#headers })
  }
}

const server = new ApolloServer<ChannelsContext>({ schema: channelSchema() })
await startStandaloneServer(server, {
  listen: { port: Number(port), host: '127.0.0.1' },
  context: async ({ req }) => ({ api: new ChannelsSource(String(req.headers['x-auth-token'])) }),
})
