import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { newerLoader } from '../../src/newer-glibc.ts'
import { run } from '../../src/run-command.ts'

const BINARY = fileURLToPath(
  new URL('../../node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall', import.meta.url),
)
const TEMPLATE = new URL('config.graphql', import.meta.url)

const ENVIRONMENT = {
  TAILCALL_TRACKER: 'false',
  // One line a request otherwise.
  TAILCALL_LOG_LEVEL: 'error',
  // Its look for a newer version of itself goes nowhere.
  HTTPS_PROXY: 'http://127.0.0.1:9',
}

/** How to start Tailcall; `undefined` where it cannot run on this machine. */
export async function tailcallCommand(directory: string) {
  const launch = await launcher()
  return (
    launch &&
    ((port: number, upstream: string) => {
      const config = `${directory}/tailcall-${port}.graphql`
      const filled = readFileSync(TEMPLATE, 'utf8').replaceAll('UPSTREAM', upstream)
      writeFileSync(config, filled.replace('port: PORT', `port: ${port}`))
      const [command = '', ...args] = [...launch, 'start', config]
      return { command, args, env: ENVIRONMENT }
    })
  )
}

/** The program itself, or behind the loader of a newer C library than this machine's. */
async function launcher(): Promise<readonly string[] | undefined> {
  if (!existsSync(BINARY)) return undefined
  if (await works([BINARY])) return [BINARY]
  const loader = await newerLoader()
  if (loader === undefined) return undefined
  const launch = [...loader, BINARY]
  return (await works(launch)) ? launch : undefined
}

const works = ([command = '', ...args]: readonly string[]): Promise<boolean> =>
  run({ command, args: [...args, '--version'], cores: '0-1023', env: ENVIRONMENT }).then(
    () => true,
    () => false,
  )
