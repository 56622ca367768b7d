/** Compares texts with the parameters of a query. A parameter that is absent or empty matches all. */
export interface TextMatch {
  /** In part, unless `precise_search` names the parameter. */
  readonly matchesText: (parameter: string, text: string) => boolean
  readonly matchesExactly: (parameter: string, text: string) => boolean
}

export function textMatch(query: URLSearchParams): TextMatch {
  const precise = new Set((query.get('precise_search') ?? '').split(','))
  return {
    matchesText: (parameter, text) => {
      const wanted = query.get(parameter)
      if (!wanted) return true
      return precise.has(parameter) ? text === wanted : text.includes(wanted)
    },
    matchesExactly: (parameter, text) => {
      const wanted = query.get(parameter)
      return !wanted || text === wanted
    },
  }
}
