import { expect } from 'vitest'
import type { AnsweredError } from '../../../support/start-gateway.ts'
import type { Shown } from '../create-support.ts'
import type { Clouds, Request } from './create-cloud.ts'
import { expectContent } from './create-input.ts'

/** What is so when every write has landed. */
export interface State {
  readonly channel: Shown | undefined
  /** The input of the request. */
  readonly input: Shown
  /** A channel of the name that was there before all requests. */
  readonly older: { readonly id: string; readonly isIdentical: boolean; readonly isOld: boolean } | null
  /** Whether nothing keeps a gateway from reading the channel that has the name. */
  readonly isReadable: boolean
}

/** Whatever was answered to a request is so. */
export function expectTrue(request: Request, clouds: Clouds, state: State): void {
  const posts = clouds.posts(request)
  expect(posts.length).toBeLessThanOrEqual(2)
  const { data, errors } = request.answer
  if (data) expectTrueData(request, data.createVpcChannel, clouds, state)
  else expectTrueError(errors?.[0], clouds.posts(request), state)
}

const written = (posts: ReturnType<Clouds['posts']>) =>
  posts.flatMap(({ writes }) => writes.map(({ channelId }) => channelId))

function expectTrueData(
  request: Request,
  { outcome, vpcChannel }: { readonly outcome: string; readonly vpcChannel: { readonly id: string } },
  clouds: Clouds,
  { channel, input, older }: State,
): void {
  expect(channel?.id).toBe(vpcChannel.id)
  expectContent(channel, input)
  const own = written(clouds.posts(request))
  switch (outcome) {
    case 'CREATED':
      expect(own).toEqual([vpcChannel.id])
      break
    case 'UNCHANGED':
      expect([request.acceptIdentical, own]).toEqual([true, []])
      break
    default:
      expect(outcome).toBe('UNKNOWN')
  }
  // A channel of 2020 is nobody's success but of those who accept it.
  if (older?.isOld && !request.acceptIdentical)
    throw new Error('a stranger’s channel was answered as success')
}

function expectTrueError(
  error: AnsweredError | undefined,
  posts: ReturnType<Clouds['posts']>,
  { channel, older, isReadable }: State,
): void {
  const { code, reason, effect, retry, existing, validation } = error?.extensions ?? {}
  if (effect === 'NOT_APPLIED') {
    expect(written(posts)).toEqual([])
  } else {
    expect(effect).toBe('UNKNOWN')
    expect(retry).toEqual({ retryable: true, afterMs: expect.any(Number) })
  }
  if (existing) {
    expect(existing.id).toBe(channel?.id)
    if (older) expect(existing.differences.some(isCertain)).toBe(!older.isIdentical)
  }
  if (reason === 'CHANNEL_NAME_TAKEN') {
    expect([code, effect]).toEqual(['CONFLICT', 'NOT_APPLIED'])
    expect(validation).toContainEqual(expect.objectContaining({ path: ['input', 'name'] }))
    if (isReadable) expect(existing).toBeDefined()
  }
}

const isCertain = ({ certain }: { readonly certain?: boolean }): boolean => certain !== false
