import { Pool } from 'undici'
import type { ChannelsApi } from './channel-schema.ts'
import type { Json } from './channel-translation.ts'

/** The REST calls with `undici.request`, over as many connections as the load has; a caller's token goes with each. */
export function pooledApi(upstream: string): (token: string) => ChannelsApi {
  const pool = new Pool(upstream, { connections: 64 })
  const call = async (token: string, method: 'GET' | 'POST', path: string, body?: Json): Promise<Json> => {
    const answer = await pool.request({
      method,
      path,
      headers: { 'x-auth-token': token, ...(body && { 'content-type': 'application/json' }) },
      body: body ? JSON.stringify(body) : null,
    })
    if (answer.statusCode >= 300) throw new Error(`the cloud answered ${answer.statusCode}`)
    return (await answer.body.json()) as Json
  }
  return (token) => ({
    create: (path, body) => call(token, 'POST', path, body),
    show: (path) => call(token, 'GET', path),
  })
}
