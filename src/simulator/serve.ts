import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from './cloud/timestamp.ts'
import { type Behaviour, behaviourOf } from './faults/behaviour.ts'
import type { FaultPlan } from './faults/fault-plan.ts'
import type { LateWrites } from './faults/late-writes.ts'
import { readFaultHeader } from './faults/read-fault.ts'
import { cutConnection, resetConnection } from './faults/transport.ts'
import type { CallLog, OpenRecord } from './http/call-log.ts'
import type { Answer, Call } from './http/exchange.ts'
import { parseJson } from './http/json.ts'
import { readCall, splitTarget } from './http/read-call.ts'
import { Refusal } from './http/refusal.ts'
import { newRequestId } from './http/request-id.ts'
import { matchRoute, type Route } from './http/route.ts'
import { unescapeText } from './http/unescape-text.ts'
import { writeAnswer } from './http/write-answer.ts'
import { apiNotFound, systemError } from './refusals.ts'

export interface Service {
  readonly routes: readonly Route[]
  /** How tests steer the simulator: neither recorded nor subject to faults. */
  readonly adminRoutes: readonly Route[]
  readonly faults: FaultPlan
  readonly lateWrites: LateWrites
  readonly log: CallLog
  readonly clock: Clock
}

const ADMIN_PREFIX = '/_simulator/'

/** Answers one request. Rejects where the client hung up before it was read. */
export async function serve(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('X-Request-Id', newRequestId(service.clock()))
  if (request.url?.startsWith(ADMIN_PREFIX)) {
    return writeAnswer(
      response,
      await answerOf(async () => dispatch(service.adminRoutes, await readCall(request))),
    )
  }

  const record = service.log.add(recordOf(request))
  const behaviour = plannedBehaviour(service.faults, request)
  if (behaviour.cut) return cutConnection(request, behaviour.cut)

  const answer = await answerOf(async () => {
    const call = await readCall(request)
    record.body = call.body === '' ? undefined : (parseJson(call.body) ?? call.body)
    const act = async () => dispatch(service.routes, (await behaviour.before?.(call)) ?? call)
    if (behaviour.lateMs === undefined) return behaviour.instead ?? act()
    // Its timer cannot fire before the lines below have turned the caller away.
    service.lateWrites.add(behaviour.lateMs, async () => {
      const { status } = await answerOf(act)
      record.status ??= status
    })
    return behaviour.instead
  })
  if (!answer) return resetConnection(response)
  const altered = behaviour.after?.(answer) ?? answer
  record.status = altered.status
  const send = behaviour.send ?? writeAnswer
  send(response, altered)
}

function plannedBehaviour(faults: FaultPlan, request: IncomingMessage): Behaviour {
  const header = request.headers['x-simulator-fault']
  if (typeof header !== 'string') {
    const fault = faults.take(request.method ?? '', splitTarget(request.url ?? '').path)
    return fault ? behaviourOf(fault) : {}
  }
  try {
    return behaviourOf(readFaultHeader(header))
  } catch (error) {
    if (error instanceof Refusal) return { instead: error.answer }
    throw error
  }
}

function dispatch(routes: readonly Route[], call: Call): Answer {
  const segments = call.path.split('/').map(unescapeText)
  for (const candidate of routes) {
    const parameters = matchRoute(candidate, call.method, segments)
    if (!parameters) continue
    try {
      return candidate.handle(call, parameters)
    } catch (error) {
      if (error instanceof Refusal) throw error
      // A fault of the simulator's own: it must not pass for the cloud's unseen.
      process.emitWarning(error instanceof Error ? error : String(error))
      throw systemError()
    }
  }
  throw apiNotFound()
}

async function answerOf<Result>(act: () => Promise<Result>): Promise<Result | Answer> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    throw error
  }
}

function recordOf(request: IncomingMessage): OpenRecord {
  const { path, query } = splitTarget(request.url ?? '/')
  return {
    method: request.method ?? 'GET',
    path,
    query: Object.fromEntries(query),
    headers: request.headers,
    body: undefined,
    status: null,
  }
}
