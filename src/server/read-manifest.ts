import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { TrustedDocuments } from './http/trusted-documents.ts'

const Manifest = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue('no JSON')
      return z.NEVER
    }
  })
  .pipe(z.record(z.string().min(1), z.string().min(1)))

/** Reads a file of trusted documents as code generators write it: `{"<id>": "<document>", …}`. `undefined`: it is none. */
export async function readManifest(path: string): Promise<TrustedDocuments | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const manifest = Manifest.safeParse(text)
  return manifest.success ? new Map(Object.entries(manifest.data)) : undefined
}
