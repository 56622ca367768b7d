import type { Comparison } from './comparison.ts'
import type { ComparedFields } from './object-codec.ts'

interface Check {
  readonly protocol: string | null
  readonly method?: string | null | undefined
}

/** No page says whether an update keeps, or a creation adds, a health check that the input does not mention. */
export const healthCheckComparison = <Wanted extends Check, Found extends Check>(
  check: ComparedFields<Wanted, Found>,
): Comparison<Wanted, Found | null | undefined> => ({
  differences(path, wanted, answered, scope) {
    const found = answered?.protocol ? answered : null
    if (!wanted) {
      return scope.kind === 'UPDATE' || found === null
        ? []
        : [{ path, wanted: null, found: check.shown(found, scope), certain: false }]
    }
    if (found === null) return [{ path, wanted, found: null, certain: answered === null }]
    return check.differences(`${path}.`, withoutUnshownMethod(wanted, found), found, scope)
  },
  shown: (found, scope) => (found ? check.shown(found, scope) : undefined),
})

/** A check over TCP has no method, and the cloud shows none. */
const withoutUnshownMethod = <Wanted extends Check>(wanted: Wanted, found: Check): Wanted =>
  wanted.protocol === 'TCP' && found.method === null ? { ...wanted, method: null } : wanted
