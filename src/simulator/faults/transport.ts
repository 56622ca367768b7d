import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from '../http/exchange.ts'
import { writeHead } from '../http/write-answer.ts'

/** Faults of a connection, on its real socket. */

export type Cut = 'close-at-head' | 'reset-at-head' | 'reset-in-body'

export function cutConnection(request: IncomingMessage, cut: Cut): void {
  const { socket } = request
  const reset = () => socket.resetAndDestroy()
  if (cut === 'close-at-head') socket.destroy()
  else if (cut === 'reset-at-head') reset()
  else request.once('data', reset).once('end', reset)
}

export function resetConnection(response: ServerResponse): void {
  response.socket?.resetAndDestroy()
}

export function stallHeaders(): void {
  // Sends nothing.
}

export function stallBody(response: ServerResponse, answer: Answer): void {
  const body = writeHead(response, answer)
  response.write(body.subarray(0, body.length / 2))
}

export function dripBody(everyMs: number): (response: ServerResponse, answer: Answer) => void {
  return (response, answer) => {
    const body = writeHead(response, answer)
    let sent = 0
    const timer = setInterval(() => {
      response.write(body.subarray(sent, sent + 1))
      sent += 1
      if (sent >= body.length) response.end()
    }, everyMs)
    response.once('close', () => clearInterval(timer))
  }
}
