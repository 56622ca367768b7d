import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Cloud } from './cloud/cloud.ts'
import type { Clock } from './cloud/timestamp.ts'
import { type Behaviour, combined } from './faults/behaviour.ts'
import { behaviourOf } from './faults/behaviour-of.ts'
import type { Connections } from './faults/connections.ts'
import type { FaultPlan } from './faults/fault-plan.ts'
import type { LateWrites } from './faults/late-writes.ts'
import type { Pending } from './faults/pending.ts'
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
import { routeNotFound, systemError } from './refusals.ts'

export interface Service {
  readonly cloud: Cloud
  readonly routes: readonly Route[]
  /** Routes by which tests control the simulator: neither recorded nor subject to faults. */
  readonly adminRoutes: readonly Route[]
  readonly faults: FaultPlan
  readonly lateWrites: LateWrites
  readonly pending: Pending
  readonly connections: Connections
  readonly log: CallLog
  readonly clock: Clock
}

const ADMIN_PREFIX = '/_simulator/'

/** Answers one request. Rejects where the client disconnects before the request is read. */
export async function serve(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const now = service.clock()
  response.setHeader('X-Request-Id', newRequestId(now))
  response.setHeader('Date', now.toUTCString())
  if (request.url?.startsWith(ADMIN_PREFIX)) {
    return writeAnswer(
      response,
      await answerOf(async () => dispatch(service.adminRoutes, await readCall(request))),
    )
  }

  const record = service.log.add(recordOf(request))
  const { socket } = request
  const behaviour = plannedBehaviour(service.faults, request)
  if (behaviour.killsIdle) service.connections.kill()
  // A call with faults in its header has no planned ones.
  const isExempt = request.headers['x-simulator-fault'] !== undefined && !behaviour.killsIdle
  if (service.connections.isDead(socket) && !isExempt) return resetConnection(response)
  service.connections.used(socket)
  if (behaviour.cut) return cutConnection(request, behaviour.cut)
  const done = service.pending.begin()
  const answer = await acted(service, request, behaviour, record).finally(done)
  if (!answer) return resetConnection(response)
  const altered = behaviour.after?.(answer) ?? answer
  record.status = altered.status
  const send = behaviour.send ?? writeAnswer
  send(response, altered)
}

/** Executes the call as far as its faults allow; no answer where its connection is to break. */
function acted(
  { cloud, routes, lateWrites }: Service,
  request: IncomingMessage,
  { before, acts, instead }: Behaviour,
  record: OpenRecord,
): Promise<Answer | undefined> {
  const act = (call: Call) =>
    answerOf(async () => cloud.recording(record.writes, () => dispatch(routes, call)))
  return answerOf(async () => {
    const received = await readCall(request)
    record.body = received.body === '' ? undefined : (parseJson(received.body) ?? received.body)
    const call = (await before?.(received)) ?? received
    for (const { call: part, afterMs } of acts?.(call) ?? []) {
      if (afterMs === undefined) await act(part)
      // Its timer cannot fire before the call is answered: the code awaits nothing else from here to there.
      else {
        lateWrites.add(afterMs, async () => {
          const { status } = await act(part)
          record.status ??= status
        })
      }
    }
    return instead?.(call) ?? (acts ? undefined : act(call))
  })
}

function plannedBehaviour(faults: FaultPlan, request: IncomingMessage): Behaviour {
  const header = request.headers['x-simulator-fault']
  try {
    const hitting =
      typeof header === 'string'
        ? readFaultHeader(header)
        : faults.take(request.method ?? '', splitTarget(request.url ?? '').path)
    return combined(hitting.map(behaviourOf))
  } catch (error) {
    if (error instanceof Refusal) return { instead: () => error.answer }
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
      // A bug of the simulator: print it, since its answer looks like an error of the cloud.
      process.emitWarning(error instanceof Error ? error : String(error))
      throw systemError()
    }
  }
  throw routeNotFound()
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
    writes: [],
  }
}
