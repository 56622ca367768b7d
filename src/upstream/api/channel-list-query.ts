/** The query of a list of channels, in the vendor's names. A value that is `undefined` is not sent. */
export interface ChannelListQuery {
  /** How many to skip. */
  readonly offset?: number | undefined
  /** How many to return, at most 500. */
  readonly limit?: number | undefined
  readonly id?: string | undefined
  /** Part of the name, or the whole of it with `precise_search`. */
  readonly name?: string | undefined
  readonly precise_search?: 'name' | undefined
  readonly member_host?: string | undefined
  readonly member_port?: number | undefined
  readonly member_group_name?: string | undefined
  readonly member_group_id?: string | undefined
}

export interface ProjectChannelListQuery extends ChannelListQuery {
  /** Whether members and health checks come along. */
  readonly members_return?: boolean | undefined
}

/** `?name=%E8%AE%A2%E5%8D%95&limit=20`, every value escaped; empty without values. */
export function queryString(query: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  if (given.length === 0) return ''
  return `?${given.map(([name, value]) => `${name}=${encodeURIComponent(String(value).toWellFormed())}`).join('&')}`
}
