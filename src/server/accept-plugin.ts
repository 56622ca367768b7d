import type { Plugin } from 'graphql-yoga'

/** What this server can answer with. */
const ANSWERS = [
  'application/graphql-response+json',
  'application/json',
  'text/event-stream',
  'multipart/mixed',
]

/** Refuses a caller who could not read the answer before anything is done: a write must not happen behind a 406. */
export function acceptPlugin(): Plugin {
  return {
    onRequestParse({ request, fetchAPI, endResponse }) {
      const accept = request.headers.get('accept')
      if (accept === null || accept === '' || accept.split(',').some(isAcceptable)) return
      endResponse(new fetchAPI.Response(null, { status: 406, headers: { accept: ANSWERS.join(', ') } }))
    },
  }
}

function isAcceptable(range: string): boolean {
  const type = (range.split(';')[0] ?? '').trim().toLowerCase()
  if (type === '*/*') return true
  return type.endsWith('/*')
    ? ANSWERS.some((one) => one.startsWith(type.slice(0, -1)))
    : ANSWERS.includes(type)
}
