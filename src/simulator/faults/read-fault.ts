import { isJsonObject, parseJson } from '../http/json.ts'
import { Refusal } from '../http/refusal.ts'
import type { Fault, FaultOptions } from './fault.ts'
import { SPELLINGS } from './respell.ts'

/** Each kind's parameters. Those of `answer` can be written in JSON only. */
const PARAMETERS = {
  refuse: {},
  'reset-before-body': {},
  'reset-during-body': {},
  'reset-after-body': {},
  'kill-idle': {},
  'stall-headers': {},
  'stall-body': {},
  'drip-body': { everyMs: 'number' },
  'cut-json': {},
  html: { status: 'number' },
  empty: {},
  'garbage-2xx': {},
  'error-under-200': {},
  '500-after-write': { code: 'string' },
  'late-write': { ms: 'number', stepMs: 'number', status: 'number', code: 'string' },
  'leave-out-one': {},
  'partial-write': { instances: 'string', status: 'number', code: 'string', restMs: 'number' },
  '429': { retryAfter: 'number' },
  '401-once': {},
  redirect: { status: 'number', location: 'string' },
  delay: { ms: 'number' },
  answer: { status: 'number', headers: 'any', body: 'any' },
  'read-lag': { ms: 'number', listMs: 'number', showMs: 'number', totalMs: 'number' },
  respell: { seed: 'number', what: 'spellings' },
} as const satisfies Record<Fault['kind'], Readonly<Record<string, ParameterType>>>

type ParameterType = 'number' | 'string' | 'spellings' | 'any'

/** `{"fault": {"kind": "429", "retryAfter": 3}, "times": 2, "skip": 1, "match": {"method": "PUT"}}` */
export function readPlannedFault(body: string): { fault: Fault; options: FaultOptions } {
  const planned = parseJson(body)
  if (!isJsonObject(planned)) throw refuse('a JSON object with the key fault')
  const { fault, times, skip, match, ...others } = planned
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) throw refuse(`no key ${unknown}`)
  const options = {
    ...(times !== undefined && {
      times: times === 'always' ? Number.POSITIVE_INFINITY : readCount('times', times, 1),
    }),
    ...(skip !== undefined && { skip: readCount('skip', skip, 0) }),
    ...(isJsonObject(match) && { match }),
  }
  return { fault: readFault(fault), options }
}

/** `429;retryAfter=3`, the value of the header `x-simulator-fault`; several have commas between them. */
export function readFaultHeader(value: string): readonly Fault[] {
  return value.split(',').map((part) => {
    const [kind = '', ...parameters] = part.split(';').map((text) => text.trim())
    const known = parametersOf(kind)
    const pairs = parameters.map((parameter) => {
      const mark = parameter.indexOf('=')
      const [name, text] = [parameter.slice(0, mark), parameter.slice(mark + 1)]
      return [name, known[name] === 'number' ? Number(text) : text]
    })
    return readFault({ kind, ...Object.fromEntries(pairs) })
  })
}

function readFault(value: unknown): Fault {
  const { kind, ...parameters } = isJsonObject(value) ? value : {}
  const known = parametersOf(kind)
  for (const [name, parameter] of Object.entries(parameters)) {
    const type = known[name]
    if (type === undefined) throw refuse(`no parameter ${name} for ${kind}`)
    if (type === 'number' && !Number.isFinite(parameter)) throw refuse(`a number for ${name}`)
    if (type === 'string' && typeof parameter !== 'string') throw refuse(`a text for ${name}`)
    if (type === 'spellings' && !areSpellings(parameter)) {
      throw refuse(`for ${name} some of ${SPELLINGS.join(', ')}, with + between them`)
    }
  }
  return { kind, ...parameters } as Fault
}

function areSpellings(value: unknown): boolean {
  const known: readonly string[] = SPELLINGS
  return typeof value === 'string' && value.split('+').every((spelling) => known.includes(spelling))
}

function parametersOf(kind: unknown): Readonly<Record<string, ParameterType>> {
  if (typeof kind === 'string' && Object.hasOwn(PARAMETERS, kind)) return PARAMETERS[kind as Fault['kind']]
  throw refuse(`a fault whose kind is one of ${Object.keys(PARAMETERS).join(', ')}`)
}

function readCount(name: string, value: unknown, min: number): number {
  const count = Number(value)
  if (!Number.isInteger(count) || count < min) throw refuse(`a whole number from ${min} for ${name}`)
  return count
}

function refuse(expected: string): Refusal {
  return new Refusal(400, { message: `The simulator expects ${expected}.` })
}
