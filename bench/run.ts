import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chart } from './src/chart.ts'
import { allContenders } from './src/contenders.ts'
import { LOAD_CORE } from './src/cores.ts'
import { machine } from './src/machine.ts'
import { readOptions } from './src/options.ts'
import { panels } from './src/panels.ts'
import { report } from './src/report.ts'
import { requireMachine } from './src/require-machine.ts'
import { run } from './src/run-command.ts'
import { runScenarios } from './src/run-scenarios.ts'
import { scratchDirectory } from './src/scratch-directory.ts'
import { startUpstream } from './src/upstream/start-upstream.ts'

// Measures what a request costs the gateway and other servers that do the same job. README.md describes the method.

const options = readOptions(process.argv.slice(2))
await requireMachine()
await run({ command: 'taskset', args: ['-acp', LOAD_CORE, String(process.pid)], cores: LOAD_CORE })

const directory = scratchDirectory()
const { contenders, missing } = await allContenders(directory)
await using upstream = await startUpstream(directory)
const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}
const results = await runScenarios({ options, upstream, directory, contenders, say })

const date = new Date().toISOString().slice(0, 10)
const isWhole = !options.quick && options.only.length === 0 && options.scenarios.length === 0
const name = isWhole ? date : `${date}-partial`
const folder = fileURLToPath(new URL('results', import.meta.url))
mkdirSync(folder, { recursive: true })
const page = report(results, {
  date,
  machine: machine(),
  upstream: upstream.name,
  options,
  chart: `${name}.svg`,
  missing,
})
writeFileSync(`${folder}/${name}.md`, page)
writeFileSync(
  `${folder}/${name}.svg`,
  chart(
    'Processor time per request',
    `as a multiple of bare Node's (dashed) · ${date} · ${machine()}`,
    panels(results.steady),
  ),
)
say(`\n${page}\nWritten to bench/results/${name}.md and .svg`)
