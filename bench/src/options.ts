import { parseArgs } from 'node:util'

/** What a run does, as the command line asks for it. */
export interface Options {
  /** Names of contenders; all where empty. */
  readonly only: readonly string[]
  /** Names of scenarios, or their first words; all where empty. */
  readonly scenarios: readonly string[]
  readonly rounds: number
  readonly seconds: number
  /** Processor time that each contender uses before it is measured. */
  readonly warmUpSeconds: number
  /** Requests of the memory scenario. */
  readonly requests: number
  readonly quick: boolean
}

const FULL = { rounds: 7, seconds: 2, warmUpSeconds: 4, requests: 1_000_000 }
const QUICK = { rounds: 2, seconds: 1, warmUpSeconds: 2, requests: 10_000 }

/** @throws {TypeError} for an option that is not known or no number */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      scenario: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      requests: { type: 'string' },
    },
  })
  const usual = values.quick ? QUICK : FULL
  return {
    only: list(values.only),
    scenarios: list(values.scenario),
    rounds: positive('rounds', values.rounds, usual.rounds),
    seconds: positive('seconds', values.seconds, usual.seconds),
    warmUpSeconds: usual.warmUpSeconds,
    requests: positive('requests', values.requests, usual.requests),
    quick: values.quick,
  }
}

const list = (text: string | undefined): string[] => text?.split(',').filter((part) => part !== '') ?? []

function positive(name: string, text: string | undefined, usual: number): number {
  const value = text === undefined ? usual : Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new TypeError(`--${name} must be a whole number, 1 or greater`)
  return value
}
