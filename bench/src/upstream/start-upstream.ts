import { setTimeout } from 'node:timers/promises'
import { installed } from '../debian.ts'
import { makeCertificate } from './certificate.ts'
import { NGINX_PARTS, startNginx } from './nginx.ts'
import { startNodeUpstream } from './start-node-upstream.ts'
import type { Upstream } from './upstream.ts'

const STARTS_WITHIN_MS = 5_000
const BETWEEN_TRIES_MS = 10

/** nginx where it can be had, else a Node server: slower, so that it takes more of the load's core. */
export async function startUpstream(directory: string): Promise<Upstream> {
  await makeCertificate(directory)
  const upstream = (await hasNginx()) ? await startNginx(directory) : await startNodeUpstream(directory)
  const startedAt = performance.now()
  while (!(await isUp(upstream))) {
    if (performance.now() - startedAt < STARTS_WITHIN_MS) await setTimeout(BETWEEN_TRIES_MS)
    else {
      await upstream[Symbol.asyncDispose]()
      throw new Error(`${upstream.name} does not start`)
    }
  }
  return upstream
}

async function hasNginx(): Promise<boolean> {
  for (const [file, packageName] of NGINX_PARTS) {
    if (!(await installed(file, packageName))) return false
  }
  return true
}

const isUp = (upstream: Upstream): Promise<boolean> =>
  upstream.calls().then(
    () => true,
    () => false,
  )
