import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))

test.each(['start', 'dev', 'simulator'])(
  'npm run %s keeps what V8 has compiled for the next start',
  async (name) => {
    const [, ...flags] = String(scripts[name])
      .split(' ')
      .slice(0, -1)
      .filter((flag) => flag !== '--watch')
    const { NODE_COMPILE_CACHE: _, ...env } = process.env
    const print = ['--print', 'process.getBuiltinModule("node:module").getCompileCacheDir()']
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, ...print], { env })
    expect(stdout).toMatch(/\/node_modules\/\.cache\/node\//)
  },
)
