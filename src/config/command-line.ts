/** What the gateway prints instead of starting, and the exit code that goes with it. */
export interface CommandLineReply {
  readonly text: string
  readonly exitCode: number
}

const USAGE = `Usage: npm start

Environment variables set the gateway up; docs/settings.md lists them all. Without any it starts in front of an embedded
simulator of the cloud. The first ones to know:
  HOST, PORT                      where the gateway listens (127.0.0.1:4000)
  HW_REGION_NAME, HW_PROJECT_ID   the region and the project of the cloud
  APIG_ENDPOINT, ROMA_ENDPOINT    the base URLs of the products, instead of a region
`

/** The gateway takes no arguments but `--help`; `undefined` where there are none. */
export function replyTo(args: readonly string[]): CommandLineReply | undefined {
  const [first] = args
  if (first === undefined) return undefined
  if (args.includes('--help') || args.includes('-h')) return { text: USAGE, exitCode: 0 }
  const name = /^--(\w+)/.exec(first)?.[1]?.toUpperCase()
  const instead = name === 'HOST' || name === 'PORT' ? `set the environment variable ${name}` : 'see --help'
  return { text: `The gateway takes no arguments (${first}): ${instead}.\n`, exitCode: 1 }
}
