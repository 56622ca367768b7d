import type { MemberType } from './codes.ts'
import type { Comparison } from './comparison.ts'
import { normalHost } from './server-identity.ts'

/*
 * A field that identifies an object has no differences: the comparison finds the object by it, and an object that it does not
 * find is one difference.
 */
const identity = (shown: Comparison<string, string | null>['shown']): Comparison<string, string | null> => ({
  differences: () => [],
  shown,
})

/** The name identifies channels and groups. */
export const identityByName = identity((name) => name?.trim())

/** The address of a server, or the id of its cloud server, by the `memberType` of the channel. */
export const identityOf = (memberType: MemberType): Comparison<string, string | null> =>
  identity((value, scope) => {
    if (scope.memberType !== memberType) return undefined
    return memberType === 'IP' ? normalHost(value ?? '') : value?.trim() || null
  })

/** The port of a server; absent and 0 mean the port of the channel. */
export const identityByPort: Comparison<number, number | null> = {
  differences: () => [],
  shown: (port, { foundPort }) => port || foundPort,
}
