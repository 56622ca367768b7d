import { z } from 'zod'
import { DEFAULT_DOCUMENT_LIMITS } from './server/documents/document-limits.ts'
import { DEFAULT_HTTP_LIMITS } from './server/http-server.ts'
import { DEFAULT_LIMITS } from './upstream/limits.ts'

const id = z
  .string()
  .regex(/^[0-9A-Za-z_-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens and underscores')

const webUrl = (example: string) =>
  z
    .url({ protocol: /^https?$/, error: `must be a URL such as ${example}` })
    .transform((text) => new URL(text))
    .refine((url) => url.username === '' && url.password === '', 'must not contain a user name or password')

const baseUrl = webUrl('https://apig.cn-north-4.myhuaweicloud.com').refine(
  (url) => url.search === '' && url.hash === '',
  'must not contain a query or fragment',
)

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)

const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true')

/** What goes into a header as it is. */
const secret = z.string().regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters without spaces')

/** Those of the OpenTelemetry specification that need nothing else. */
const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const

export type Sampler = (typeof SAMPLERS)[number]

/** Exact origins, separated by commas: no path, no wildcard, no `null`. */
const origins = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine(
    (all) => all.every(isOrigin),
    'must be origins such as https://console.example, separated by commas',
  )
  .transform((all): ReadonlySet<string> => new Set(all))

const isOrigin = (text: string): boolean =>
  /^https?:[^*]*$/.test(text) && URL.canParse(text) && new URL(text).origin === text

const SHORTEST_API_KEY = 16

const apiKeys = z
  .string()
  .transform((text) => text.split(',').map((pair) => pair.trim()))
  .refine(
    (pairs) => pairs.every((pair) => API_KEY.test(pair)),
    `must be name:key pairs with commas between, each key ${SHORTEST_API_KEY} characters or more`,
  )
  .transform((pairs) =>
    pairs.map((pair) => ({ name: pair.split(':', 1)[0] ?? '', key: pair.slice(pair.indexOf(':') + 1) })),
  )
  .refine(
    (keys) => new Set(keys.map(({ key }) => key)).size === keys.length,
    'must not give one key to two callers',
  )

const API_KEY = new RegExp(`^[A-Za-z0-9._-]{1,64}:[\\x21-\\x2b\\x2d-\\x7e]{${SHORTEST_API_KEY},512}$`)

/** Every setting of the gateway: its name, form and default, and what it means to whoever sets it. */
export const Settings = z.object({
  PORT: wholeNumber(0, 65_535)
    .default(4000)
    .describe('the port of `/graphql`, `/health` (alive) and `/ready` (takes requests)'),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('the address they listen on; the container image sets `0.0.0.0`'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('how much is logged: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`'),
  NODE_ENV: z.string().default('development').describe('`production` selects the hardened profile'),
  HW_REGION_NAME: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'must be a region such as cn-north-4')
    .optional()
    .describe('the region, e.g. `cn-north-4`; the three endpoints follow from it'),
  APIG_ENDPOINT: baseUrl
    .optional()
    .describe(
      'base URL of API Gateway; without one its operations answer `FAILED_PRECONDITION`. Default: from the region',
    ),
  ROMA_ENDPOINT: baseUrl.optional().describe('base URL of ROMA Connect, likewise'),
  IAM_ENDPOINT: baseUrl
    .optional()
    .describe('base URL of IAM, for `HW_USER_NAME` to log in. Default: from the region'),
  HW_PROJECT_ID: id.optional().describe('the project of requests that name none'),
  HW_ACCESS_KEY: secret
    .optional()
    .describe("access key of the gateway's own: signs the calls of callers who bring no token"),
  HW_SECRET_KEY: secret.optional().describe('its secret key'),
  HW_SECURITY_TOKEN: secret.optional().describe('its security token, if the key is a temporary one'),
  HW_USER_NAME: z
    .string()
    .optional()
    .describe("IAM user of the gateway's own, used where there is no access key: logs in for each project"),
  HW_USER_PASSWORD: z.string().optional().describe('its password'),
  HW_DOMAIN_NAME: z.string().optional().describe('its account'),
  CALLER_API_KEYS: apiKeys
    .optional()
    .describe(
      "callers that may use the gateway's own credentials, by the header `X-Api-Key`: `name:key,name:key`, keys of 16 characters or more",
    ),
  CALLER_JWKS_URL: webUrl('https://idp.example.com/jwks.json')
    .optional()
    .describe("where the public keys are that sign callers' web tokens (`Authorization: Bearer`)"),
  CALLER_JWT_ISSUER: z.string().optional().describe('the `iss` that those tokens must have'),
  CALLER_JWT_AUDIENCE: z.string().optional().describe('the `aud` that they must have'),
  ALLOW_ANY_CALLER: yesOrNo
    .default(false)
    .describe(
      '`true`: whoever reaches the gateway may use its own credentials. For private networks that check callers themselves',
    ),
  SANDBOX: yesOrNo
    .optional()
    .describe(
      '`true`: the embedded simulator stands in for the cloud. Needed for that with `NODE_ENV=production`; elsewhere it follows from there being no endpoint',
    ),
  VALIDATION: z
    .enum(['documented', 'types'])
    .default('documented')
    .describe(
      '`types`: leave documented lengths, ranges and forms of values to the cloud, which is laxer than its pages',
    ),
  PROJECT_VPC_OPERATOR_NUM_LIMIT: wholeNumber(1, 500)
    .default(10)
    .describe(
      'instances per batch call to the cloud (one mutation takes up to 500, in several calls); the vendor raises it per customer',
    ),
  TRUSTED_DOCUMENTS: z
    .string()
    .optional()
    .describe(
      'file of the documents that frontends were built with, a JSON object by id: [trusted documents](docs/trusted-documents.md)',
    ),
  TRUSTED_DOCUMENTS_ONLY: z
    .enum(['true', 'false'])
    .optional()
    .describe(
      'with a manifest: whether no other documents are executed; unless set, in production they are not',
    ),
  DEADLINE_MS: wholeNumber(100, 600_000)
    .default(DEFAULT_LIMITS.deadlineMs)
    .describe('milliseconds for a whole operation, all its REST calls and their answers included'),
  CONNECT_TIMEOUT_MS: wholeNumber(10, 60_000)
    .default(DEFAULT_LIMITS.connectMs)
    .describe("milliseconds for a REST call's connection"),
  HEADERS_TIMEOUT_MS: wholeNumber(10, 600_000)
    .default(DEFAULT_LIMITS.headersMs)
    .describe("milliseconds for its answer's headers"),
  BODY_TIMEOUT_MS: wholeNumber(10, 600_000)
    .default(DEFAULT_LIMITS.bodyMs)
    .describe("milliseconds for its answer's body"),
  SETTLING_MS: wholeNumber(0, 600_000)
    .default(DEFAULT_LIMITS.settlingMs)
    .describe(
      'milliseconds over which a write is looked for, up to five times, after an answer that does not say what happened: the cloud can show a write, or apply it, later',
    ),
  MAX_IN_FLIGHT: wholeNumber(1, 10_000)
    .default(DEFAULT_LIMITS.inFlight)
    .describe('REST calls under way per service'),
  MAX_IN_FLIGHT_PER_CALLER: wholeNumber(1, 10_000)
    .default(DEFAULT_LIMITS.inFlightPerCaller)
    .describe('and of them for one caller'),
  MAX_QUEUE: wholeNumber(0, 100_000)
    .default(DEFAULT_LIMITS.queue)
    .describe('REST calls per service that wait for a place, a second at most; more are `OVERLOADED`'),
  MAX_QUEUE_PER_CALLER: wholeNumber(0, 100_000)
    .default(DEFAULT_LIMITS.queuePerCaller)
    .describe(
      'and of them for one caller. Callers whose tokens the cloud has not accepted yet count as one caller together, in flight too',
    ),
  LOGIN_PAUSE_MS: wholeNumber(60_000, 86_400_000)
    .default(DEFAULT_LIMITS.loginPauseMs)
    .describe(
      'milliseconds for which a process whose login was refused does not send the password of `HW_USER_NAME` again: no shorter than the time in which IAM counts wrong passwords, an hour at most. So N replicas send N wrong passwords in that time, and N has to stay below those that lock the user (5): [deployment](docs/deployment.md#replicas-that-log-in)',
    ),
  INTROSPECTION: yesOrNo
    .optional()
    .describe('whether `__schema` and `__type` are answered; unless set, only outside production'),
  CORS_ORIGINS: origins
    .optional()
    .describe(
      'origins whose pages may call from a browser, with commas between; no others may, in any profile',
    ),
  MAX_BODY_BYTES: wholeNumber(1_024, 100_000_000).default(262_144).describe("bytes of a request's body"),
  MAX_TOKENS: wholeNumber(1, 1_000_000)
    .default(DEFAULT_DOCUMENT_LIMITS.tokens)
    .describe('tokens of a document'),
  MAX_DEPTH: wholeNumber(1, 100)
    .default(DEFAULT_DOCUMENT_LIMITS.depth)
    .describe('how deep its selections may be nested, fragments put in'),
  MAX_ALIASES: wholeNumber(0, 100_000)
    .default(DEFAULT_DOCUMENT_LIMITS.aliases)
    .describe('aliases in an operation, those of `__typename` too'),
  MAX_DIRECTIVES: wholeNumber(0, 100_000)
    .default(DEFAULT_DOCUMENT_LIMITS.directives)
    .describe('directives in it'),
  MAX_ROOT_FIELDS: wholeNumber(1, 100_000)
    .default(DEFAULT_DOCUMENT_LIMITS.rootFields)
    .describe('root fields of a query; a mutation has one'),
  CLIENT_HEADERS_TIMEOUT_MS: wholeNumber(10, 600_000)
    .default(DEFAULT_HTTP_LIMITS.headersMs)
    .describe("milliseconds for a request's headers to come"),
  CLIENT_REQUEST_TIMEOUT_MS: wholeNumber(10, 600_000)
    .default(DEFAULT_HTTP_LIMITS.requestMs)
    .describe('and for all of it'),
  CLIENT_KEEP_ALIVE_MS: wholeNumber(10, 600_000)
    .default(DEFAULT_HTTP_LIMITS.keepAliveMs)
    .describe(
      'milliseconds that a connection stays open between requests: longer than the load balancer in front keeps it',
    ),
  MAX_HEADER_BYTES: wholeNumber(1_024, 1_048_576)
    .default(DEFAULT_HTTP_LIMITS.headerBytes)
    .describe("bytes of a request's headers together"),
  MAX_CONNECTIONS: wholeNumber(1, 1_000_000)
    .default(DEFAULT_HTTP_LIMITS.connections)
    .describe('connections open at once'),
  PROBE_PORT: wholeNumber(0, 65_535)
    .optional()
    .describe(
      'a port of their own for `/health` and `/ready`, on `HOST`, which answers also while callers fill `PORT`; they are answered there too',
    ),
  METRICS_PORT: wholeNumber(0, 65_535)
    .optional()
    .describe('the port of `/metrics`, for Prometheus; without one nothing is counted'),
  METRICS_HOST: z.string().optional().describe('the address it listens on. Default: `HOST`'),
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl
    .optional()
    .describe(
      'base URL of an OpenTelemetry collector (OTLP over HTTP, JSON); without one nothing is traced. The exporter reads its other `OTEL_EXPORTER_OTLP_*` itself',
    ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: baseUrl.optional().describe('the whole URL for traces, instead'),
  OTEL_EXPORTER_OTLP_TIMEOUT: wholeNumber(1, 60_000)
    .default(3_000)
    .describe('milliseconds for handing traces over'),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).default('otlp').describe('`none`: no traces'),
  OTEL_SDK_DISABLED: z.string().optional().describe('`true`: no traces'),
  OTEL_TRACES_SAMPLER: z
    .enum(SAMPLERS)
    .default('parentbased_always_on')
    .describe(`which traces are recorded: ${SAMPLERS.map((name) => `\`${name}\``).join(', ')}`),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0(\.\d{1,9})?|1(\.0{1,9})?)$/, 'must be a share from 0 to 1')
    .transform(Number)
    .default(1)
    .describe('the share that a `traceidratio` records'),
})

export type Settings = z.infer<typeof Settings>
