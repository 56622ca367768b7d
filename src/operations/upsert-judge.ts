import { channelDifferences } from '../vpc-channel/channel-differences.ts'
import { type Difference, matchOf } from '../vpc-channel/comparison.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import type { UpsertProjectVpcChannelsInput } from '../vpc-channel/vpc-channel-input.ts'
import type { Verdict } from './upsert-once.ts'
import type { UpsertOutcome } from './upsert-result.ts'

/** Judges a write by the channel that is there afterwards, the input, and the channel that was there before. */
export interface UpsertJudge {
  readonly verdict: (instanceId: string, now: VpcChannel | undefined) => Verdict
  readonly wasExact: (instanceId: string) => boolean
  /** What a write did that is known to be applied. */
  readonly outcome: (instanceId: string) => UpsertOutcome
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
  const wasExact = (id: string): boolean => states.get(id)?.isExact ?? false

  return {
    verdict: (id, now) => {
      const state = now && stateOf(now, differencesOf(now))
      if (state?.isExact) return 'EXACT'
      if (before !== undefined) return state?.text === states.get(id)?.text ? 'UNTOUCHED' : 'UNCLEAR'
      return now === undefined || matchOf(differencesOf(now)) === 'NONE' ? 'UNTOUCHED' : 'UNCLEAR'
    },
    wasExact,
    outcome: (id) => {
      if (before === undefined) return 'UNKNOWN'
      if (!states.has(id)) return 'CREATED'
      return wasExact(id) ? 'UNCHANGED' : 'UPDATED'
    },
  }
}

interface State {
  readonly isExact: boolean
  /** The same text for the same state: the cloud's spelling and order vary. */
  readonly text: string
}

function stateOf(channel: VpcChannel, differences: readonly Difference[]): State {
  const sorted = differences.map((difference) => JSON.stringify(difference)).sort()
  return { isExact: differences.length === 0, text: JSON.stringify([channel.id, sorted]) }
}
