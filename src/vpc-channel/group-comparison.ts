import { type Comparison, uncertain } from './comparison.ts'
import { differentSets, type Keyed } from './keyed-sets.ts'
import type { ComparedFields } from './object-codec.ts'

interface Named {
  readonly name: string | null
}

/** Groups are a set by name. No page says whether an update keeps the groups that the input does not mention. */
export const groupComparison = <Wanted extends Named, Found extends Named>(
  group: ComparedFields<Wanted, Found>,
): Comparison<readonly Wanted[], Found[]> => ({
  differences(path, wanted, found, scope) {
    const differences = differentSets(
      path,
      keyed(wanted ?? []),
      keyed(found ?? []),
      (at, one, other) => group.differences(at, one, other, scope),
      (one) => group.shown(one, scope),
    )
    return scope.kind === 'UPDATE' && !wanted ? differences.map(uncertain) : differences
  },
  shown: (found, scope) => found?.map((one) => group.shown(one, scope)),
})

const keyed = <Group extends Named>(groups: readonly Group[]): Keyed<Group>[] =>
  groups.map((item) => {
    const name = (item.name ?? '').trim()
    return { key: name, label: name, item }
  })
