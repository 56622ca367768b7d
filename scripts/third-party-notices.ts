import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'rolldown'

/** Writes the licences of the bundled packages, which require that, into a file next to the chunks. */
export function thirdPartyNotices(fileName: string): Plugin {
  return {
    name: 'third-party-notices',
    async generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((output) =>
        output.type === 'chunk' ? output.moduleIds : [],
      )
      const folders = new Set(modules.map(packageFolder).filter((folder) => folder !== undefined))
      // A package may be installed in several folders.
      const notices = new Set(await Promise.all([...folders].map(noticeOf)))
      const source = [...notices].toSorted().join(`\n${'-'.repeat(80)}\n\n`)
      this.emitFile({ type: 'asset', fileName, source })
    },
  }
}

const packageFolder = (module: string): string | undefined =>
  /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module.replaceAll('\\', '/'))?.[0]

const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i

async function noticeOf(folder: string): Promise<string> {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  if (typeof license !== 'string') throw new Error(`${name}@${version} names no licence`)
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).toSorted()
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  const by = author?.name ?? author
  const lines = [`${name}@${version}`, `Licence: ${license}`, ...(by === undefined ? [] : [`Author: ${by}`])]
  return [lines.join('\n'), ...texts.map((text) => text.trim())].join('\n\n').concat('\n')
}
