import type { Settings } from './settings.ts'
import { unknownSettings } from './unknown-settings.ts'

/** Variables of the environment that have a value. */
export type Given = Readonly<Record<string, string | undefined>>

/** Where the cloud is: without any of these there is none. */
export const ENDPOINTS = ['HW_REGION_NAME', 'APIG_ENDPOINT', 'ROMA_ENDPOINT', 'IAM_ENDPOINT'] as const

/** The simulator is never what somebody gets who has forgotten, or mistyped, where the cloud is. */
export function wrongMode(given: Given): string[] {
  const [endpoint] = ENDPOINTS.filter((name) => given[name] !== undefined)
  if (endpoint !== undefined) {
    return given['SANDBOX'] === 'true' ? [`SANDBOX: contradicts ${endpoint}`] : []
  }
  const wants = `set HW_REGION_NAME or the endpoints, or SANDBOX=true for a simulated cloud`
  if (given['SANDBOX'] === 'false') return [`SANDBOX: is false, and there is no endpoint; ${wants}`]
  const isRefused = given['NODE_ENV'] === 'production' && given['SANDBOX'] === undefined
  return isRefused ? [`HW_REGION_NAME: there is no endpoint with NODE_ENV=production; ${wants}`] : []
}

/** Ports that are set have to differ; of those that the system chooses (0) it takes care itself. */
export function portsTakenTwice(settings: Settings): string[] {
  const taken = new Map<number, string>()
  return (['PORT', 'PROBE_PORT', 'METRICS_PORT'] as const).flatMap((name) => {
    const port = settings[name]
    const other = port === undefined || port === 0 ? undefined : taken.get(port)
    if (port !== undefined && other === undefined) taken.set(port, name)
    return other === undefined ? [] : [`${name}: must be another port than ${other}`]
  })
}

const ENVIRONMENTS: readonly (string | undefined)[] = [undefined, 'production', 'development', 'test']

/** What stops nothing, but is more likely a mistake than meant. Names alone: a value may be a secret in the wrong place. */
export const startWarnings = (given: Given, settings: readonly string[]): readonly string[] => [
  ...unknownSettings(Object.keys(given), settings),
  ...(ENVIRONMENTS.includes(given['NODE_ENV'])
    ? []
    : ['NODE_ENV is not exactly "production": the profile is that of development']),
]
