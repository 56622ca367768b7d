import type { Exchange } from '../../src/workloads.ts'

/** The codes that Tailcall's schema has in place of enum values. */
const CODES: Readonly<Record<string, string | number>> = {
  WEIGHTED_ROUND_ROBIN: 1,
  IP: 'ip',
  MICROSERVICE: 3,
  NORMAL: 1,
  AVAILABLE: 1,
  DEPLOYMENT: 'deployment',
}

/** The same question to Tailcall's schema, and its answer: codes for enum values, one type of microservices. */
export function tailcallExchange(exchange: Exchange): Exchange {
  return {
    ...exchange,
    bodies: exchange.bodies.map((body) => {
      const { query, variables } = JSON.parse(body)
      return JSON.stringify({ query: withoutFragments(query), variables: withCodes(variables) })
    }),
    answer: withCodes(exchange.answer, EMPTY),
  }
}

/** Nothing of Cloud Service Engine, and Cloud Container Engine's fields among the others. */
const withoutFragments = (query: string): string =>
  query
    .replace(/\.\.\. on VpcChannelCseMicroservice \{[^}]*\}/, '')
    .replace(/\.\.\. on VpcChannelCceMicroservice \{([^}]*)\}/, '$1')

/** What the upstream answers as an empty text, which Tailcall passes on; by another key of the same object. */
const EMPTY = [
  { sibling: 'balanceStrategy', keys: ['dictCode'] },
  { sibling: 'isBackup', keys: ['ecsId', 'ecsName'] },
] as const

const withCodes = (
  value: unknown,
  empty: readonly { sibling: string; keys: readonly string[] }[] = [],
): unknown =>
  JSON.parse(JSON.stringify(value), (_key, one: unknown) => {
    if (one === 'VpcChannelCceMicroservice') return 'VpcChannelMicroservice'
    if (typeof one === 'string') return CODES[one] ?? one
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one
    const texts = empty
      .filter(({ sibling }) => sibling in one)
      .flatMap(({ keys }) => keys.map((key) => [key, '']))
    return { ...one, ...Object.fromEntries(texts) }
  })
