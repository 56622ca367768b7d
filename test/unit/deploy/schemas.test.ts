import { describe, expect, test } from 'vitest'
import { isFile, loadKustomization, resourceOf } from './kustomization.ts'
import { resourceFaults } from './resource-faults.ts'

const base = loadKustomization('deploy/kubernetes/base')
const example = loadKustomization('deploy/kubernetes/overlays/example')

/** What Kustomize reads of these files; it refuses everything else itself. */
const KUSTOMIZATION_FIELDS = [
  'apiVersion',
  'kind',
  'namespace',
  'resources',
  'images',
  'configMapGenerator',
  'patches',
]

describe('the files', () => {
  test('of the base are all listed, and nothing else lies there', () => {
    expect(base.raw.resources.toSorted()).toEqual(base.files.toSorted())
  })

  test('of the example are all listed, with the base', () => {
    expect(example.raw.resources.filter(isFile).toSorted()).toEqual(example.files.toSorted())
    expect(example.raw.resources).toContain('../../base')
  })

  test.each([
    ['base', base],
    ['example', example],
  ])('%s: kustomization.yaml has fields that Kustomize knows', (_name, { raw }) => {
    expect(raw).toMatchObject({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' })
    expect(Object.keys(raw).filter((field) => !KUSTOMIZATION_FIELDS.includes(field))).toEqual([])
  })
})

describe('by the schemas of Kubernetes and of the Prometheus operator', () => {
  const resources = [...base.resources, ...example.resources]

  test.each(resources.map((resource) => [resource.kind, resource]))('%s is right', (_kind, resource) => {
    expect(resourceFaults(resource)).toEqual([])
  })

  test.each<[kind: string, path: string, wrong: unknown, fault: RegExp]>([
    ['Deployment', 'spec.template.spec.containers.0.livenesProbe', {}, /unknown field: .*livenesProbe$/],
    [
      'Deployment',
      'spec.template.spec.containers.0.securityContext.readonlyRootFilesystem',
      true,
      /unknown field/,
    ],
    ['Deployment', 'spec.template.spec.containers.0.readinessProbe.httpGet.url', '/', /unknown field/],
    ['Deployment', 'spec.template.spec.terminationGracePeriod', 40, /unknown field/],
    ['Deployment', 'spec.template.spec.terminationGracePeriodSeconds', '40s', /must be integer/],
    ['Deployment', 'spec.selector', undefined, /must have required property selector/],
    ['Deployment', 'metadata.labels.number', 1, /must be string/],
    ['Service', 'spec.ports.0.targetport', 'http', /unknown field/],
    ['HorizontalPodAutoscaler', 'spec.minReplica', 2, /unknown field/],
    ['PodDisruptionBudget', 'spec.maxUnavailble', 1, /unknown field/],
    ['NetworkPolicy', 'spec.egres', [], /unknown field/],
    ['NetworkPolicy', 'spec.ingress.0.from.0.namespaceselector', {}, /unknown field/],
    ['ServiceAccount', 'automountServiceAccountTokens', false, /unknown field/],
    ['ServiceMonitor', 'spec.endpoints.0.ports', 'metrics', /unknown field/],
    ['Service', 'kind', 'Servize', /^unknown: v1 Servize$/],
    ['Service', 'apiVersion', 'v2', /^unknown: v2 Service$/],
  ])('a mistake is seen: %s %s', (kind, path, wrong, fault) => {
    const resource = structuredClone(resourceOf(base, kind))
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    keys.reduce((within, key) => within[key], resource)[last] = wrong
    const faults = resourceFaults(resource)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(fault)
  })
})
