import { channelDifferences } from '../vpc-channel/channel-differences.ts'
import { type Difference, matchOf } from '../vpc-channel/comparison.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import type { UpsertProjectVpcChannelsInput } from '../vpc-channel/vpc-channel-input.ts'
import type { Verdict } from './upsert-once.ts'
import type { WriteOutcome } from './write-record.ts'

/** Says what a channel that is there after a write tells of the write, from the input and from what was there before. */
export interface UpsertJudge {
  readonly verdict: (instanceId: string, now: VpcChannel | undefined) => Verdict
  readonly wasWanted: (instanceId: string) => boolean
  /** What a write that is known to be applied did, by what was there before it. */
  readonly outcome: (instanceId: string) => WriteOutcome
}

/** `before` is `undefined` where nothing was read before the write. */
export function upsertJudge(
  input: UpsertProjectVpcChannelsInput,
  before: ReadonlyMap<string, VpcChannel> | undefined,
): UpsertJudge {
  const differencesOf = (channel: VpcChannel): Difference[] => channelDifferences(input, channel, 'UPDATE')
  const states = new Map(
    [...(before ?? [])].map(([id, channel]) => [id, stateOf(channel, differencesOf(channel))]),
  )
  const wasWanted = (id: string): boolean => states.get(id)?.isWanted ?? false

  return {
    verdict: (id, now) => {
      const state = now && stateOf(now, differencesOf(now))
      if (state?.isWanted) return 'WANTED'
      if (before !== undefined) return state?.text === states.get(id)?.text ? 'UNTOUCHED' : 'UNCLEAR'
      return now === undefined || matchOf(differencesOf(now)) === 'NONE' ? 'UNTOUCHED' : 'UNCLEAR'
    },
    wasWanted,
    outcome: (id) => {
      if (before === undefined) return 'UNKNOWN'
      if (!states.has(id)) return 'CREATED'
      return wasWanted(id) ? 'UNCHANGED' : 'UPDATED'
    },
  }
}

interface State {
  readonly isWanted: boolean
  /** The same text for the same state, in whatever spelling and order the cloud shows it. */
  readonly text: string
}

function stateOf(channel: VpcChannel, differences: readonly Difference[]): State {
  const sorted = differences.map((difference) => JSON.stringify(difference)).sort()
  return { isWanted: differences.length === 0, text: JSON.stringify([channel.id, sorted]) }
}
