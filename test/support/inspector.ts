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
  const waiting = new Map<number, (result: Readonly<Record<string, number>>) => void>()
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data))
    waiting.get(id)?.(result)
    waiting.delete(id)
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error(`Nothing listens at ${url}.`)))
  })
  let calls = 0
  const call = (method: string): Promise<Readonly<Record<string, number>>> =>
    new Promise((resolve, reject) => {
      calls += 1
      waiting.set(calls, resolve)
      socket.addEventListener('close', () => reject(new Error('The process has ended.')))
      socket.send(JSON.stringify({ id: calls, method }))
    })
  return {
    heapBytes: async () => {
      await call('HeapProfiler.collectGarbage')
      const { usedSize = 0, backingStorageSize = 0 } = await call('Runtime.getHeapUsage')
      return usedSize + backingStorageSize
    },
    [Symbol.dispose]: () => socket.close(),
  }
}
