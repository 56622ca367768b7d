import { existsSync } from 'node:fs'
import { run } from './run-command.ts'

/** Installs a Debian package unless its program is there; answers whether the program is there in the end. */
export async function installed(program: string, packageName: string): Promise<boolean> {
  if (existsSync(program)) return true
  const apt = (...args: string[]): Promise<string> =>
    run({
      command: 'apt-get',
      args: ['-qq', ...args],
      cores: '0-1023',
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
  try {
    await apt('update')
    await apt('install', '-y', '--no-install-recommends', packageName)
  } catch {
    return false
  }
  return existsSync(program)
}
