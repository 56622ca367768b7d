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
 * Servers are a multiset by group, address and port. Where the input has none, an update keeps those of the channel, and a
 * microservice channel has those of its registry.
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

/** The cloud can apply the weight of the group to its servers, or keep that of the server: both are as wanted. */
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
 * Servers by their identity. A path names the group only where several groups have the address. A server without a group in
 * the input matches in any group: no page says which group the cloud chooses.
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
