import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { Resource } from './resource-faults.ts'

export interface Kustomization {
  /** `kustomization.yaml` itself. */
  readonly raw: Resource
  /** The files beside it. */
  readonly files: readonly string[]
  /** The resources of those of its `resources` that are files. */
  readonly resources: readonly Resource[]
  /** Names and values of its one configuration map. */
  readonly settings: Readonly<Record<string, string>>
}

export function loadKustomization(folder: string): Kustomization {
  const [raw] = readYaml(join(folder, 'kustomization.yaml'))
  const names: readonly string[] = raw.resources
  const literals: readonly string[] = raw.configMapGenerator[0].literals
  return {
    raw,
    files: readdirSync(folder).filter((name) => name !== 'kustomization.yaml'),
    resources: names.filter(isFile).flatMap((name) => readYaml(join(folder, name))),
    settings: Object.fromEntries(literals.map((literal) => literal.split('=', 2) as [string, string])),
  }
}

export const isFile = (resource: string): boolean => resource.endsWith('.yaml')

function readYaml(file: string): Resource[] {
  return parseAllDocuments(readFileSync(file, 'utf8'), { strict: true }).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors.join('\n')}`)
    return document.toJS()
  })
}

/** @throws unless there is exactly one of the kind */
export function resourceOf({ resources }: Kustomization, kind: string): Resource {
  const found = resources.filter((resource) => resource.kind === kind)
  if (found.length !== 1) throw new Error(`${found.length} of ${kind}`)
  return found[0]
}
