/** The enums and their REST codes (both pages, the tables of the request). */
export const balanceStrategyCodes = {
  WEIGHTED_ROUND_ROBIN: 1,
  WEIGHTED_LEAST_CONNECTIONS: 2,
  SOURCE_HASH: 3,
  URI_HASH: 4,
} as const
export const memberTypeCodes = { IP: 'ip', ECS: 'ecs' } as const
export const channelTypeCodes = { SERVER: 2, MICROSERVICE: 3 } as const
export const availabilityCodes = { AVAILABLE: 1, UNAVAILABLE: 2 } as const
export const channelStatusCodes = { NORMAL: 1, ABNORMAL: 2 } as const
export const healthCheckProtocolCodes = { TCP: 'TCP', HTTP: 'HTTP', HTTPS: 'HTTPS' } as const
export const healthCheckMethodCodes = { GET: 'GET', HEAD: 'HEAD' } as const
export const microserviceTypeCodes = { CSE: 'CSE', CCE: 'CCE' } as const
export const workloadTypeCodes = {
  DEPLOYMENT: 'deployment',
  STATEFUL_SET: 'statefulset',
  DAEMON_SET: 'daemonset',
} as const

export type BalanceStrategy = keyof typeof balanceStrategyCodes
export type MemberType = keyof typeof memberTypeCodes
export type ChannelType = keyof typeof channelTypeCodes
export type Availability = keyof typeof availabilityCodes
export type ChannelStatus = keyof typeof channelStatusCodes
export type HealthCheckProtocol = keyof typeof healthCheckProtocolCodes
export type HealthCheckMethod = keyof typeof healthCheckMethodCodes
export type MicroserviceType = keyof typeof microserviceTypeCodes
export type WorkloadType = keyof typeof workloadTypeCodes

/** Reads an enum: `null` for an absent value, `undefined` for an unknown one. */
export type EnumReader<Name> = (value: unknown) => Name | null | undefined

/** The REST code of each value of an enum. */
export type EnumCodes<Name extends string> = Readonly<Record<Name, string | number>>

/**
 * Makes the reader of an enum. Answers differ from the pages in case (`http`) and in type (`"2"`), which the reader accepts;
 * `synonyms` are other words that an answer may use.
 */
export function enumReader<Name extends string>(
  codes: EnumCodes<Name>,
  synonyms: Readonly<Record<string, Name>> = {},
): EnumReader<Name> {
  const names = new Map<string, Name>(Object.entries(synonyms))
  const asDocumented = new Map<unknown, Name>()
  for (const name of Object.keys(codes) as Name[]) {
    names.set(String(codes[name]).toLowerCase(), name)
    asDocumented.set(codes[name], name)
  }
  return (value) => {
    const name = asDocumented.get(value)
    if (name !== undefined) return name
    if (value === undefined || value === null || value === '') return null
    if (typeof value !== 'string' && typeof value !== 'number') return undefined
    return names.get(String(value).toLowerCase())
  }
}
