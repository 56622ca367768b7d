import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DEFAULT_LIMITS } from '../../../src/upstream/client/limits.ts'
import { dockerfileStages, environmentOf, lastOf } from '../../support/dockerfile.ts'
import { loadKustomization, resourceOf } from './kustomization.ts'
import type { Resource } from './resource-faults.ts'

const base = loadKustomization('deploy/kubernetes/base')
const example = loadKustomization('deploy/kubernetes/overlays/example')
const image = dockerfileStages().at(-1)!

const one = (kind: string): Resource => resourceOf(base, kind)
const deployment = one('Deployment')
const pod = deployment.spec.template.spec
const [container] = pod.containers
const labels = deployment.spec.template.metadata.labels
const portNames: readonly string[] = container.ports.map(({ name }: Resource) => name)

/** Every setting that has a row in docs/settings.md. */
const SETTINGS = new Set(
  readFileSync('docs/settings.md', 'utf8')
    .matchAll(/^\| `([A-Z][A-Z_]+)` \|/gm)
    .map(([, name]) => name),
)

describe('what belongs together', () => {
  test('every selector finds the pods', () => {
    const selectors = [
      deployment.spec.selector.matchLabels,
      one('Service').spec.selector,
      one('PodDisruptionBudget').spec.selector.matchLabels,
      one('NetworkPolicy').spec.podSelector.matchLabels,
      ...pod.topologySpreadConstraints.map(({ labelSelector }: Resource) => labelSelector.matchLabels),
    ]
    for (const selector of selectors) {
      expect(Object.keys(selector)).not.toEqual([])
      expect(labels).toMatchObject(selector)
    }
    expect(one('Service').metadata.labels).toMatchObject(one('ServiceMonitor').spec.selector.matchLabels)
  })

  test('the autoscaler scales the deployment, whose requests it measures by, and which does not say how many', () => {
    const { apiVersion, kind, metadata, spec } = deployment
    expect(one('HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({
      apiVersion,
      kind,
      name: metadata.name,
    })
    expect(container.resources.requests.cpu).toBeDefined()
    expect(spec.replicas).toBeUndefined()
  })

  test('replicas never share a node or a zone while another one has fewer', () => {
    const constraints: readonly Resource[] = pod.topologySpreadConstraints
    expect(constraints.map(({ topologyKey }) => topologyKey)).toEqual([
      'topology.kubernetes.io/zone',
      'kubernetes.io/hostname',
    ])
    for (const constraint of constraints) {
      expect(constraint).toMatchObject({
        maxSkew: 1,
        whenUnsatisfiable: 'DoNotSchedule',
        nodeTaintsPolicy: 'Honor',
        matchLabelKeys: ['pod-template-hash'],
      })
    }
  })

  test('a disruption, and an update, leave pods that serve', () => {
    const { minReplicas } = one('HorizontalPodAutoscaler').spec
    expect(minReplicas).toBeGreaterThan(one('PodDisruptionBudget').spec.maxUnavailable)
    expect(deployment.spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    })
  })

  test('ports have the same names everywhere', () => {
    expect(container.ports).toEqual([
      { name: 'http', containerPort: 4000 },
      { name: 'probes', containerPort: 4001 },
      { name: 'metrics', containerPort: 9464 },
    ])
    const servicePorts = one('Service').spec.ports
    expect(servicePorts.map(({ name, targetPort }: Resource) => [name, targetPort])).toEqual([
      ['http', 'http'],
      ['metrics', 'metrics'],
    ])
    for (const { port } of one('ServiceMonitor').spec.endpoints) {
      expect(servicePorts.map(({ name }: Resource) => name)).toContain(port)
    }
    for (const { ports } of one('NetworkPolicy').spec.ingress) {
      for (const { port } of ports) expect(portNames).toContain(port)
    }
    for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
      expect(probe.httpGet.port).toBe('probes')
    }
  })

  test('replicas that log in with a wrong password do not lock the user, an update included', () => {
    const { maxReplicas } = one('HorizontalPodAutoscaler').spec
    const { maxSurge, maxUnavailable } = deployment.spec.strategy.rollingUpdate
    // Each process sends it once within the longest time in which IAM counts, and the fifth locks.
    expect(DEFAULT_LIMITS.loginPauseMs).toBe(60 * 60_000)
    expect(maxUnavailable).toBe(0)
    expect(maxReplicas + maxSurge).toBeLessThan(5)
  })

  test('the process listens where the ports say', () => {
    const environment = { ...environmentOf(image), ...base.settings }
    expect(container.ports.map(({ containerPort }: Resource) => String(containerPort))).toEqual([
      environment['PORT'],
      environment['PROBE_PORT'],
      environment['METRICS_PORT'],
    ])
    expect([environment['HOST'], environment['METRICS_HOST']]).toEqual(['0.0.0.0', '0.0.0.0'])
  })

  test('the pods use the account and the configuration that are made', () => {
    expect(pod.serviceAccountName).toBe(one('ServiceAccount').metadata.name)
    const [{ name }] = base.raw.configMapGenerator
    expect(container.envFrom[0]).toEqual({ configMapRef: { name } })
    expect(container.env[0].valueFrom.configMapKeyRef.name).toBe(name)
  })

  test('probes ask what the gateway answers', () => {
    expect(container.startupProbe.httpGet.path).toBe('/health')
    expect(container.livenessProbe.httpGet.path).toBe('/health')
    expect(container.readinessProbe.httpGet.path).toBe('/ready')
  })
})

