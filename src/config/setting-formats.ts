import { z } from 'zod'

export const id = z
  .string()
  .regex(/^[0-9A-Za-z_-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens and underscores')

export const webUrl = (example: string) =>
  z
    .url({ protocol: /^https?$/, error: `must be a URL such as ${example}` })
    .transform((text) => new URL(text))
    .refine((url) => url.username === '' && url.password === '', 'must not contain a user name or password')

export const baseUrl = webUrl('https://apig.cn-north-4.myhuaweicloud.com').refine(
  (url) => url.search === '' && url.hash === '',
  'must not contain a query or fragment',
)

/** With the name and password that the proxy asks for. */
export const proxyUrl = z.url({
  protocol: /^https?$/,
  error: 'must be a URL such as http://proxy.example.com:3128',
})

export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)

export const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true')

/** A value that goes into a header unchanged. */
export const secret = z.string().regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters without spaces')

/** The samplers of the OpenTelemetry specification that need no further configuration. */
export const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const

/** Exact origins, separated by commas: no path, no wildcard, no `null`. */
export const origins = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine(
    (all) => all.every(isOrigin),
    'must be origins such as https://console.example, separated by commas',
  )
  .transform((all): ReadonlySet<string> => new Set(all))

const isOrigin = (text: string): boolean =>
  /^https?:[^*]*$/.test(text) && URL.canParse(text) && new URL(text).origin === text

/** Names without ports, separated by commas. */
export const hostNames = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim().toLowerCase()))
  .refine(
    (all) => all.every((one) => /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(one)),
    'must be host names such as gateway.example, without ports, separated by commas',
  )
  .transform((all): ReadonlySet<string> => new Set(all))

const MIN_API_KEY_LENGTH = 16

export const apiKeys = z
  .string()
  .transform((text) => text.split(',').map((pair) => pair.trim()))
  .refine(
    (pairs) => pairs.every((pair) => API_KEY.test(pair)),
    `must be name:key pairs with commas between, each key ${MIN_API_KEY_LENGTH} characters or more`,
  )
  .transform((pairs) =>
    pairs.map((pair) => ({ name: pair.split(':', 1)[0] ?? '', key: pair.slice(pair.indexOf(':') + 1) })),
  )
  .refine(
    (keys) => new Set(keys.map(({ key }) => key)).size === keys.length,
    'must not give one key to two callers',
  )

const API_KEY = new RegExp(`^[A-Za-z0-9._-]{1,64}:[\\x21-\\x2b\\x2d-\\x7e]{${MIN_API_KEY_LENGTH},512}$`)
