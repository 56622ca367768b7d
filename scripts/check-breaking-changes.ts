import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSchema, findBreakingChanges } from 'graphql'

// Fails where `schema/schema.graphql` breaks clients of its last committed version that differs, unless
// `schema/accepted-breaking-changes.txt` has the change as a line. Lines with # are comments.

const SCHEMA = 'schema/schema.graphql'
const ACCEPTED = 'schema/accepted-breaking-changes.txt'
const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Each change from one schema to the next that can break a client, in words, but for those that are accepted. */
export function unacceptedChanges(before: string, after: string, accepted: string): readonly string[] {
  const lines = new Set(accepted.split('\n').map((line) => line.trim()))
  return findBreakingChanges(buildSchema(before), buildSchema(after))
    .map(({ description }) => description)
    .filter((description) => !lines.has(description))
}

interface Version {
  readonly commit: string
  readonly sdl: string
}

function lastDifferentVersion(sdl: string): Version | undefined {
  for (const commit of git('log', '--format=%h', '--', SCHEMA).split('\n')) {
    if (commit === '') continue
    const committed = git('show', `${commit}:./${SCHEMA}`)
    if (committed !== '' && committed !== sdl) return { commit, sdl: committed }
  }
  return undefined
}

/** What git prints; nothing where there is no git, no repository or no such file. */
function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

function check(): void {
  const read = (path: string): string => readFileSync(`${ROOT}/${path}`, 'utf8')
  const now = read(SCHEMA)
  const before = lastDifferentVersion(now)
  if (before === undefined) {
    console.log(`${SCHEMA}: git has no other version to compare with`)
    return
  }
  const changes = unacceptedChanges(before.sdl, now, existsSync(`${ROOT}/${ACCEPTED}`) ? read(ACCEPTED) : '')
  for (const change of changes) console.error(change)
  if (changes.length > 0) {
    console.error(
      `\n${SCHEMA} breaks clients of its version in ${before.commit}. A change that is meant: add its line to ${ACCEPTED}.`,
    )
    process.exitCode = 1
  }
}

if (import.meta.main) check()
