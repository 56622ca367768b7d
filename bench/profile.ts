import { LOAD_CORE } from './src/cores.ts'
import { readOptions } from './src/options.ts'
import { type LoadProfile, profileLoad } from './src/profile-load.ts'
import { requireMachine } from './src/require-machine.ts'
import { run } from './src/run-command.ts'
import { scratchDirectory } from './src/scratch-directory.ts'
import { table } from './src/table.ts'
import { startUpstream } from './src/upstream/start-upstream.ts'
import { CREATING, SHOWING } from './src/workloads.ts'

// Tells where the gateway's processor time goes, by owner and by function. README.md tells more.

const GREATEST = 30

const options = readOptions(process.argv.slice(2))
await requireMachine()
await run({ command: 'taskset', args: ['-acp', LOAD_CORE, String(process.pid)], cores: LOAD_CORE })

const directory = scratchDirectory()
await using upstream = await startUpstream(directory)
const mutation = await profileLoad(CREATING, options, upstream, directory)
const query = await profileLoad(SHOWING, options, upstream, directory)
process.stdout.write(
  `${[
    'Self time, µs per request (the profiler’s own cost is in it)',
    tableOf('whose', mutation, query, ({ byOwner }) => byOwner),
    tableOf('function', mutation, query, ({ byFunction }) => byFunction, GREATEST),
  ].join('\n\n')}\n`,
)

function tableOf(
  what: string,
  mutation: LoadProfile,
  query: LoadProfile,
  of: (profile: LoadProfile) => ReadonlyMap<string, number>,
  most = Number.POSITIVE_INFINITY,
): string {
  const sum = (name: string): number => (of(mutation).get(name) ?? 0) + (of(query).get(name) ?? 0)
  const names = [...new Set([...of(mutation).keys(), ...of(query).keys()])]
    .toSorted((a, b) => sum(b) - sum(a))
    .slice(0, most)
  const cell = (profile: LoadProfile, name: string): string => (of(profile).get(name) ?? 0).toFixed(1)
  return table(
    [what, 'mutation', 'query'],
    [
      ...names.map((name) => [name, cell(mutation, name), cell(query, name)]),
      ...(most === Number.POSITIVE_INFINITY
        ? [['all', mutation.cpuUs.toFixed(1), query.cpuUs.toFixed(1)]]
        : []),
    ],
  )
}
