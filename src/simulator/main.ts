import { parseArgs } from 'node:util'

import { EDITIONS, type Edition, isEdition } from './cloud/edition.ts'

import { type Simulator, startSimulator } from './start-simulator.ts'

const USAGE = `Usage: npm run simulator -- [--host <address>] [--port <number>] [--edition <rules>]

Starts the simulated cloud: the REST APIs of APIG, ROMA Connect and IAM on one port.
  --host     the address to listen on (127.0.0.1)
  --port     0 to 65535; 0 lets the system choose (0)
  --edition  pages: the rules of the pages of 2023; current: those of September 2025 (pages)
`

interface Options {
  readonly host?: string
  readonly port?: number
  readonly edition?: Edition
}

/** @throws {Error} with a message for the user */
function optionsOf(args: readonly string[]): Options | 'HELP' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      edition: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const { host, port, edition, help } = values
  if (help) return 'HELP'
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    throw new Error(`--port: must be a number from 0 to 65535, not "${port}"`)
  }
  if (edition !== undefined && !isEdition(edition)) {
    throw new Error(`--edition: must be ${EDITIONS.join(' or ')}, not "${edition}"`)
  }
  return {
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port: Number(port) }),
    ...(edition !== undefined && { edition }),
  }
}

function announce(simulator: Simulator): void {
  /** In one line, to be copied: a gateway that uses this cloud as the user. */
  const environment = Object.entries({
    APIG_ENDPOINT: simulator.url,
    ROMA_ENDPOINT: simulator.url,
    IAM_ENDPOINT: simulator.url,
    HW_PROJECT_ID: simulator.projectId,
    HW_USER_NAME: simulator.user.name,
    HW_USER_PASSWORD: simulator.user.password,
    HW_DOMAIN_NAME: simulator.user.domain.name,
    ALLOW_ANY_CALLER: 'true',
  })
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
  process.stdout.write(
    `The simulated cloud listens on ${simulator.url}: APIG, ROMA Connect and IAM.

User:       ${simulator.user.name} of the account ${simulator.user.domain.name}
Password:   ${simulator.user.password}
Access key: ${simulator.accessKey.access}
Secret key: ${simulator.accessKey.secret}

${simulator.seedLines.join('\n')}

X-Auth-Token, for 24 hours:
${simulator.issueToken()}

A gateway in front of it:
${environment} npm start

Faults: POST ${simulator.url}/_simulator/faults, or the header x-simulator-fault of a call
`,
  )
}

try {
  const options = optionsOf(process.argv.slice(2))
  if (options === 'HELP') {
    process.stdout.write(USAGE)
  } else {
    const simulator = await startSimulator(options)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => simulator.close())
    announce(simulator)
  }
} catch (error) {
  const { message } = error as Error
  process.stderr.write(`simulator: ${message.split('. ')[0]}; --help shows the options\n`)
  process.exitCode = 1
}
