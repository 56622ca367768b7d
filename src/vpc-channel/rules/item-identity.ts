import { serverIdentity } from '../server-identity.ts'

/** The identity of an item among a list; `undefined` for an item without one. */
type Identity = (item: unknown, input: object) => unknown

export const itemIdentity = (by: 'NAME' | 'SERVER' | undefined): Identity => IDENTITIES[by ?? 'VALUE']

const IDENTITIES: Readonly<Record<'VALUE' | 'NAME' | 'SERVER', Identity>> = {
  VALUE: (item) => item,
  NAME: (item) => textIn(item, 'name')?.trim(),
  SERVER: (item, input) => {
    const memberType = fieldOf(input, 'memberType') === 'IP' ? 'IP' : 'ECS'
    if (!textIn(item, memberType === 'IP' ? 'host' : 'ecsId')) return undefined
    const { address, group } = serverIdentity(
      memberType,
      {
        host: textIn(item, 'host'),
        ecsId: textIn(item, 'ecsId'),
        port: numberIn(item, 'port'),
        memberGroupName: textIn(item, 'memberGroupName'),
      },
      numberIn(input, 'port') ?? null,
    )
    return `${group}/${address}`
  },
}

const fieldOf = (item: unknown, name: string): unknown =>
  typeof item === 'object' && item !== null ? (item as Readonly<Record<string, unknown>>)[name] : undefined

const textIn = (item: unknown, name: string): string | undefined => {
  const value = fieldOf(item, name)
  return typeof value === 'string' ? value : undefined
}

const numberIn = (item: unknown, name: string): number | undefined => {
  const value = fieldOf(item, name)
  return typeof value === 'number' ? value : undefined
}
