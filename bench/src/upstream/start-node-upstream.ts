import { fileURLToPath } from 'node:url'
import { LOAD_CORE } from '../cores.ts'
import { freePort } from '../free-port.ts'
import { start } from '../run-command.ts'
import { certificateFiles } from './certificate.ts'
import { DELAYS_MS, type Upstream, type UpstreamUrls } from './upstream.ts'

const PROGRAM = fileURLToPath(new URL('node-upstream.ts', import.meta.url))

/** The substitute for nginx, on the load's core. */
export async function startNodeUpstream(directory: string): Promise<Upstream> {
  const ports: number[] = []
  for (const _ of DELAYS_MS) ports.push(await freePort())
  const securePort = await freePort()
  const { certificate, key } = certificateFiles(directory)
  const args = [PROGRAM, certificate, key, ...[securePort, ...ports].map(String)]
  const server = start(
    { command: process.execPath, args, cores: LOAD_CORE },
    `${directory}/node-upstream.log`,
  )
  const urls = Object.fromEntries(
    DELAYS_MS.map((delay, index) => [delay, `http://127.0.0.1:${ports[index]}`]),
  ) as UpstreamUrls
  return {
    name: 'Node (nginx could not be installed)',
    pid: server.pid,
    urls,
    secureUrl: `https://127.0.0.1:${securePort}`,
    calls: async () => Number(await (await fetch(`${urls[0]}/calls`)).text()),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
