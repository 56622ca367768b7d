import type { Characters } from '../../errors/validation-fault.ts'

/**
 * One documented rule, as data that a frontend could use too.
 * `path` is in GraphQL's names below the input; `*` is every item of a list.
 */
export type Rule = { readonly path: string } & (
  | { readonly rule: 'ID' }
  | { readonly rule: 'LENGTH' | 'RANGE'; readonly min: number; readonly max: number }
  | { readonly rule: 'LIST_SIZE'; readonly min: number; readonly max: number }
  | {
      readonly rule: 'CHARSET' | 'STARTS_WITH' | 'ENDS_WITH'
      readonly characters: readonly Characters[]
    }
  | { readonly rule: 'REQUIRED'; readonly when?: { readonly path: string; readonly is: readonly string[] } }
  | { readonly rule: 'REQUIRED_ONE_OF'; readonly anyOf: readonly (readonly string[])[] }
  | { readonly rule: 'LESS_THAN'; readonly other: string }
  /** `field` of each item is one of the values at `among`, if `among` is a list. */
  | { readonly rule: 'REFERENCE'; readonly field: string; readonly among: string }
  /** No two items are equal: by value, by name, or by the identity of a backend server. */
  | { readonly rule: 'UNIQUE'; readonly by?: 'NAME' | 'SERVER' }
  | { readonly rule: 'HTTP_CODES' }
)

/**
 * The rules about the size, length and format of a value. The cloud is laxer than its pages here, so `VALIDATION=types` leaves
 * these rules to the cloud. The other rules are about which values must exist.
 */
const LIMITS: ReadonlySet<Rule['rule']> = new Set([
  'LENGTH',
  'RANGE',
  'CHARSET',
  'STARTS_WITH',
  'ENDS_WITH',
  'LESS_THAN',
  'HTTP_CODES',
])

export const isLimit = (rule: Rule): boolean => LIMITS.has(rule.rule)
