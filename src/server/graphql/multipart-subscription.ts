import { isAsyncIterable } from '@graphql-tools/utils'
import type { ExecutionResult } from 'graphql'

const HEAD = '\r\ncontent-type: application/json\r\n\r\n'
const BOUNDARY = '\r\n--graphql'
const HEARTBEAT = `${HEAD}{}${BOUNDARY}`
/** Proxies close connections on which nothing happens, often after 60 s. */
export const HEARTBEAT_MS = 12_000

/**
 * The body of Apollo's multipart protocol for subscriptions, 1.0: a part `{"payload": result}` per event, and parts `{}` that keep
 * the connection open. Each part is followed by its boundary at once, as clients read a part up to there.
 * https://www.apollographql.com/docs/router/executing-operations/subscription-multipart-protocol/
 */
export function multipartSubscription(
  result: ExecutionResult | AsyncIterable<ExecutionResult>,
): ReadableStream<Uint8Array> {
  const events = isAsyncIterable(result) ? result[Symbol.asyncIterator]() : once(result)
  const encoder = new TextEncoder()
  let heartbeat: NodeJS.Timeout | undefined
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(`${BOUNDARY}${HEARTBEAT}`))
      heartbeat = setInterval(() => {
        // A client that does not read gets no more of them.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(HEARTBEAT))
      }, HEARTBEAT_MS)
    },
    async pull(controller) {
      try {
        const { done, value } = await events.next()
        if (!done) {
          const part = JSON.stringify({ payload: value })
          controller.enqueue(encoder.encode(`${HEAD}${part}${BOUNDARY}`))
          return
        }
        clearInterval(heartbeat)
        controller.enqueue(encoder.encode('--\r\n'))
        controller.close()
      } catch (error) {
        clearInterval(heartbeat)
        controller.error(error)
      }
    },
    async cancel() {
      clearInterval(heartbeat)
      await events.return?.()
    },
  })
}

async function* once<Value>(value: Value): AsyncGenerator<Value, undefined> {
  yield value
}
