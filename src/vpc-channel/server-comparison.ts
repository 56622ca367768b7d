import type { Comparison, Scope } from './comparison.ts'
import { differentSets, type Keyed } from './keyed-sets.ts'
import type { ComparedFields } from './object-codec.ts'
import { type ServerFields, type ServerIdentity, serverIdentity } from './server-identity.ts'

interface WantedServer extends ServerFields {
  readonly weight?: number | null | undefined
}

interface FoundServer extends ServerFields {
  readonly weight: number | null
}

/**
 * Servers are a multiset by group, address and port. A microservice channel's come from its registry, and an update keeps
 * those that are there, unless the input brings some.
 */
export const serverComparison = <Wanted extends WantedServer, Found extends FoundServer>(
  server: ComparedFields<Wanted, Found>,
): Comparison<readonly Wanted[], Found[] | null | undefined> => ({
  differences(path, given, found, scope) {
    const wanted = given ?? []
    if (wanted.length === 0 && (scope.kind === 'UPDATE' || scope.type === 'MICROSERVICE')) return []
    if (found === undefined || found === null) {
      return wanted.length === 0 ? [] : [{ path, wanted, found: null, certain: false }]
    }
    const servers = keyedServers(wanted, found, scope)
    return differentSets(
      path,
      servers.wanted,
      servers.found,
      (at, one, other) =>
        server.differences(at, { ...one, weight: weightOf(one, other, scope) }, other, scope),
      (one) => server.shown(one, scope),
    )
  },
  shown: (found, scope) => found?.map((one) => server.shown(one, scope)),
})

/** The pages let a group's weight become that of its servers, and the cloud may keep a server's: either is as wanted. */
const weightOf = (
  { memberGroupName, weight }: WantedServer,
  found: FoundServer,
  { groupWeights }: Scope,
): number | null | undefined =>
  weight === found.weight ? weight : (groupWeights.get(memberGroupName ?? '') ?? weight)

interface KeyedServers<Wanted, Found> {
  readonly wanted: readonly Keyed<Wanted>[]
  readonly found: readonly Keyed<Found>[]
}

/**
 * Servers by their identity. A path names the group only where the address is in several. A server that the input gives no
 * group is looked for in all groups: no page says which one the cloud puts it in.
 */
function keyedServers<Wanted extends ServerFields, Found extends ServerFields>(
  wantedServers: readonly Wanted[],
  foundServers: readonly Found[],
  { memberType, wantedPort, foundPort }: Scope,
): KeyedServers<Wanted, Found> {
  const wanted = wantedServers.map((item) => ({ item, ...serverIdentity(memberType, item, wantedPort) }))
  const found = foundServers.map((item) => ({ item, ...serverIdentity(memberType, item, foundPort) }))
  const groups = new Map<string, Set<string>>()
  for (const { address, group } of [...wanted, ...found]) {
    groups.set(address, (groups.get(address) ?? new Set()).add(group))
  }
  const freeGroups = new Map<string, string[]>()
  for (const { address, group } of found) {
    const isAskedFor = wanted.some((one) => one.address === address && one.group === group)
    if (!isAskedFor) freeGroups.set(address, [...(freeGroups.get(address) ?? []), group])
  }
  const isIn = new Set(found.map(({ address, group }) => `${group}/${address}`))
  const keyed = <Item>({ address, group, item }: ServerIdentity & { readonly item: Item }): Keyed<Item> => ({
    key: `${group}/${address}`,
    label: (groups.get(address)?.size ?? 0) > 1 && group !== '' ? `${group}/${address}` : address,
    item,
  })
  return {
    wanted: wanted.map((one) => {
      if (one.group !== '' || isIn.has(`/${one.address}`)) return keyed(one)
      const filledIn = freeGroups.get(one.address)?.shift()
      return filledIn === undefined ? keyed(one) : { ...keyed(one), key: `${filledIn}/${one.address}` }
    }),
    found: found.map(keyed),
  }
}
