import type { Readable } from 'node:stream'
import { request } from 'undici'

export interface HttpRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | Readable | undefined
}

export interface HttpResponse {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** As `fetch` without redirects, and with its text: most of the time of thousands of small requests was `fetch` itself. */
export async function http(
  url: string,
  { method, headers = {}, body }: HttpRequest = {},
): Promise<HttpResponse> {
  const response = await request(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    body: body ?? null,
  })
  const text = await response.body.text()
  return { status: response.statusCode, headers: headersOf(response.headers), text }
}

function headersOf(raw: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers()
  for (const [name, values] of Object.entries(raw)) {
    for (const value of [values ?? []].flat()) headers.append(name, value)
  }
  return headers
}
