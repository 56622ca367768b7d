import { readFileSync } from 'node:fs'

export interface Instruction {
  readonly name: string
  /** As written, its lines joined. */
  readonly text: string
}

export interface Stage {
  readonly image: string
  /** What `COPY --from` calls it. */
  readonly name: string | undefined
  readonly instructions: readonly Instruction[]
}

/** The stages of the project's Dockerfile, in order. */
export function dockerfileStages(): readonly Stage[] {
  const lines = readFileSync('Dockerfile', 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const stages: { image: string; name: string | undefined; instructions: Instruction[] }[] = []
  for (const line of lines) {
    const [, name = '', text = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? []
    if (name === 'FROM') {
      const [image = '', , stage] = text.split(/\s+/)
      stages.push({ image, name: stage, instructions: [] })
    } else stages.at(-1)?.instructions.push({ name, text })
  }
  return stages
}

/** The last instruction of the name: the one that counts. */
export const lastOf = ({ instructions }: Stage, name: string): string | undefined =>
  instructions.findLast((instruction) => instruction.name === name)?.text

/** What `COPY` copies: from another stage, or from the folder that the image is built from. */
export function copyOf({ text }: Instruction) {
  const words = text.split(/\s+/)
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length)
  const paths = words.filter((word) => !word.startsWith('--'))
  return { from, sources: paths.slice(0, -1), destination: paths.at(-1) ?? '' }
}

export const environmentOf = ({ instructions }: Stage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    instructions
      .filter(({ name }) => name === 'ENV')
      .flatMap(({ text }) => text.split(/\s+/))
      .map((pair) => pair.split('=', 2) as [string, string]),
  )

/** The command of `CMD ["…"]` or `HEALTHCHECK … CMD ["…"]`. */
export function commandOf(text: string | undefined): readonly string[] {
  const [list] = /\[.*\]$/.exec(text ?? '') ?? []
  if (list === undefined) throw new Error(`no command as a list: ${text}`)
  return JSON.parse(list)
}
