import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Answer, Call } from '../http/exchange.ts'
import type { Fault } from './fault.ts'
import { leaveOutLastInstance } from './leave-out-last-instance.ts'
import { type Cut, dripBody, resetConnection, stallBody, stallHeaders } from './transport.ts'

/** Where in the life of a call a fault steps in. */
export interface Behaviour {
  /** The connection ends here, nothing done. */
  readonly cut?: Cut
  readonly before?: (call: Call) => Call | Promise<Call>
  /** Answers for the services, nothing done. */
  readonly instead?: Answer
  /** The services act only so long after the call was answered with `instead` or, without it, its connection lost. */
  readonly lateMs?: number
  readonly after?: (answer: Answer) => Answer
  readonly send?: (response: ServerResponse, answer: Answer) => void
}

const SYSTEM_ERROR = { error_code: 'APIG.9999', error_msg: 'System error' }

export function behaviourOf(fault: Fault): Behaviour {
  switch (fault.kind) {
    case 'refuse':
      return { cut: 'close-at-head' }
    case 'reset-before-body':
      return { cut: 'reset-at-head' }
    case 'reset-during-body':
      return { cut: 'reset-in-body' }
    case 'reset-after-body':
      return { send: resetConnection }
    case 'stall-headers':
      return { send: stallHeaders }
    case 'stall-body':
      return { send: stallBody }
    case 'drip-body':
      return { send: dripBody(fault.everyMs ?? 50) }
    case 'cut-json':
      return { after: cutInHalf }
    case 'html':
      return { instead: proxyErrorPage(fault.status ?? 502) }
    case 'empty':
      return { after: ({ status }) => ({ status }) }
    case 'garbage-2xx':
      return { after: ({ status }) => ({ status, headers: JSON_TYPE, body: '<<< not JSON >>>' }) }
    case 'error-under-200':
      return { instead: { status: 200, body: SYSTEM_ERROR } }
    case '500-after-write':
      return { after: () => ({ status: 500, body: SYSTEM_ERROR }) }
    case 'late-write':
      return {
        lateMs: fault.ms ?? 50,
        ...(fault.status !== undefined && { instead: { status: fault.status } }),
      }
    case 'leave-out-one':
      return { before: leaveOutLastInstance }
    case '429':
      return { instead: throttled(fault.retryAfter) }
    case '401-once':
      return { instead: { status: 401, body: TOKEN_UNKNOWN } }
    case 'delay':
      return { before: (call) => delay(fault.ms, call, { ref: false }) }
    case 'answer':
      return { instead: fault }
  }
}

const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' }

const TOKEN_UNKNOWN = { error_code: 'APIG.1002', error_msg: 'Incorrect token or token resolution failed' }

function cutInHalf({ status, body }: Answer): Answer {
  const text = JSON.stringify(body ?? {})
  return { status, headers: JSON_TYPE, body: text.slice(0, text.length / 2) }
}

function proxyErrorPage(status: number): Answer {
  const body = `<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>proxy</body></html>`
  return { status, headers: { 'content-type': 'text/html' }, body }
}

function throttled(retryAfter: number | undefined): Answer {
  return {
    status: 429,
    ...(retryAfter !== undefined && { headers: { 'retry-after': String(retryAfter) } }),
    body: { error_code: 'APIG.0308', error_msg: 'The throttling threshold has been reached' },
  }
}
