import { describe, expect, test } from 'vitest'
import { createProjectTokens } from '../../../src/upstream/iam/project-tokens.ts'
import { projectId } from '../../../src/upstream/ids.ts'
import { NO_ANSWER, UpstreamFailure } from '../../../src/upstream/upstream-failure.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const ONE = projectId('one')

const refusal = (status: number, errorCode: string | null = null): UpstreamFailure =>
  new UpstreamFailure(
    'REFUSED',
    { service: 'IAM', operation: 'createToken' },
    { sent: true, answer: { ...NO_ANSWER, status, errorCode } },
  )

/** Tokens named after the logins they came of, `one-1`, `one-2`; a login fails where `failing` says so. */
function startTokens(lifeMs = 24 * HOUR_MS) {
  const logins: string[] = []
  let now = 0
  let failing: (project: string) => unknown
  let held: (() => void)[] | undefined
  const tokens = createProjectTokens({
    login: async (project) => {
      logins.push(project)
      const token = `${project}-${logins.filter((one) => one === project).length}`
      if (held !== undefined) await new Promise<void>((resolve) => held?.push(resolve))
      const failure = failing?.(project)
      if (failure !== undefined) throw failure
      return { token, expiresAt: now + lifeMs }
    },
    pauseMs: 15 * MINUTE_MS,
    now: () => now,
  })
  return {
    tokens,
    logins,
    wait: (milliseconds: number) => {
      now += milliseconds
    },
    fail: (how: typeof failing) => {
      failing = how
    },
    hold: () => {
      held = []
    },
    letGo: () => {
      for (const resolve of held?.splice(0) ?? []) resolve()
      held = undefined
    },
  }
}

const settled = async (token: string | Promise<string>) => token
const failureOf = (token: unknown) =>
  Promise.resolve(token).then(
    () => undefined,
    (error) => error.answer?.status,
  )

describe('a token that is held', () => {
  test('is answered at once, without a promise to wait for', async () => {
    const { tokens, logins } = startTokens()
    await tokens.of(ONE)
    expect(tokens.of(ONE)).toBe('one-1')
    expect(logins).toEqual(['one'])
  })

  test.each([
    [24 * HOUR_MS, 23 * HOUR_MS],
    [2 * HOUR_MS, 1.5 * HOUR_MS],
    [8 * MINUTE_MS, 6 * MINUTE_MS],
  ])('of a life of %i ms is renewed after %i ms, and not before', async (lifeMs, renewedMs) => {
    const { tokens, logins, wait } = startTokens(lifeMs)
    await tokens.of(ONE)
    wait(renewedMs - 1)
    expect(tokens.of(ONE)).toBe('one-1')
    expect(logins).toHaveLength(1)
    wait(1)
    expect(tokens.of(ONE)).toBe('one-1')
    await expect.poll(() => tokens.of(ONE)).toBe('one-2')
    expect(logins).toHaveLength(2)
  })

  test('and over is never answered', async () => {
    const { tokens, wait, fail } = startTokens()
    await tokens.of(ONE)
    wait(24 * HOUR_MS)
    fail(() => new Error('down'))
    await expect(settled(tokens.of(ONE))).rejects.toThrow('down')
    fail(() => undefined)
    expect(await tokens.of(ONE)).toBe('one-3')
  })

  test('is not pushed out by projects that nobody can log in to, however many', async () => {
    const { tokens, logins, fail } = startTokens()
    await tokens.of(ONE)
    fail(() => refusal(404))
    for (let index = 0; index < 600; index += 1) await failureOf(tokens.of(projectId(`p${index}`)))
    expect(tokens.of(ONE)).toBe('one-1')
    expect(logins).toHaveLength(1 + 3)
  })

  test('is forgotten after 500 others, the one that was used longest ago first', async () => {
    const { tokens, logins } = startTokens()
    const others = Array.from({ length: 499 }, (_, index) => projectId(`p${index}`))
    await tokens.of(ONE)
    for (const other of others) await tokens.of(other)
    expect(tokens.of(ONE)).toBe('one-1')
    await tokens.of(projectId('new'))
    expect(tokens.of(ONE)).toBe('one-1')
    expect(tokens.of(projectId('p1'))).toBe('p1-1')
    expect(logins).toHaveLength(501)
    expect(await tokens.of(projectId('p0'))).toBe('p0-2')
  })
})

describe('a token that was refused', () => {
  test('is replaced once for all who ask, and those who ask late get what is there', async () => {
    const { tokens, logins } = startTokens()
    await tokens.of(ONE)
    const others = await Promise.all([1, 2, 3].map(() => tokens.instead(ONE, 'one-1')))
    expect([...others, await tokens.instead(ONE, 'one-1')]).toEqual(Array(4).fill('one-2'))
    expect(logins).toHaveLength(2)
  })

  test('and so was its successor: nothing more, until a quarter of an hour has passed', async () => {
    const { tokens, wait } = startTokens()
    await tokens.of(ONE)
    await tokens.instead(ONE, 'one-1')
    wait(14 * MINUTE_MS)
    expect(await tokens.instead(ONE, 'one-2')).toBeUndefined()
    wait(2 * MINUTE_MS)
    expect(await tokens.instead(ONE, 'one-2')).toBe('one-3')
  })

  test('and its successor was taken for a while: renewed again, five seconds later at the soonest', async () => {
    const { tokens, wait } = startTokens()
    await tokens.of(ONE)
    await tokens.instead(ONE, 'one-1')
    tokens.accepted(ONE, 'one-1')
    wait(2 * MINUTE_MS)
    // The old one’s success says nothing of the new one.
    expect(await tokens.instead(ONE, 'one-2')).toBeUndefined()
    tokens.accepted(ONE, 'one-2')
    expect(await tokens.instead(ONE, 'one-2')).toBe('one-3')
    tokens.accepted(ONE, 'one-3')
    wait(4_999)
    expect(await tokens.instead(ONE, 'one-3')).toBeUndefined()
    wait(1)
    expect(await tokens.instead(ONE, 'one-3')).toBe('one-4')
  })
})

