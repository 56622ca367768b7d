import { Settings } from '../src/config/settings.ts'
import { table, writePart } from './generated-part.ts'

// Writes the tables of settings into docs/settings.md, or with --check fails where they are not what the code says.

/** The headings, each by the first setting below it. */
const HEADINGS = {
  PORT: 'Process',
  HW_REGION_NAME: 'Cloud',
  HW_ACCESS_KEY: 'Gateway credentials',
  CALLER_API_KEYS: 'Callers and sandbox mode',
  VALIDATION: 'Rules, batches, trusted documents',
  DEADLINE_MS: 'Timeouts towards the cloud',
  MAX_IN_FLIGHT: 'Limits towards the cloud',
  INTROSPECTION: 'Schema and CORS',
  MAX_BODY_BYTES: 'Limits of an operation',
  CLIENT_HEADERS_TIMEOUT_MS: 'Limits of client connections',
  PROBE_PORT: 'Probes and metrics',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'Traces',
} as const satisfies { readonly [Name in keyof Settings]?: string }

const HEAD = ['name', 'default', 'meaning']

const sections: { readonly heading: string; readonly rows: string[][] }[] = []
for (const [name, form] of Object.entries(Settings.shape)) {
  const heading = Object.entries(HEADINGS).find(([first]) => first === name)?.[1]
  if (heading !== undefined) sections.push({ heading, rows: [] })
  const given = form.safeParse(undefined)
  const initial = given.success && given.data !== undefined ? `\`${given.data}\`` : '–'
  const section = sections.at(-1)
  if (section === undefined) throw new Error(`${name} is before the first heading`)
  section.rows.push([`\`${name}\``, initial, form.description ?? ''])
}

const text = sections.map(({ heading, rows }) => `## ${heading}\n\n${table(HEAD, rows)}`).join('\n')
await writePart('docs/settings.md', 'settings', text)
