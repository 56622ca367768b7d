import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { run } from './run-command.ts'

const CACHE = fileURLToPath(new URL('../dist/glibc', import.meta.url))
const LIBRARIES = `${CACHE}/root/usr/lib/x86_64-linux-gnu`
const LOADER = `${LIBRARIES}/ld-linux-x86-64.so.2`

const SOURCE = `Types: deb
URIs: http://deb.debian.org/debian
Suites: trixie
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`

/**
 * The command that starts a program which needs a newer C library than this machine's: the loader of Debian 13, unpacked next
 * to the built contenders and installed nowhere. `undefined` where it cannot be downloaded.
 */
export async function newerLoader(): Promise<readonly string[] | undefined> {
  if (!existsSync(LOADER)) await unpack().catch(() => undefined)
  return existsSync(LOADER) ? [LOADER, '--library-path', LIBRARIES] : undefined
}

async function unpack(): Promise<void> {
  for (const folder of ['etc', 'lists/partial', 'archives/partial', 'debs', 'root']) {
    mkdirSync(`${CACHE}/${folder}`, { recursive: true })
  }
  writeFileSync(`${CACHE}/etc/trixie.sources`, SOURCE)
  // Its own lists and cache: the machine's packages stay as they are.
  const apart = [
    'Dir::Etc::sourcelist=/dev/null',
    `Dir::Etc::sourceparts=${CACHE}/etc`,
    `Dir::State::lists=${CACHE}/lists`,
    `Dir::Cache=${CACHE}`,
  ].flatMap((option) => ['-o', option])
  const apt = (...args: string[]): Promise<string> =>
    shell(`${CACHE}/debs`, 'apt-get', '-qq', ...apart, ...args)
  await apt('update')
  await apt('download', 'libc6', 'libgcc-s1')
  for (const deb of readdirSync(`${CACHE}/debs`)) {
    await shell(CACHE, 'dpkg-deb', '-x', `debs/${deb}`, 'root')
  }
}

const shell = (cwd: string, command: string, ...args: string[]): Promise<string> =>
  run({ command: 'env', args: ['-C', cwd, command, ...args], cores: '0-1023' })
