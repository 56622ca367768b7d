import { isJsonObject, parseJson } from '../http/json.ts'
import { Refusal } from '../http/refusal.ts'
import type { Fault, FaultOptions } from './fault.ts'

/** Each kind's parameters. All are numbers but those of `answer`, which is written in JSON only. */
const PARAMETERS = {
  refuse: [],
  'reset-before-body': [],
  'reset-during-body': [],
  'reset-after-body': [],
  'stall-headers': [],
  'stall-body': [],
  'drip-body': ['everyMs'],
  'cut-json': [],
  html: ['status'],
  empty: [],
  'garbage-2xx': [],
  'error-under-200': [],
  '500-after-write': [],
  'late-write': ['ms', 'status'],
  'leave-out-one': [],
  '429': ['retryAfter'],
  '401-once': [],
  delay: ['ms'],
  answer: ['status', 'headers', 'body'],
} as const satisfies Record<Fault['kind'], readonly string[]>

/** `{"fault": {"kind": "429", "retryAfter": 3}, "times": 2, "skip": 1, "match": {"method": "PUT"}}` */
export function readPlannedFault(body: string): { fault: Fault; options: FaultOptions } {
  const planned = parseJson(body)
  if (!isJsonObject(planned)) throw refuse('a JSON object with the key fault')
  const { fault, times, skip, match, ...others } = planned
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) throw refuse(`no key ${unknown}`)
  const options = {
    ...(times !== undefined && { times: readCount('times', times, 1) }),
    ...(skip !== undefined && { skip: readCount('skip', skip, 0) }),
    ...(isJsonObject(match) && { match }),
  }
  return { fault: readFault(fault), options }
}

/** `429;retryAfter=3`, the value of the header `x-simulator-fault`. */
export function readFaultHeader(value: string): Fault {
  const [kind = '', ...parameters] = value.split(';').map((part) => part.trim())
  const pairs = parameters.map((parameter) => parameter.split('='))
  return readFault({ kind, ...Object.fromEntries(pairs.map(([name, text]) => [name, Number(text)])) })
}

function readFault(value: unknown): Fault {
  const { kind, ...parameters } = isJsonObject(value) ? value : {}
  if (typeof kind !== 'string' || !Object.hasOwn(PARAMETERS, kind)) {
    throw refuse(`a fault whose kind is one of ${Object.keys(PARAMETERS).join(', ')}`)
  }
  const known: readonly string[] = PARAMETERS[kind as Fault['kind']]
  const [unknown] = Object.keys(parameters).filter((name) => !known.includes(name))
  if (unknown !== undefined) throw refuse(`no parameter ${unknown} for ${kind}`)
  const isNumeric = kind !== 'answer'
  for (const [name, parameter] of Object.entries(parameters)) {
    if (isNumeric && !Number.isFinite(parameter)) throw refuse(`a number for ${name}`)
  }
  return { kind, ...parameters } as Fault
}

function readCount(name: string, value: unknown, least: number): number {
  const count = Number(value)
  if (!Number.isInteger(count) || count < least) throw refuse(`a whole number from ${least} for ${name}`)
  return count
}

function refuse(expected: string): Refusal {
  return new Refusal(400, { message: `The simulator expects ${expected}.` })
}
