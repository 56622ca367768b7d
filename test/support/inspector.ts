import type { startProcess } from './start-process.ts'

export interface Inspector extends Disposable {
  /** Bytes of a process's heap, and of the buffers that it holds, after a forced collection. */
  readonly heapBytes: () => Promise<number>
}

/** What a process has to be started with. */
export const INSPECTED = ['--inspect=127.0.0.1:0']

const LISTENING = /^Debugger listening on (ws:\S+)$/

/** Looks into a running process by the protocol of V8's inspector. */
export async function openInspector(inspected: ReturnType<typeof startProcess>): Promise<Inspector> {
  await inspected.firstLine
  const url = inspected.errors.map((line) => LISTENING.exec(line)?.[1]).find((one) => one !== undefined)
  if (url === undefined) throw new Error(`No inspector: ${inspected.errors.join('\n')}`)
  const socket = new WebSocket(url)
  const waiting = new Map<number, PromiseWithResolvers<Readonly<Record<string, number>>>>()
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data))
    waiting.get(id)?.resolve(result)
    waiting.delete(id)
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error(`Nothing listens at ${url}.`)))
  })
  let calls = 0
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The process has ended.'))
  })
  const call = (method: string): Promise<Readonly<Record<string, number>>> => {
    calls += 1
    const answer = Promise.withResolvers<Readonly<Record<string, number>>>()
    waiting.set(calls, answer)
    socket.send(JSON.stringify({ id: calls, method }))
    return answer.promise
  }
  return {
    heapBytes: async () => {
      await call('HeapProfiler.collectGarbage')
      const { usedSize = 0, backingStorageSize = 0 } = await call('Runtime.getHeapUsage')
      return usedSize + backingStorageSize
    },
    [Symbol.dispose]: () => socket.close(),
  }
}