describe('settings', () => {
  test('are all known to the gateway', () => {
    expect(SETTINGS).toContain('HW_REGION_NAME')
    const given = [
      ...Object.keys(base.settings),
      ...Object.keys(example.settings),
      ...container.env.map(({ name }: Resource) => name),
    ]
    expect(given.filter((name) => !SETTINGS.has(name))).toEqual([])
  })

  test('a region is needed, or the gateway would not start', () => {
    expect(container.env).toEqual([
      {
        name: 'HW_REGION_NAME',
        valueFrom: { configMapKeyRef: { name: 'vpc-channel-gateway', key: 'HW_REGION_NAME' } },
      },
    ])
    expect(Object.keys(base.settings)).not.toContain('HW_REGION_NAME')
    expect(Object.keys(example.settings)).toContain('HW_REGION_NAME')
  })

  test('hold no secret: those are referred to', () => {
    const names = [...Object.keys(base.settings), ...Object.keys(example.settings)]
    expect(names.filter((name) => /KEY|SECRET|TOKEN|PASSWORD|USER/.test(name))).toEqual([])
    const kinds = [...base.resources, ...example.resources].map(({ kind }) => kind)
    expect(kinds).not.toContain('Secret')
    expect(Object.keys({ ...base.raw, ...example.raw })).not.toContain('secretGenerator')
    expect(container.envFrom[1]).toEqual({ secretRef: { name: 'vpc-channel-gateway', optional: true } })
  })

  test('variables of the cluster’s services do not mix with them', () => {
    expect(pod.enableServiceLinks).toBe(false)
  })
})

describe('security', () => {
  test('the pod has no rights but to run', () => {
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 10_001,
      runAsGroup: 10_001,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    expect(pod.automountServiceAccountToken).toBe(false)
    expect(one('ServiceAccount').automountServiceAccountToken).toBe(false)
    expect(pod.containers).toHaveLength(1)
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
  })

  test('the pod takes no more of its node than it says', () => {
    const { requests, limits } = container.resources
    for (const resources of [requests, limits]) {
      expect(Object.keys(resources).toSorted()).toEqual(['cpu', 'ephemeral-storage', 'memory'])
    }
  })

  test('the user is the image’s, and none of a node’s', () => {
    const { runAsUser, runAsGroup } = pod.securityContext
    expect(lastOf(image, 'USER')).toBe(`${runAsUser}:${runAsGroup}`)
    expect(Math.min(runAsUser, runAsGroup)).toBeGreaterThan(10_000)
  })

  test('nothing leaves the pod but for names and for HTTPS', () => {
    const { policyTypes, ingress, egress } = one('NetworkPolicy').spec
    expect(policyTypes).toEqual(['Ingress', 'Egress'])
    const out = egress.flatMap(({ ports }: Resource) => ports)
    expect(out).toEqual([
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
      { port: 443, protocol: 'TCP' },
    ])
    const metrics = ingress.filter(({ ports }: Resource) =>
      ports.some(({ port }: Resource) => port === 'metrics'),
    )
    expect(metrics).toEqual([
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
        ports: [{ port: 'metrics' }],
      },
    ])
  })
})

test('the pod is given longer to stop than the longest operation takes', () => {
  const lastWord = 1
  const needed =
    container.lifecycle.preStop.sleep.seconds + Number(base.settings['DEADLINE_MS']) / 1000 + lastWord
  expect(needed).toBe(31)
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(needed)
})

describe('the example', () => {
  test('makes the namespace that it is in, where only pods without rights may run', () => {
    const namespace = resourceOf(example, 'Namespace')
    expect(namespace.metadata.name).toBe(example.raw.namespace)
    expect(namespace.metadata.labels).toEqual({ 'pod-security.kubernetes.io/enforce': 'restricted' })
  })

  test('adds to the configuration of the base', () => {
    expect(example.raw.configMapGenerator).toMatchObject([
      { name: base.raw.configMapGenerator[0].name, behavior: 'merge' },
    ])
  })

  test('takes the base’s image from a registry, by a version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(container.image).toBe(`vpc-channel-gateway:${version}`)
    expect(container.imagePullPolicy).toBe('IfNotPresent')
    expect(example.raw.images).toEqual([
      {
        name: 'vpc-channel-gateway',
        newName: expect.stringMatching(/\/vpc-channel-gateway$/),
        newTag: version,
      },
    ])
  })

  test('its patch finds what it replaces: the secret, which is needed then', () => {
    const patches: readonly Resource[] = example.raw.patches
    expect(patches.map(({ target }) => target)).toEqual([
      { kind: 'Deployment', name: deployment.metadata.name },
    ])
    expect(patches.map(({ patch }) => patch)).toEqual([
      [
        '- op: replace',
        '  path: /spec/template/spec/containers/0/envFrom/1/secretRef',
        '  value:',
        '    name: vpc-channel-gateway-credentials',
      ].join('\n'),
    ])
    expect(container.envFrom[1].secretRef).toBeDefined()
  })

  test('its ingress leads to the service, and to GraphQL alone', () => {
    const ingress = resourceOf(example, 'Ingress')
    const paths = ingress.spec.rules.flatMap(({ http }: Resource) => http.paths)
    expect(paths).toEqual([
      {
        path: '/graphql',
        pathType: 'Exact',
        backend: { service: { name: one('Service').metadata.name, port: { name: 'http' } } },
      },
    ])
  })
})

test('the example ingress does not collect the events of a subscription', () => {
  expect(resourceOf(example, 'Ingress').metadata.annotations).toMatchObject({
    'nginx.ingress.kubernetes.io/proxy-buffering': 'off',
  })
})
