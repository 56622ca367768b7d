import { setTimeout as delay } from 'node:timers/promises'
import type { Answer, Call } from '../http/exchange.ts'
import { lateActs, partialActs } from './acts.ts'
import type { Behaviour } from './behaviour.ts'
import type { Fault } from './fault.ts'
import { respell } from './respell.ts'
import { leaveOutLastInstance } from './split-batch.ts'
import { dripBody, resetConnection, stallBody, stallHeaders } from './transport.ts'

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
    case 'kill-idle':
      return { killsIdle: true }
    case 'stall-headers':
      return { send: stallHeaders }
    case 'stall-body':
      return { send: stallBody }
    case 'drip-body':
      return { send: dripBody(fault.everyMs ?? 50) }
    case 'cut-json':
      return { after: cutInHalf }
    case 'html':
      return { instead: () => proxyErrorPage(fault.status ?? 502) }
    case 'empty':
      return { after: ({ status }) => ({ status }) }
    case 'garbage-2xx':
      return { after: ({ status }) => ({ status, headers: JSON_TYPE, body: '<<< not JSON >>>' }) }
    case 'error-under-200':
      return { instead: () => coded(200) }
    case '500-after-write':
      return { after: () => coded(500, fault.code) }
    case 'late-write': {
      const { status, code } = fault
      const answer = code === undefined ? { status: status ?? 500 } : coded(status ?? 500, code)
      return {
        acts: (call) => lateActs(call, fault),
        ...((status !== undefined || code !== undefined) && { instead: () => answer }),
      }
    }
    case 'leave-out-one':
      return { before: leaveOutLastInstance }
    case 'partial-write':
      return {
        acts: (call) => partialActs(call, fault),
        instead: () => coded(fault.status ?? 500, fault.code),
      }
    case '429':
      return { instead: () => throttled(fault.retryAfter) }
    case '401-once':
      return { instead: () => ({ status: 401, body: TOKEN_UNKNOWN }) }
    case 'redirect':
      return { instead: (call) => redirect(fault.status ?? 307, fault.location ?? targetOf(call)) }
    case 'delay':
      return { before: (call) => delay(fault.ms, call, { ref: false }) }
    case 'answer':
      return { instead: () => fault }
    case 'read-lag': {
      const { ms = 0, listMs = ms, showMs = ms, totalMs = listMs } = fault
      return { before: (call) => ({ ...call, lag: { listMs, showMs, totalMs } }) }
    }
    case 'respell':
      return respell(fault)
  }
}

const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' }

const TOKEN_UNKNOWN = { error_code: 'APIG.1002', error_msg: 'Incorrect token or token resolution failed' }

function coded(status: number, code = 'APIG.9999'): Answer {
  return { status, body: { error_code: code, error_msg: 'System error' } }
}

function redirect(status: number, location: string): Answer {
  return { status, headers: { location } }
}

function targetOf({ path, query }: Call): string {
  return query.size === 0 ? path : `${path}?${query}`
}

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
