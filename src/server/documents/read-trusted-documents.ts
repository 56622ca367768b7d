import { readFile } from 'node:fs/promises'
import { schema } from '../../graphql/schema.ts'
import { type TrustedDocuments, trustedDocuments } from './trusted-documents.ts'

type Read =
  | { readonly ok: true; readonly documents: TrustedDocuments | undefined }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Reads the manifest that the settings name, if they name one; a fault names the setting and the file. */
export async function readTrustedDocuments(
  setting: { readonly file: string; readonly only: boolean } | undefined,
): Promise<Read> {
  if (setting === undefined) return { ok: true, documents: undefined }
  const { file, only } = setting
  const read = await readFile(file, 'utf8').then(
    (text) => trustedDocuments(text, schema, only),
    ({ code }: NodeJS.ErrnoException) => ({ ok: false as const, faults: [`cannot be read (${code})`] }),
  )
  return read.ok
    ? read
    : { ok: false, faults: read.faults.map((fault) => `TRUSTED_DOCUMENTS: ${file}: ${fault}`) }
}
