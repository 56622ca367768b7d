import { z } from 'zod'
import { DEFAULT_DOCUMENT_LIMITS } from '../server/documents/document-limits.ts'
import { DEFAULT_HTTP_LIMITS } from '../server/http/limited-server.ts'
import { DEFAULT_LIMITS } from '../upstream/client/limits.ts'
import {
  apiKeys,
  baseUrl,
  hostNames,
  id,
  origins,
  proxyUrl,
  SAMPLERS,
  secret,
  webUrl,
  wholeNumber,
  yesOrNo,
} from './setting-formats.ts'

/** Every setting of the gateway: its name, format, default and meaning. `npm run settings` writes docs/settings.md from it. */
export const Settings = z.object({
  PORT: wholeNumber(0, 65_535)
    .default(4000)
    .describe(
      'port of `/graphql`, of `/health` (the process is alive) and of `/ready` (the process accepts requests)',
    ),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('address that `PORT` and `PROBE_PORT` listen on; the container image sets `0.0.0.0`'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('lowest level of a log line: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`'),
  NODE_ENV: z.string().default('development').describe('`production` selects the hardened profile'),
  HW_REGION_NAME: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'must be a region such as cn-north-4')
    .optional()
    .describe('region, for example `cn-north-4`; the gateway derives the three endpoints from it'),
  APIG_ENDPOINT: baseUrl
    .optional()
    .describe(
      'base URL of API Gateway (APIG); without one, APIG operations answer `FAILED_PRECONDITION`. Default: from the region',
    ),
  ROMA_ENDPOINT: baseUrl
    .optional()
    .describe(
      'base URL of ROMA Connect; without one, ROMA Connect operations answer `FAILED_PRECONDITION`. Default: from the region',
    ),
  IAM_ENDPOINT: baseUrl
    .optional()
    .describe('base URL of IAM, where the gateway logs in as `HW_USER_NAME`. Default: from the region'),
  HW_PROJECT_ID: id.optional().describe('project of requests that name no project'),
  HW_ACCESS_KEY: secret
    .optional()
    .describe('access key of the gateway: signs the REST calls of callers who send no `X-Auth-Token`'),
  HW_SECRET_KEY: secret.optional().describe('secret key that belongs to `HW_ACCESS_KEY`'),
  HW_SECURITY_TOKEN: secret
    .optional()
    .describe('security token that belongs to `HW_ACCESS_KEY`, if that is a temporary key'),
  HW_USER_NAME: z
    .string()
    .optional()
    .describe(
      'IAM user of the gateway, used where `HW_ACCESS_KEY` is not set: the gateway logs in for each project',
    ),
  HW_USER_PASSWORD: z.string().optional().describe('password of `HW_USER_NAME`'),
  HW_DOMAIN_NAME: z.string().optional().describe('account (IAM domain) of `HW_USER_NAME`'),
  CALLER_API_KEYS: apiKeys
    .optional()
    .describe(
      "API keys of callers that may use the gateway's credentials (header `X-Api-Key`): `name:key,name:key`, each key 16 characters or more",
    ),
  CALLER_JWKS_URL: webUrl('https://idp.example.com/jwks.json')
    .optional()
    .describe(
      "URL of the JSON Web Key Set with the public keys that verify callers' bearer tokens (`Authorization: Bearer`)",
    ),
  CALLER_JWT_ISSUER: z.string().optional().describe('required `iss` claim of bearer tokens'),
  CALLER_JWT_AUDIENCE: z.string().optional().describe('required `aud` claim of bearer tokens'),
  ALLOW_ANY_CALLER: yesOrNo
    .default(false)
    .describe(
      "`true`: every client that reaches the gateway may use the gateway's credentials. For private networks that check callers themselves",
    ),
  HTTPS_PROXY: proxyUrl
    .optional()
    .describe(
      'proxy of requests to `https:` URLs (the cloud, IAM, `CALLER_JWKS_URL`, the collector of traces), with its user name and password if it needs them: [networks](networks.md). Default: `HTTP_PROXY`',
    ),
  HTTP_PROXY: proxyUrl.optional().describe('proxy of requests to `http:` URLs'),
  NO_PROXY: z
    .string()
    .optional()
    .describe(
      'hosts, separated by commas, that the gateway calls without a proxy: `name`, `.suffix`, `host:port`, or `*` for all. The three names also work in lower case, which comes first',
    ),
  UPSTREAM_CERT_FILE: z
    .string()
    .optional()
    .describe(
      "file with the gateway's certificate (PEM), for endpoints that ask for one: [networks](networks.md#private-authorities-and-client-certificates)",
    ),
  UPSTREAM_KEY_FILE: z
    .string()
    .optional()
    .describe('file with the private key (PEM) that belongs to `UPSTREAM_CERT_FILE`'),
  UPSTREAM_KEY_PASSPHRASE: z.string().optional().describe('passphrase of `UPSTREAM_KEY_FILE`'),
  SANDBOX: yesOrNo
    .optional()
    .describe(
      '`true`: sandbox mode, the gateway starts the embedded simulator and calls it in place of the cloud. With `NODE_ENV=production` only this setting turns sandbox mode on; otherwise a missing endpoint does, too',
    ),
  ALLOWED_HOSTS: hostNames
    .optional()
    .describe(
      'with `ALLOW_ANY_CALLER=true` and in sandbox mode: host names, separated by commas, that the gateway accepts in the `Host` header. It always accepts IP addresses, `localhost` and `HOST`, and answers all others 421',
    ),
  VALIDATION: z
    .enum(['pages', 'documented', 'current', 'types'])
    .optional()
    .describe(
      "the edition of the vendor's rules that the gateway checks before a call ([rules](rules.md)). `pages`: the two pages of 2023, default in sandbox mode; `documented` is another word for it. `current`: what the vendor has published since, default with endpoints. `types`: it leaves lengths, ranges and formats to the cloud, which is laxer than its documentation",
    ),
  PROJECT_VPC_OPERATOR_NUM_LIMIT: wholeNumber(1, 500)
    .default(10)
    .describe(
      'instances per batch call to the cloud (one mutation accepts up to 500 and sends several calls); the vendor can raise this limit for a customer',
    ),
  TRUSTED_DOCUMENTS: z
    .string()
    .optional()
    .describe('manifest file of [trusted documents](trusted-documents.md): a JSON object of documents by id'),
  TRUSTED_DOCUMENTS_ONLY: z
    .enum(['true', 'false'])
    .optional()
    .describe(
      '`true`: the gateway executes only documents of the manifest. Default: `true` in production with a manifest, else `false`',
    ),
  DEADLINE_MS: wholeNumber(100, 600_000)
    .default(DEFAULT_LIMITS.deadlineMs)
    .describe('milliseconds for a whole operation with all its REST calls'),
  CONNECT_TIMEOUT_MS: wholeNumber(10, 60_000)
    .default(DEFAULT_LIMITS.connectMs)
    .describe('milliseconds to open the connection of a REST call'),
  HEADERS_TIMEOUT_MS: wholeNumber(10, 600_000)
    .default(DEFAULT_LIMITS.headersMs)
    .describe('milliseconds to receive the headers of a REST response'),
  BODY_TIMEOUT_MS: wholeNumber(10, 600_000)
    .default(DEFAULT_LIMITS.bodyMs)
    .describe('milliseconds to receive the body of a REST response'),
  SETTLING_MS: wholeNumber(0, 600_000)
    .default(DEFAULT_LIMITS.settlingMs)
    .describe(
      'milliseconds over which the gateway looks up a write, up to five times, after a response that does not say what happened: the cloud can show or apply a write late',
    ),
  MAX_IN_FLIGHT: wholeNumber(1, 10_000)
    .default(DEFAULT_LIMITS.inFlight)
    .describe('concurrent REST calls per service'),
  MAX_IN_FLIGHT_PER_CALLER: wholeNumber(1, 10_000)
    .default(DEFAULT_LIMITS.inFlightPerCaller)
    .describe('concurrent REST calls per service for one caller'),
  MAX_QUEUE: wholeNumber(0, 100_000)
    .default(DEFAULT_LIMITS.queue)
    .describe(
      'REST calls per service that wait, one second at most, for one of the `MAX_IN_FLIGHT`; further calls are `OVERLOADED`',
    ),
  MAX_QUEUE_PER_CALLER: wholeNumber(0, 100_000)
    .default(DEFAULT_LIMITS.queuePerCaller)
    .describe(
      'waiting REST calls per service for one caller. All callers whose tokens the cloud has not accepted yet share the limits of one caller',
    ),
  LOGIN_PAUSE_MS: wholeNumber(60_000, 86_400_000)
    .default(DEFAULT_LIMITS.loginPauseMs)
    .describe(
      'milliseconds that a process waits after a refused login before it sends the password of `HW_USER_NAME` again. Not shorter than the period in which IAM counts wrong passwords (one hour at most): N replicas send N wrong passwords in that period, and IAM locks the user after 5: [deployment](deployment.md#replicas-that-log-in)',
    ),
  MAX_UPSTREAM_HEADER_BYTES: wholeNumber(1_024, 1_048_576)
    .default(DEFAULT_LIMITS.maxHeaderBytes)
    .describe('bytes of the headers of a REST response; a login answers its token in a header'),
  MAX_UPSTREAM_BYTES: wholeNumber(65_536, 999_999_999)
    .optional()
    .describe(
      "bytes of all REST responses together while the gateway reads them; a further response waits. Default: a sixteenth of Node's heap limit",
    ),
  INTROSPECTION: yesOrNo
    .optional()
    .describe(
      '`true`: the gateway answers `__schema` and `__type`. Default: `false` in production, else `true`',
    ),
  FEDERATION_SDL: yesOrNo
    .default(true)
    .describe(
      '`true`: the gateway answers `_service { sdl }`. `false` is enough where composition reads the file `schema/subgraph.graphql`',
    ),
  CORS_ORIGINS: origins
    .optional()
    .describe(
      'origins, separated by commas, whose pages may call the gateway from a browser, with any request headers; pages of other origins may not, in any profile',
    ),
  MAX_BODY_BYTES: wholeNumber(1_024, 100_000_000).default(262_144).describe('bytes of a request body'),
  MAX_TOKENS: wholeNumber(1, 1_000_000)
    .default(DEFAULT_DOCUMENT_LIMITS.tokens)
    .describe('tokens of a document'),
  MAX_DEPTH: wholeNumber(1, 100)
    .default(DEFAULT_DOCUMENT_LIMITS.depth)
    .describe('nesting depth of the selections of an operation, fragments expanded'),
  MAX_ALIASES: wholeNumber(0, 100_000)
    .default(DEFAULT_DOCUMENT_LIMITS.aliases)
    .describe('aliases in an operation, aliases of `__typename` included'),
  MAX_DIRECTIVES: wholeNumber(0, 100_000)
    .default(DEFAULT_DOCUMENT_LIMITS.directives)
    .describe('directives in an operation'),
  MAX_ROOT_FIELDS: wholeNumber(1, 100_000)
    .default(DEFAULT_DOCUMENT_LIMITS.rootFields)
    .describe('root fields of a query; a mutation may have one'),
  CLIENT_HEADERS_TIMEOUT_MS: wholeNumber(10, 600_000)
    .default(DEFAULT_HTTP_LIMITS.headersMs)
    .describe('milliseconds to receive the headers of a request'),
  CLIENT_REQUEST_TIMEOUT_MS: wholeNumber(10, 600_000)
    .default(DEFAULT_HTTP_LIMITS.requestMs)
    .describe('milliseconds to receive a whole request'),
  CLIENT_RESPONSE_TIMEOUT_MS: wholeNumber(10, 600_000)
    .default(DEFAULT_HTTP_LIMITS.responseMs)
    .describe('milliseconds for a client to read a response; then the gateway closes the connection'),
  CLIENT_KEEP_ALIVE_MS: wholeNumber(10, 600_000)
    .default(DEFAULT_HTTP_LIMITS.keepAliveMs)
    .describe(
      'milliseconds that an idle client connection stays open; set it longer than the idle timeout of the load balancer in front',
    ),
  MAX_HEADER_BYTES: wholeNumber(1_024, 1_048_576)
    .default(DEFAULT_HTTP_LIMITS.headerBytes)
    .describe(
      'bytes of all headers of a request, the token included; more is refused with 431. A proxy in front has another limit',
    ),
  MAX_CONNECTIONS: wholeNumber(1, 1_000_000)
    .default(DEFAULT_HTTP_LIMITS.connections)
    .describe('open client connections'),
  PROBE_PORT: wholeNumber(0, 65_535)
    .optional()
    .describe(
      'additional port, on `HOST`, of `/health` and `/ready`. It answers while callers use up the connections of `PORT`; `PORT` answers them, too',
    ),
  METRICS_PORT: wholeNumber(0, 65_535)
    .optional()
    .describe('port of `/metrics`, for Prometheus; without one the gateway counts nothing'),
  METRICS_HOST: z.string().optional().describe('address that `METRICS_PORT` listens on. Default: `HOST`'),
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl
    .optional()
    .describe(
      'base URL of an OpenTelemetry collector (OTLP over HTTP, JSON); without one the gateway records no traces. The exporter itself reads the other `OTEL_EXPORTER_OTLP_*` variables',
    ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: baseUrl
    .optional()
    .describe('complete URL for traces; overrides `OTEL_EXPORTER_OTLP_ENDPOINT`'),
  OTEL_EXPORTER_OTLP_TIMEOUT: wholeNumber(1, 60_000)
    .default(3_000)
    .describe('milliseconds to export a batch of traces'),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).default('otlp').describe('`none`: no traces'),
  OTEL_SDK_DISABLED: z.string().optional().describe('`true`: no traces'),
  OTEL_TRACES_SAMPLER: z
    .enum(SAMPLERS)
    .default('parentbased_always_on')
    .describe(`sampler of traces: ${SAMPLERS.map((name) => `\`${name}\``).join(', ')}`),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0(\.\d{1,9})?|1(\.0{1,9})?)$/, 'must be a share from 0 to 1')
    .transform(Number)
    .default(1)
    .describe('share of traces that a `traceidratio` sampler records, from 0 to 1'),
})

export type Settings = z.infer<typeof Settings>
