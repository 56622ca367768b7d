import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, unknown>>
}

interface Job {
  readonly needs?: string
  readonly uses?: string
  readonly env?: Readonly<Record<string, string>>
  readonly steps?: readonly Step[]
  readonly permissions?: Readonly<Record<string, string>>
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const textOf = (name: string): string => readFileSync(`.github/workflows/${name}`, 'utf8')
const ci: Workflow = parse(textOf('ci.yml'))
const release: Workflow = parse(textOf('release.yml'))
const steps = release.jobs['image']?.steps ?? []
const stepWith = (part: string): Step | undefined =>
  steps.find(({ run = '', uses = '' }) => run.includes(part) || uses.includes(part))

test('each change runs what has to hold', () => {
  expect(Object.keys(ci.on)).toEqual(expect.arrayContaining(['push', 'pull_request']))
  expect(ci.jobs['check']?.steps?.map(({ run }) => run)).toContain('.ci/run')
})

test('workflows may only read, but for the job that releases', () => {
  for (const { permissions } of [ci, release]) expect(permissions).toEqual({ contents: 'read' })
  const jobs = [...Object.entries(ci.jobs), ...Object.entries(release.jobs)]
  expect(jobs.filter(([, { permissions }]) => permissions !== undefined).map(([name]) => name)).toEqual([
    'image',
  ])
})

test('no workflow and no file of the image names a digest: it is looked up', () => {
  const texts = [...readdirSync('.github/workflows').map(textOf), readFileSync('Dockerfile', 'utf8')]
  for (const text of texts) expect(text).not.toMatch(/sha256:[0-9a-f]{64}/)
})

describe('a release', () => {
  test('is of a version, and of what has passed', () => {
    expect(release.on['push']).toEqual({ tags: ['v*'] })
    expect(release.jobs['image']?.needs).toBe('check')
    expect(release.jobs['check']?.uses).toBe('./.github/workflows/ci.yml')
    expect(ci.on).toHaveProperty('workflow_call')
    expect(stepWith('npm pkg get version')).toBeDefined()
  })

  test('builds on the base image of the Dockerfile, by the digest that was looked up and is recorded', () => {
    const [, base] = /^ARG NODE_IMAGE=(.*)$/m.exec(readFileSync('Dockerfile', 'utf8')) ?? []
    expect(release.jobs['image']?.env?.['BASE_IMAGE']).toBe(base)
    const resolve = stepWith('imagetools inspect')
    expect(resolve?.id).toBe('base')
    expect(resolve?.run).toContain('tee base-image.txt')
    const build = stepWith('docker buildx build')
    expect(build?.env?.['NODE_IMAGE']).toContain(' steps.base.outputs.image ')
    expect(build?.run).toContain('--build-arg "NODE_IMAGE=$NODE_IMAGE"')
    expect(build?.run).toContain('--provenance mode=max')
  })

  test('has an SBOM and a provenance, signed for the digest of the image', () => {
    expect(stepWith('npm sbom')?.run).toMatch(/npm sbom --sbom-format cyclonedx .*> sbom\.cdx\.json/)
    for (const action of ['actions/attest-build-provenance@', 'actions/attest-sbom@']) {
      expect(stepWith(action)?.with).toMatchObject({
        'subject-digest': expect.stringContaining(' steps.build.outputs.digest '),
        'push-to-registry': true,
      })
    }
    expect(stepWith('actions/attest-sbom@')?.with).toMatchObject({ 'sbom-path': 'sbom.cdx.json' })
    expect(stepWith('gh release create')?.run).toContain('sbom.cdx.json base-image.txt')
  })
})
