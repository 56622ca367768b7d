import type { Profile, ProfileNode } from './profiler.ts'

/** Microseconds spent in functions themselves, by whose they are and by function. */
export interface SelfTime {
  readonly byOwner: ReadonlyMap<string, number>
  readonly byFunction: ReadonlyMap<string, number>
}

/** Sums a profile up. What V8 does itself for a function, such as `JSON.parse`, counts for the function's owner. */
export function selfTime({ nodes, samples, timeDeltas }: Profile): SelfTime {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])))
  const owners = new Map<number, string>()
  const ownerOf = (node: ProfileNode): string => {
    const known = owners.get(node.id)
    if (known !== undefined) return known
    const parent = byId.get(parents.get(node.id) ?? -1)
    const owner = ownOwner(node) ?? (parent ? ownerOf(parent) : 'V8')
    owners.set(node.id, owner)
    return owner
  }
  const byOwner = new Map<string, number>()
  const byFunction = new Map<string, number>()
  samples.forEach((id, index) => {
    const node = byId.get(id)
    if (node === undefined || node.callFrame.functionName === '(idle)') return
    // A sample's time is that until the next one.
    const time = timeDeltas[index + 1] ?? 0
    const owner = ownerOf(node)
    byOwner.set(owner, (byOwner.get(owner) ?? 0) + time)
    const { functionName, url, lineNumber } = node.callFrame
    const where = url === '' ? '' : ` ${fileOf(url)}:${lineNumber + 1}`
    const name = `${functionName || '(anonymous)'}${where} (${owner})`
    byFunction.set(name, (byFunction.get(name) ?? 0) + time)
  })
  return { byOwner: greatestFirst(byOwner), byFunction: greatestFirst(byFunction) }
}

const NATIVE: ReadonlyMap<string, string> = new Map([
  ['(garbage collector)', 'garbage collection'],
  ['(program)', 'native code: system calls, V8'],
  ['(root)', 'native code: system calls, V8'],
])

const NODE_PARTS = [
  ['Node: http', /^node:(_http|internal\/http|http)/],
  ['Node: sockets and streams', /^node:(net|stream|internal\/stream|internal\/net)/],
  [
    'Node: web streams, fetch, events of the web',
    /^node:internal\/(webstreams|abort|event_target|url|blob|per_context\/domexception)/,
  ],
  ['Node: timers', /^node:(timers|internal\/timers)/],
  [
    'Node: promises and async hooks',
    /^node:(internal\/process|async_hooks|internal\/async|diagnostics_channel)/,
  ],
  ['Node: the rest', /^node:/],
] as const

const PACKAGES = [
  ['undici', /\/node_modules\/undici\//],
  ['graphql', /\/node_modules\/graphql\//],
  ['GraphQL execution (@graphql-tools)', /\/node_modules\/@graphql-tools\//],
  [
    'Yoga, Envelop, whatwg-node',
    /\/node_modules\/(graphql-yoga|@graphql-yoga|@envelop|@whatwg-node|@repeaterjs)\//,
  ],
  ['pino', /\/node_modules\/(pino|sonic-boom|thread-stream|quick-format-unescaped|@pinojs)/],
  ['other packages', /\/node_modules\//],
] as const

const OURS = /\/src\/(?:([a-z]+)\/)?[^/]+/

function ownOwner({ callFrame: { functionName, url } }: ProfileNode): string | undefined {
  const native = NATIVE.get(functionName)
  if (native !== undefined) return native
  if (url === '') return undefined
  const known = [...NODE_PARTS, ...PACKAGES].find(([, pattern]) => pattern.test(url))
  if (known) return known[0]
  const folder = OURS.exec(url)?.[1]
  return folder === undefined ? 'ours: main' : `ours: ${folder}`
}

const fileOf = (url: string): string =>
  url
    .split('/node_modules/')
    .at(-1)
    ?.split(/\/(?:dist|src)\//)
    .at(-1) ?? url

const greatestFirst = (times: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...times].toSorted(([, a], [, b]) => b - a))
