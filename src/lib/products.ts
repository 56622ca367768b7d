/** The products that have VPC channels, by their names in GraphQL, with the names that each has elsewhere. */
export const PRODUCTS = {
  APIG: { service: 'APIG', path: 'apigw' },
  ROMA_CONNECT: { service: 'ROMA', path: 'apic' },
} as const

export type VpcChannelProduct = keyof typeof PRODUCTS

export const isProduct = (value: unknown): value is VpcChannelProduct =>
  typeof value === 'string' && Object.hasOwn(PRODUCTS, value)

/** The services behind the gateway, as `extensions.upstream.service`, metrics, logs and settings (`ROMA_ENDPOINT`) name them. */
export type UpstreamService = (typeof PRODUCTS)[VpcChannelProduct]['service'] | 'IAM'

/** A product's segment of REST paths. */
export type ProductPath = (typeof PRODUCTS)[VpcChannelProduct]['path']
