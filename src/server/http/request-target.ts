/** The path and the query of a request. */
export interface RequestTarget {
  readonly path: string
  /** Without its question mark. */
  readonly search: string
}

/** Reads a request's target, which may be a whole URL (RFC 9112, 3.2.2). */
export function requestTarget(target = ''): RequestTarget {
  const local = target.replace(/^https?:\/\/[^/?]*/i, '')
  const at = local.indexOf('?')
  return at < 0 ? { path: local, search: '' } : { path: local.slice(0, at), search: local.slice(at + 1) }
}
