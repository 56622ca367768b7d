import type { MemberType } from './codes.ts'
import type { Comparison } from './comparison.ts'
import { normalHost } from './server-identity.ts'

/*
 * What makes an object the one it is has no differences: the object is found by it, and one that is not found is a
 * difference as a whole.
 */
const identity = (shown: Comparison<string, string | null>['shown']): Comparison<string, string | null> => ({
  differences: () => [],
  shown,
})

/** Channels and groups are found by their names. */
export const identityByName = identity((name) => name?.trim())

/** A server's address, or the id of its cloud server: the channel's `memberType` says which of them it has. */
export const identityOf = (memberType: MemberType): Comparison<string, string | null> =>
  identity((value, scope) => {
    if (scope.memberType !== memberType) return undefined
    return memberType === 'IP' ? normalHost(value ?? '') : value?.trim() || null
  })

/** A server's port; none and 0 are the channel's. */
export const identityByPort: Comparison<number, number | null> = {
  differences: () => [],
  shown: (port, { foundPort }) => port || foundPort,
}
