import { readFileSync } from 'node:fs'

/** A node of V8's profile: a function where it was called from. */
export interface ProfileNode {
  readonly id: number
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  readonly children?: readonly number[]
}

/** V8's profile: which node was found running at each sample, and the microseconds between samples. */
export interface Profile {
  readonly nodes: readonly ProfileNode[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

const SAMPLED_EVERY_US = 250

/** Profiles a process while `during` runs; the process was started with `--inspect=0`, its errors going to this file. */
export async function profiled(errorFile: string, during: () => Promise<void>): Promise<Profile> {
  const address = /ws:\/\/\S+/.exec(readFileSync(errorFile, 'utf8'))?.[0]
  if (address === undefined) throw new Error('the process has no inspector')
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  try {
    await command(socket, 'Profiler.enable')
    await command(socket, 'Profiler.setSamplingInterval', { interval: SAMPLED_EVERY_US })
    await command(socket, 'Profiler.start')
    await during()
    const { profile } = (await command(socket, 'Profiler.stop')) as { profile: Profile }
    return profile
  } finally {
    socket.close()
  }
}

let lastId = 0

function command(socket: WebSocket, method: string, params: object = {}): Promise<unknown> {
  lastId += 1
  const id = lastId
  return new Promise((resolve, reject) => {
    const listen = ({ data }: MessageEvent): void => {
      const answer = JSON.parse(String(data))
      if (answer.id !== id) return
      socket.removeEventListener('message', listen)
      if (answer.error) reject(new Error(`${method}: ${answer.error.message}`))
      else resolve(answer.result)
    }
    socket.addEventListener('message', listen)
    socket.send(JSON.stringify({ id, method, params }))
  })
}
