import { execFile } from 'node:child_process'
import { cp, mkdir, stat, symlink } from 'node:fs/promises'
import { basename, delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { copyOf, dockerfileStages, type Stage } from './dockerfile.ts'

export interface BuiltImage {
  /** What the image's `/` would be. */
  readonly root: string
  readonly workdir: string
  readonly stage: Stage
  /** The machine's own variables, with Node of this process first in `PATH` as in the image, and the image's `ENV`. */
  readonly environment: NodeJS.ProcessEnv
}

/**
 * Does what the Dockerfile says, without an engine: every stage in an empty folder of its own, its `COPY` and `RUN` lines
 * word for word. It knows no more of the format than the Dockerfile uses, and says so where that is not enough.
 */
export async function buildImage(folder: string): Promise<BuiltImage> {
  const bin = join(folder, 'bin')
  await mkdir(bin, { recursive: true })
  await symlink(process.execPath, join(bin, 'node'))
  const machine = machineEnvironment(bin, join(folder, 'npm-cache'))
  const built: BuiltImage[] = []
  for (const [index, stage] of dockerfileStages().entries()) {
    built.push(await buildStage(stage, join(folder, `stage-${index}`), machine, built))
  }
  const last = built.at(-1)
  if (last === undefined) throw new Error('the Dockerfile has no stage')
  return last
}

async function buildStage(
  stage: Stage,
  root: string,
  machine: NodeJS.ProcessEnv,
  before: readonly BuiltImage[],
): Promise<BuiltImage> {
  let workdir = root
  const environment = { ...machine }
  for (const instruction of stage.instructions) {
    const { name, text } = instruction
    if (name === 'WORKDIR') {
      workdir = join(root, text)
      await mkdir(workdir, { recursive: true })
    } else if (name === 'ENV') {
      Object.assign(environment, Object.fromEntries(text.split(/\s+/).map((pair) => pair.split('=', 2))))
    } else if (name === 'COPY') {
      const { from, sources, destination } = copyOf(instruction)
      const origin = from === undefined ? resolve('.') : before.find((one) => one.stage.name === from)?.root
      if (origin === undefined) throw new Error(`no stage ${from}`)
      for (const source of sources)
        await copy(join(origin, source), resolve(workdir, destination), destination)
    } else if (name === 'RUN') {
      await promisify(execFile)('sh', ['-c', text], {
        cwd: workdir,
        env: environment,
        maxBuffer: 64 * 1024 * 1024,
      })
    } else if (!['USER', 'EXPOSE', 'HEALTHCHECK', 'CMD'].includes(name)) {
      throw new Error(`cannot do ${name}`)
    }
  }
  return { root, workdir, stage, environment }
}

/** A folder's content goes into the destination, a file goes below it where the destination ends with `/`. */
async function copy(source: string, target: string, destination: string): Promise<void> {
  const below = (await stat(source)).isFile() && destination.endsWith('/')
  await cp(source, below ? join(target, basename(source)) : target, { recursive: true })
}

const OF_THE_TEST_RUN =
  /^(npm_(package|lifecycle)_.*|npm_config_local_prefix|NODE_ENV|VITEST.*|TEST|INIT_CWD)$/

/** Nothing of the npm that runs the tests, nor of the project's own packages; the cache that npm may empty is ours. */
function machineEnvironment(bin: string, cache: string): NodeJS.ProcessEnv {
  const { PATH = '', ...others } = process.env
  const path = PATH.split(delimiter).filter((entry) => !entry.includes('node_modules'))
  return {
    ...Object.fromEntries(Object.entries(others).filter(([name]) => !OF_THE_TEST_RUN.test(name))),
    PATH: [bin, ...path].join(delimiter),
    npm_config_cache: cache,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  }
}
