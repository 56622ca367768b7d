import type { UpstreamServices } from '../../../operations/upstream-services.ts'
import type { Family } from './family.ts'

const BREAKER_STATES = ['closed', 'half-open', 'open'] as const
const LOGIN_STATES = ['ok', 'refused', 'locked'] as const

/** How each product's API is doing: its breaker, and the calls in flight and waiting. */
export function upstreamGauges(state: UpstreamServices['state']): readonly Family[] {
  const each = <Value>(read: (service: string, of: UpstreamState) => Value[]): Value[] =>
    Object.entries(state()).flatMap(([service, of]) => (of === null ? [] : read(service, of)))
  return [
    {
      name: 'upstream_breaker_state',
      help: '1 for the state that the breaker of a service is in, 0 for the others.',
      type: 'gauge',
      read: () =>
        each((service, { breaker }) =>
          BREAKER_STATES.map((one) => ({
            labels: { service, state: one },
            value: one === breaker ? 1 : 0,
          })),
        ),
    },
    {
      name: 'upstream_in_flight',
      help: 'REST calls under way.',
      type: 'gauge',
      read: () => each((service, { inFlight }) => [{ labels: { service }, value: inFlight }]),
    },
    {
      name: 'upstream_queued',
      help: 'REST calls that wait for a slot of the bulkhead.',
      type: 'gauge',
      read: () => each((service, { queued }) => [{ labels: { service }, value: queued }]),
    },
    {
      name: 'login_state',
      help: "1 for the present state of the gateway's login, 0 for the other states.",
      type: 'gauge',
      read: () => {
        const login = state().IAM?.login
        if (login === undefined) return []
        return LOGIN_STATES.map((one) => ({ labels: { state: one }, value: one === login ? 1 : 0 }))
      },
    },
  ]
}

type UpstreamState = NonNullable<ReturnType<UpstreamServices['state']>['APIG']>

/** What runs: a constant, to be joined with the others. */
export const buildInfo = (labels: Readonly<Record<'version' | 'mode', string>>): Family => ({
  name: 'build_info',
  help: 'The version that runs, and in which mode.',
  type: 'gauge',
  read: () => [{ labels, value: 1 }],
})

/** Lines that the log could not write. */
export const logLines = (lost: () => number): Family => ({
  name: 'log_lines_lost_total',
  help: 'Log lines that could not be written: a full disk, or a pipe that no process reads.',
  type: 'counter',
  read: () => [{ labels: {}, value: lost() }],
})
