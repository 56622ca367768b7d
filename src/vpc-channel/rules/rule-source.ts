/** The vendor's texts that the rules are taken from, by their dates. */
export const SOURCES = {
  APIG_PAGE: { title: 'APIG page "创建VPC通道"', date: '2023-05-09' },
  ROMA_PAGE: {
    title: 'ROMA Connect page "Modifying VPC Channels in Batches Under a Project"',
    date: '2023-06-29',
  },
  ROMA_PAGE_2025: { title: 'ROMA Connect page of the batch PUT, Chinese edition', date: '2025-12-18' },
  APIG_DESCRIPTION: { title: "the vendor's OpenAPI description of APIG", date: '2025-09-02' },
  ROMA_DESCRIPTION: { title: "the vendor's OpenAPI description of ROMA Connect", date: '2025-09-02' },
  GATEWAY: { title: 'a rule of this gateway', date: '' },
} as const satisfies Record<string, { readonly title: string; readonly date: string }>

export type Source = keyof typeof SOURCES

/** `pages`: the two pages of 2023. `current`: what the vendor has published since. */
export const EDITIONS = ['pages', 'current'] as const
export type Edition = (typeof EDITIONS)[number]

/** The text that a rule is from, and the editions that have it. */
export interface Sourced {
  readonly source: Source
  /** Why the rule is what it is, where the vendor's texts contradict each other. */
  readonly note?: string
  readonly editions: readonly Edition[]
}

type Given<Rule> = readonly (Rule & { readonly note?: string })[]

/** Rules of one source that hold in both editions: nothing newer differs. */
export const inBoth = <Rule>(source: Source, rules: Given<Rule>): (Rule & Sourced)[] =>
  sourced(source, EDITIONS, rules)

export const inPages = <Rule>(source: Source, rules: Given<Rule>): (Rule & Sourced)[] =>
  sourced(source, ['pages'], rules)

export const inCurrent = <Rule>(source: Source, rules: Given<Rule>): (Rule & Sourced)[] =>
  sourced(source, ['current'], rules)

const sourced = <Rule>(
  source: Source,
  editions: readonly Edition[],
  rules: Given<Rule>,
): (Rule & Sourced)[] => rules.map((rule) => ({ ...rule, source, editions }))
