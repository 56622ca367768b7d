import { ByteBudget } from '../../../src/upstream/http/byte-budget.ts'
import { ConnectionPool } from '../../../src/upstream/http/connection-pool.ts'
import { exchange } from '../../../src/upstream/http/exchange.ts'
import { ExchangeError } from '../../../src/upstream/http/exchange-error.ts'

/*
 * A process of its own, as Node reads NODE_EXTRA_CA_CERTS when it starts: asks an upstream for one path after the other,
 * when the connection of the last has had time to be there for another, and writes what came of each.
 */
const [url = '', ...paths] = process.argv.slice(2)
const limits = {
  headersMs: 5_000,
  bodyMs: 5_000,
  totalMs: 5_000,
  bodyBytes: 1_000_000,
  budget: new ByteBudget(1_000_000),
}
const proxies = { https: process.env['HTTPS_PROXY'] ?? '', http: '', none: '' }
const pool = new ConnectionPool(new URL(url), { connectMs: 5_000, maxHeaderBytes: 16_384, proxies })
const outcomes: unknown[] = []
for (const path of paths) {
  for (let turns = 0; turns < 4; turns += 1) await new Promise((resolve) => setImmediate(resolve))
  try {
    const { status, body } = await exchange(pool, { method: 'GET', path, headers: {} }, limits)
    outcomes.push([status, body])
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error
    const { code } = error.cause as NodeJS.ErrnoException
    outcomes.push({ reason: error.reason, sent: error.sent, code })
  }
}
await pool.close()
process.stdout.write(JSON.stringify(outcomes))