describe('logins', () => {
  test('go one at a time: the others learn of a wrong password from the first', async () => {
    const { tokens, logins, fail, hold, letGo } = startTokens()
    hold()
    const waiting = ['a', 'b', 'c', 'd'].map((id) => failureOf(tokens.of(projectId(id))))
    await expect.poll(() => logins).toEqual(['a'])
    fail(() => refusal(401, 'IAM.0062'))
    letGo()
    expect(await Promise.all(waiting)).toEqual([401, 401, 401, 401])
    expect(logins).toEqual(['a'])
    expect(tokens.state()).toBe('refused')
  })

  test('of new projects stop after three refusals in a row, and go on when one has gone well', async () => {
    const { tokens, logins, fail } = startTokens()
    await tokens.of(ONE)
    fail((project) => (project.startsWith('bad') ? refusal(401) : undefined))
    const bad = ['1', '2', '3', '4'].map((number) => projectId(`bad${number}`))
    for (const project of bad) expect(await failureOf(tokens.of(project))).toBe(401)
    expect(logins).toEqual(['one', 'bad1', 'bad2', 'bad3'])
    expect(await failureOf(tokens.of(projectId('good')))).toBe(401)
    expect(tokens.state()).toBe('refused')

    expect(await tokens.instead(ONE, 'one-1')).toBe('one-2')
    expect(tokens.state()).toBe('ok')
    expect(await tokens.of(projectId('good'))).toBe('good-1')
    // What was refused itself stays so.
    expect(await failureOf(tokens.of(projectId('bad1')))).toBe(401)
    expect(logins).toEqual(['one', 'bad1', 'bad2', 'bad3', 'one', 'good'])
    expect(await failureOf(tokens.of(projectId('bad4')))).toBe(401)
    expect(await tokens.of(projectId('good2'))).toBe('good2-1')
  })

  test('stop for all projects where one is refused that went well before, and later for that one alone', async () => {
    const { tokens, logins, fail, wait } = startTokens(MINUTE_MS)
    const other = projectId('other')
    await tokens.of(ONE)
    await tokens.of(other)
    wait(MINUTE_MS)
    fail((project) => (project === 'one' ? refusal(401) : undefined))
    expect(await failureOf(tokens.of(ONE))).toBe(401)
    expect(await failureOf(tokens.of(other))).toBe(401)
    expect(logins).toEqual(['one', 'other', 'one'])
    wait(15 * MINUTE_MS)
    expect(await failureOf(tokens.of(ONE))).toBe(401)
    expect(await tokens.of(other)).toBe('other-2')
  })

  test.each([408, 429, 500, 503])('answered with %i are tried again by the next who asks', async (status) => {
    const { tokens, logins, fail } = startTokens()
    fail(() => refusal(status))
    for (let call = 0; call < 6; call += 1) expect(await failureOf(tokens.of(ONE))).toBe(status)
    expect(logins).toHaveLength(6)
    expect(tokens.state()).toBe('ok')
    fail(() => undefined)
    expect(await tokens.of(ONE)).toBe('one-7')
  })

  test('of a locked account stop, whatever the status', async () => {
    const { tokens, logins, fail, wait } = startTokens()
    fail(() => refusal(500, 'IAM.0061'))
    await failureOf(tokens.of(ONE))
    await failureOf(tokens.of(projectId('two')))
    expect(logins).toHaveLength(1)
    expect(tokens.state()).toBe('locked')
    // No password is looked at meanwhile, so the next try need not wait longer and longer.
    for (let quarter = 0; quarter < 8; quarter += 1) {
      wait(15 * MINUTE_MS)
      await failureOf(tokens.of(ONE))
    }
    expect(logins).toHaveLength(9)
  })

  test.each([0, 1, 4])(
    'of %i projects that went well before, and of others, never lock the account: four an hour at most',
    async (count) => {
      const { tokens, logins, fail, wait } = startTokens(MINUTE_MS)
      const wellBefore = Array.from({ length: count }, (_, index) => projectId(`well${index}`))
      const others = Array.from({ length: 9 }, (_, index) => projectId(`other${index}`))
      for (const project of wellBefore) await tokens.of(project)
      logins.length = 0
      fail(() => refusal(401))
      const perMinute: number[] = []
      for (let minute = 0; minute < 24 * 60; minute += 1) {
        wait(MINUTE_MS)
        const before = logins.length
        await Promise.all([...others, ...wellBefore].map((project) => failureOf(tokens.of(project))))
        perMinute.push(logins.length - before)
      }
      const perHour = perMinute.map((_, end) => perMinute.slice(Math.max(0, end - 59), end + 1))
      expect(Math.max(...perHour.map((hour) => hour.reduce((sum, one) => sum + one, 0)))).toBeLessThanOrEqual(
        4,
      )
      // And it is not given up for ever.
      expect(perMinute.lastIndexOf(1)).toBeGreaterThan(18 * 60)
      fail(() => undefined)
      wait(4 * HOUR_MS)
      expect(await tokens.of(ONE)).toBe('one-1')
      expect(tokens.state()).toBe('ok')
    },
  )
})
