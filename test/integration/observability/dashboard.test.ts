import { readFileSync } from 'node:fs'
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { CREATE, UPSERT } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { type ScrapedSample, samplesOf } from '../../support/exposition.ts'
import { askedBy } from '../../support/promql.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'

const fileOf = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

interface Panel {
  readonly type: string
  readonly title: string
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[]
}

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly annotations: Readonly<Record<string, string>>
}

const dashboard: {
  readonly panels: readonly Panel[]
  readonly templating: { readonly list: readonly { readonly query: unknown }[] }
} = JSON.parse(fileOf('deploy/observability/grafana-dashboard.json'))
const alerts = parse(fileOf('deploy/observability/alerts.yaml'))
const rules: readonly Rule[] = alerts.spec.groups.flatMap((group: { rules: Rule[] }) => group.rules)

/** Every expression with the labels that its legend or its words name. */
const EXPRESSIONS: readonly (readonly [where: string, expression: string, words: string])[] = [
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr, legendFormat }) => [title, withoutVariables(expr), legendFormat] as const),
  ),
  ...rules.map(
    ({ alert, expr, annotations }) => [alert, expr, Object.values(annotations).join(' ')] as const,
  ),
]

function withoutVariables(expression: string): string {
  return expression.replaceAll('$__rate_interval', '5m').replaceAll('$job', '.+')
}

/** Labels that Prometheus adds to whatever it scrapes, and the metric that it makes of scraping. */
const OF_SCRAPES = ['job', 'instance']
const UP = { name: 'up', labels: {}, value: 1 }

let samples: readonly ScrapedSample[] = []

beforeAll(async () => {
  const item = { id: 'channel-1', name: 'vpc_demo', instance_id: 'instance-1', status: 9 }
  await using upstream = await startUpstream(({ method }) =>
    method === 'POST' ? { status: 201, body: item } : { body: { ...item, project_vpc_channels: [item] } },
  )
  await using gateway = await startGateway({
    upstream: upstream.url,
    metrics: true,
    gatewayCredentials: {
      kind: 'USER',
      user: { name: 'user', password: 'password', domainName: 'domain' },
      endpoint: new URL(upstream.url),
    },
  })
  await gateway.send(CREATE, { input: leastInput('APIG') })
  await gateway.send(UPSERT, { input: leastInput('ROMA_CONNECT') })
  await gateway.send('query Show { vpcChannel(instanceId: "i", id: "c") { name } }')
  samples = [...samplesOf(await gateway.scrape()), UP]
})

const labelsOf = (metric: string): Set<string> =>
  new Set(samples.filter(({ name }) => name === metric).flatMap(({ labels }) => Object.keys(labels)))

describe.each(EXPRESSIONS)('%s: %s', (_where, expression, words) => {
  const { metrics, grouped } = askedBy(expression)

  test('asks for metrics that a running gateway has, by labels that they have', () => {
    expect(metrics).not.toEqual([])
    for (const { name, matchers } of metrics) {
      expect(samples.map((sample) => sample.name)).toContain(name)
      for (const { label, operator, value } of matchers) {
        if (OF_SCRAPES.includes(label)) continue
        expect([...labelsOf(name)], name).toContain(label)
        // One gateway is in one mode.
        if (operator !== '=' || label === 'outcome' || label === 'mode') continue
        expect(samples.filter((one) => one.name === name).map(({ labels }) => labels[label])).toContain(value)
      }
    }
  })

  test('groups by labels that they have, and speaks of no others', () => {
    const known = new Set([...metrics.flatMap(({ name }) => [...labelsOf(name)]), ...OF_SCRAPES])
    for (const label of grouped) expect([...known]).toContain(label)
    const named = [...words.matchAll(/\{\{\s*(?:\$labels\.)?([a-z_]+)\s*\}\}/g)].map(([, label]) => label)
    const left = grouped.length > 0 ? new Set(grouped) : known
    for (const label of named) expect([...left]).toContain(label)
  })
})

describe('the metrics of a gateway', () => {
  const own = () => [
    ...new Set(
      samples
        .map(({ name }) => name.replace(/_(bucket|sum|count)$/, ''))
        .filter((name) => name.startsWith('vpc_channel_gateway_')),
    ),
  ]

  test('are all on the dashboard or in an alert', () => {
    const used = EXPRESSIONS.map(([, expression]) => expression).join('\n')
    expect(own().filter((name) => !used.includes(name))).toEqual([])
    expect(own().length).toBeGreaterThan(9)
  })

  test('are all documented, with their labels, and no others are', () => {
    const rows = new Map(
      [
        ...fileOf('docs/observability.md').matchAll(/^\| `(vpc_channel_gateway_\w+)` \| \w+ \| (.*?) \|/gm),
      ].map(([, name = '', labels = '']) => [
        name,
        [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label),
      ]),
    )
    expect([...rows.keys()].sort()).toEqual(own().sort())
    for (const [name, labels] of rows) {
      const scraped = [...labelsOf(name), ...labelsOf(`${name}_count`)]
      expect(labels.toSorted(), name).toEqual(scraped.toSorted())
    }
  })
})

test('the alert rules are what the Prometheus Operator takes', () => {
  expect(() => new PrometheusRule(alerts).validate()).not.toThrow()
  expect(() => new PrometheusRule({ ...alerts, spec: { groups: [{ rules }] } } as never).validate()).toThrow()
  expect(rules.map(({ alert }) => alert)).toEqual([...new Set(rules.map(({ alert }) => alert))])
})

test('the dashboard finds its job among those that are scraped', () => {
  expect(JSON.stringify(dashboard.templating.list)).toContain(
    'label_values(vpc_channel_gateway_build_info, job)',
  )
})
