import type { Settings } from './settings.ts'
import { unknownSettings } from './unknown-settings.ts'

/** Variables of the environment that have a value. */
export type Given = Readonly<Record<string, string | undefined>>

/** The settings that give endpoints of the cloud. */
export const ENDPOINTS = ['HW_REGION_NAME', 'APIG_ENDPOINT', 'ROMA_ENDPOINT', 'IAM_ENDPOINT'] as const

/** Sandbox mode in production must be asked for: a forgotten or mistyped endpoint does not start it. */
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

/** Ports must differ, except 0, for which the system chooses a free port. */
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

/** Likely mistakes that do not prevent the start. Names only: a value may be a misplaced secret. */
export const startWarnings = (given: Given, settings: readonly string[]): readonly string[] => [
  ...unknownSettings(Object.keys(given), settings),
  ...(ENVIRONMENTS.includes(given['NODE_ENV'])
    ? []
    : ['NODE_ENV is not exactly "production": the profile is that of development']),
]
