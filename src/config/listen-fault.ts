const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process uses this port',
  EACCES: 'the system does not allow this port',
  EADDRNOTAVAIL: 'this machine does not have this address',
}

/** One line for a port that cannot be listened on; `undefined` for any other error. */
export function listenFault(error: unknown): string | undefined {
  const { syscall, code = '', address, port } = error as NodeJS.ErrnoException & ListenError
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return undefined
  const where = port === undefined ? '' : ` on ${address}:${port}`
  return `Cannot listen${where}: ${REASONS[code] ?? code}. HOST, PORT, PROBE_PORT and METRICS_PORT say where the gateway listens.`
}

interface ListenError {
  readonly address?: string
  readonly port?: number
}
