import type { ReadingPair } from './channel-store.ts'
import { type ChannelPage, INSTANCE_PAGE, PROJECT_PAGE } from './documents.ts'

/** More pages than any walk of these tests needs: one that gets here does not end. */
const MAX_PAGES = 200

export async function page(pair: ReadingPair, first: number, after: string | null): Promise<ChannelPage> {
  const { data, text } = await pair.send(INSTANCE_PAGE, { instanceId: 'apig-1', first, after })
  if (!data) throw new Error(text)
  return data.vpcChannels
}

export async function projectPage(
  pair: ReadingPair,
  first: number,
  after: string | null,
): Promise<ChannelPage> {
  const { data, text } = await pair.send(PROJECT_PAGE, { first, after })
  if (!data) throw new Error(text)
  return data.projectVpcChannels
}

/** All pages of a list, as a client walks it: `endCursor` as `after` for as long as there is a next page. */
export async function walk(
  pair: ReadingPair,
  first: number,
  fetchPage: typeof page = page,
): Promise<ChannelPage[]> {
  const pages: ChannelPage[] = []
  let after: string | null = null
  while (pages.length < MAX_PAGES) {
    const next: ChannelPage = await fetchPage(pair, first, after)
    pages.push(next)
    if (!next.pageInfo.hasNextPage) return pages
    after = next.pageInfo.endCursor
  }
  throw new Error('the walk does not end')
}

export const idsOf = (pages: readonly ChannelPage[]): string[] =>
  pages.flatMap(({ nodes }) => nodes.map((node) => node.id))
