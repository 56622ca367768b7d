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

/** Servers are found by address or cloud server, whichever the type of the channel's servers says, ... */
export const identityOf = (memberType: MemberType): Comparison<string, string | null> =>
  identity((value, scope) => {
    if (scope.memberType !== memberType) return undefined
    return memberType === 'IP' ? normalHost(value ?? '') : value?.trim() || null
  })

/** ... and by port. */
export const identityByPort: Comparison<number, number | null> = {
  differences: () => [],
  shown: (port, { foundPort }) => port || foundPort,
}
