import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'

/** Proves the gateway to servers that ask for a certificate (mutual TLS). PEM texts. */
export interface ClientCertificate {
  readonly cert: string
  readonly key: string
  readonly passphrase: string | undefined
}

export interface ClientCertificateFiles {
  readonly certFile: string
  readonly keyFile: string
  readonly passphrase: string | undefined
}

type Read =
  | { readonly ok: true; readonly certificate: ClientCertificate | undefined }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Reads the files and checks that OpenSSL takes the two together. */
export async function readClientCertificate(files: ClientCertificateFiles | undefined): Promise<Read> {
  if (files === undefined) return { ok: true, certificate: undefined }
  try {
    const [cert, key] = await Promise.all([readFile(files.certFile, 'utf8'), readFile(files.keyFile, 'utf8')])
    const certificate = { cert, key, passphrase: files.passphrase }
    createSecureContext(certificate)
    return { ok: true, certificate }
  } catch (error) {
    const { code, path = '' } = error as NodeJS.ErrnoException
    const setting = path === files.keyFile ? 'UPSTREAM_KEY_FILE' : 'UPSTREAM_CERT_FILE'
    return { ok: false, faults: [`${setting}: no certificate with its key can be read (${code})`] }
  }
}
