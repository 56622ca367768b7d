import { readFileSync } from 'node:fs'

/*
 * Imports nothing of the gateway before it has checked the version of Node: an older Node fails while it loads a package, with
 * a message that names neither the cause nor the remedy.
 */

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const [needed = ''] = /[\d.]+/.exec(engines.node) ?? []

if (isOlder(process.versions.node, needed)) {
  process.stderr.write(`The gateway needs Node.js ${needed} or later; this is ${process.version}.\n`)
  process.exitCode = 1
} else {
  await import('./run-gateway.ts')
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [leastMajor = 0, leastMinor = 0] = than.split('.').map(Number)
  return major < leastMajor || (major === leastMajor && minor < leastMinor)
}
