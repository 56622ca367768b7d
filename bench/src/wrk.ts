import { writeFileSync } from 'node:fs'
import { run } from './run-command.ts'
import type { Exchange } from './workloads.ts'

export const WRK = '/usr/bin/wrk'

/** What every request carries. */
export const HEADERS = {
  accept: 'application/json',
  'content-type': 'application/json',
  'x-auth-token': 'MIIEkgYJKoZIhvcNAQcCoIIEgzCCBH8CAQExDTALBglghkgBZQMEAgEwggKlBgkqhkiG9w0BBwG',
}

export interface Load {
  readonly seconds: number
  readonly connections: number
  readonly cores: string
  /** Mean milliseconds between an answer and the connection's next request, spread at random; without it there are none. */
  readonly pauseMs?: number
}

/** What the load generator saw. */
export interface Seen {
  readonly requests: number
  readonly seconds: number
  readonly bytes: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Answers of 400 or more, broken connections, time-outs. */
  readonly errors: number
}

/** Keeps `connections` busy for `seconds`, each with one request after another. */
export async function runWrk(url: string, exchange: Exchange, load: Load, directory: string): Promise<Seen> {
  const script = `${directory}/wrk-${new URL(url).port}.lua`
  const { seconds, connections, cores, pauseMs = 0 } = load
  writeFileSync(script, scriptOf(exchange, pauseMs))
  const args = [
    '-t',
    '1',
    '-c',
    String(connections),
    '-d',
    `${seconds}s`,
    '--timeout',
    '10s',
    '-s',
    script,
    url,
  ]
  const out = await run({ command: WRK, args, cores })
  const result = out.lastIndexOf('{')
  if (result < 0) throw new Error(`wrk did not finish:\n${out}`)
  return JSON.parse(out.slice(result))
}

const scriptOf = ({ method, path, bodies }: Exchange, pauseMs: number): string => `
local headers = { ${Object.entries(HEADERS)
  .map(([name, value]) => `[ ${quoted(name)} ] = ${quoted(value)}`)
  .join(', ')} }
local bodies = { ${bodies.map((body) => (body === '' ? '"" ' : quoted(body))).join(',\n')} }
local requests = {}
local at = 0

function init()
  for i, body in ipairs(bodies) do
    requests[i] = wrk.format(${quoted(method)}, ${quoted(path)}, headers, body ~= "" and body or nil)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

${pauseMs === 0 ? '' : `function delay() return math.random(0, ${Math.round(2 * pauseMs)}) end`}

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%f,"bytes":%d,"p50Ms":%f,"p99Ms":%f,"errors":%d}',
    summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
`

/** Lua's long brackets take every text but one with this end in it. */
const quoted = (text: string): string => `[==[${text}]==]`
