/** What an expression of PromQL asks for. */
export interface Asked {
  readonly metrics: readonly { readonly name: string; readonly matchers: readonly Matcher[] }[]
  /** Labels that it groups by. */
  readonly grouped: readonly string[]
}

export interface Matcher {
  readonly label: string
  readonly operator: string
  readonly value: string
}

const TOKEN = /\s+|"(?:[^"\\]|\\.)*"|\d[\w.]*|[a-zA-Z_:][\w:]*|=~|!~|!=|==|>=|<=|[^\s\w]/gy
const KEYWORDS = new Set(['and', 'or', 'unless', 'offset', 'bool', 'inf', 'nan'])
const GROUPING = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right'])

/** Reads which metrics and labels an expression names. Not a check of its grammar. */
export function askedBy(expression: string): Asked {
  const tokens = [...expression.matchAll(TOKEN)]
    .map(([token]) => token)
    .filter((token) => token.trim() !== '')
  if (tokens.join('') !== expression.replace(/\s/g, '')) throw new Error(`cannot be read: ${expression}`)
  const metrics: { name: string; matchers: Matcher[] }[] = []
  const grouped: string[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? ''
    if (token === '{') {
      const end = tokens.indexOf('}', at)
      const of = metrics.at(-1)
      if (of === undefined) throw new Error(`a selector without a name: ${expression}`)
      for (let label = at + 1; label < end; label += 4) {
        const [name = '', operator = '', value = ''] = tokens.slice(label, label + 3)
        of.matchers.push({ label: name, operator, value: JSON.parse(value) })
      }
      at = end
    } else if (token === '[') {
      at = tokens.indexOf(']', at)
    } else if (GROUPING.has(token)) {
      const end = tokens.indexOf(')', at)
      grouped.push(...tokens.slice(at + 2, end).filter((one) => one !== ','))
      at = end
    } else if (/^[a-zA-Z_:]/.test(token) && !KEYWORDS.has(token)) {
      const isFunction = tokens[at + 1] === '(' || GROUPING.has(tokens[at + 1] ?? '')
      if (!isFunction) metrics.push({ name: token, matchers: [] })
    }
  }
  return { metrics, grouped }
}
