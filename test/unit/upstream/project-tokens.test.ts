import { describe, expect, test } from 'vitest'
import { type ProjectId, projectId } from '../../../src/lib/ids.ts'
import type { LoginScope } from '../../../src/upstream/iam/create-token.ts'
import { createProjectTokens } from '../../../src/upstream/iam/project-tokens.ts'
import { NO_RESPONSE, UpstreamFailure } from '../../../src/upstream/upstream-failure.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const ONE = projectId('one')

const refusal = (status: number, errorCode: string | null = null): UpstreamFailure =>
  new UpstreamFailure(
    'REFUSED',
    { service: 'IAM', operation: 'createToken' },
    { sent: true, response: { ...NO_RESPONSE, status, errorCode } },
  )

/** Tokens named after the logins they came of, `one-1`, `one-2`; a login, or a proof of the password, fails where `failing` says so. */
function startTokens(lifeMs = 24 * HOUR_MS, configuredProject?: ProjectId) {
  const logins: string[] = []
  let proofs = 0
  let now = 0
  let failing: (project: string, scope: LoginScope) => unknown
  let held: (() => void)[] | undefined
  const {
    of,
    refresh: instead,
    ...others
  } = createProjectTokens({
    login: async (project, scope) => {
      if (scope === 'NONE') {
        proofs += 1
        const failure = failing?.(project, scope)
        if (failure !== undefined) throw failure
        return { token: 'of no project', expiresAt: now + lifeMs }
      }
      logins.push(project)
      const token = `${project}-${logins.filter((one) => one === project).length}`
      if (held !== undefined) await new Promise<void>((resolve) => held?.push(resolve))
      const failure = failing?.(project, scope)
      if (failure !== undefined) throw failure
      return { token, expiresAt: now + lifeMs }
    },
    configuredProject,
    pauseMs: HOUR_MS,
    now: () => now,
  })
  return {
    tokens: {
      ...others,
      of: (project: ProjectId, caller = 'caller') => of(project, caller),
      instead: (project: ProjectId, refused: string) => instead(project, refused, 'caller'),
    },
    logins,
    proofs: () => proofs,
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
    (error) => error.response?.status,
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
    expect(await tokens.of(ONE)).toBe('one-2')
  })

  test('is not pushed out by projects that nobody can log in to, however many', async () => {
    const { tokens, logins, fail } = startTokens()
    await tokens.of(ONE)
    fail((_project, scope) => (scope === 'PROJECT' ? refusal(404) : undefined))
    for (let index = 0; index < 600; index += 1) await failureOf(tokens.of(projectId(`p${index}`)))
    expect(tokens.of(ONE)).toBe('one-1')
    expect(logins).toHaveLength(1 + 600)
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

/** Projects that are refused, by a user whose password is right. */
const unknownProjects = (project: string, scope: LoginScope) =>
  scope === 'PROJECT' && project.startsWith('bad') ? refusal(401) : undefined

/** Half a day of callers who ask every minute, for projects that went well before and for others: when the password was sent. */
async function halfADay(
  { tokens, proofs, logins, wait }: ReturnType<typeof startTokens>,
  projects: readonly ProjectId[],
): Promise<readonly number[]> {
  const perMinute: number[] = []
  for (let minute = 0; minute < 12 * 60; minute += 1) {
    wait(MINUTE_MS)
    const before = proofs() + logins.length
    await Promise.all(projects.map((project) => failureOf(tokens.of(project))))
    perMinute.push(proofs() + logins.length - before)
  }
  return perMinute
}

describe('a wrong password', () => {
  test('is sent once: the others learn of it from the first, and no project is asked for', async () => {
    const { tokens, logins, proofs, fail } = startTokens()
    fail(() => refusal(401))
    const projects = ['a', 'b', 'c', 'd'].map((id) => projectId(id))
    const answers = await Promise.all(projects.map((project) => failureOf(tokens.of(project))))
    expect(answers).toEqual([401, 401, 401, 401])
    expect([proofs(), logins]).toEqual([1, []])
    expect(tokens.state()).toBe('refused')
  })

  test.each([0, 1, 4])(
    'with %i projects that went well before, and others, is sent once an hour, and is not given up for ever',
    async (count) => {
      const one = startTokens(MINUTE_MS)
      const wellBefore = Array.from({ length: count }, (_, index) => projectId(`well${index}`))
      const others = Array.from({ length: 9 }, (_, index) => projectId(`other${index}`))
      for (const project of wellBefore) await one.tokens.of(project)
      one.fail(() => refusal(401))
      const perMinute = await halfADay(one, [...others, ...wellBefore])
      const perHour = perMinute.map((_, end) => perMinute.slice(Math.max(0, end - 59), end + 1))
      expect(Math.max(...perHour.map((hour) => hour.reduce((sum, minute) => sum + minute, 0)))).toBe(1)
      expect(perMinute.reduce((sum, minute) => sum + minute, 0)).toBe(12)
      one.fail(() => undefined)
      one.wait(HOUR_MS)
      expect(await one.tokens.of(ONE)).toBe('one-1')
      expect(one.tokens.state()).toBe('ok')
    },
  )

  test('that IAM names only where a project is asked for is the user’s all the same', async () => {
    const { tokens, logins, fail } = startTokens()
    fail((_project, scope) => (scope === 'PROJECT' ? refusal(401, 'IAM.0062') : undefined))
    expect(await failureOf(tokens.of(ONE))).toBe(401)
    expect(await failureOf(tokens.of(projectId('two')))).toBe(401)
    expect(logins).toEqual(['one'])
    expect(tokens.state()).toBe('refused')
  })

  test('that was right a moment ago is sent twice: as a project’s refusal, and as the next one’s proof', async () => {
    const { tokens, logins, proofs, fail } = startTokens()
    await tokens.of(ONE)
    fail(() => refusal(401))
    for (const id of ['two', 'three', 'four']) expect(await failureOf(tokens.of(projectId(id)))).toBe(401)
    expect([logins, proofs()]).toEqual([['one', 'two'], 2])
  })
})

describe('a project that is refused', () => {
  test('stops no other, however many they are', async () => {
    const { tokens, logins, fail } = startTokens()
    fail(unknownProjects)
    const bad = Array.from({ length: 12 }, (_, index) => projectId(`bad${index}`))
    for (let round = 0; round < 2; round += 1) {
      for (const project of bad) expect(await failureOf(tokens.of(project))).toBe(401)
    }
    expect(logins).toHaveLength(12)
    expect(tokens.state()).toBe('ok')
    expect(await tokens.of(projectId('good'))).toBe('good-1')
    expect(await tokens.of(ONE)).toBe('one-1')
  })

  test('never has two wrong passwords sent in a row: each refusal is followed by a proof', async () => {
    const { tokens, logins, proofs, fail } = startTokens()
    fail(unknownProjects)
    for (let index = 0; index < 5; index += 1) await failureOf(tokens.of(projectId(`bad${index}`)))
    expect([logins.length, proofs()]).toEqual([5, 5])
  })

  test('and went well before stops that one alone', async () => {
    const { tokens, wait, fail } = startTokens(MINUTE_MS)
    await tokens.of(ONE)
    await tokens.of(projectId('bad'))
    wait(MINUTE_MS)
    fail(unknownProjects)
    expect(await failureOf(tokens.of(projectId('bad')))).toBe(401)
    expect(await tokens.of(ONE)).toBe('one-2')
  })

  test('is asked for again after a quarter of an hour', async () => {
    const { tokens, wait, fail } = startTokens()
    fail(unknownProjects)
    expect(await failureOf(tokens.of(projectId('bad')))).toBe(401)
    fail(() => undefined)
    wait(15 * MINUTE_MS - 1)
    expect(await failureOf(tokens.of(projectId('bad')))).toBe(401)
    wait(1)
    expect(await tokens.of(projectId('bad'))).toBe('bad-2')
  })

  test('is what the state tells if it is the gateway’s own', async () => {
    const { tokens, fail } = startTokens(HOUR_MS, projectId('bad'))
    fail(unknownProjects)
    expect(await failureOf(tokens.of(projectId('bad')))).toBe(401)
    expect(tokens.state()).toBe('refused')
    expect(await tokens.of(ONE)).toBe('one-1')
  })

  test('keeps those of other callers, and the gateway’s own, waiting for two logins at the most', async () => {
    const { tokens, logins, fail, hold, letGo } = startTokens(HOUR_MS, ONE)
    fail(unknownProjects)
    hold()
    const bad = Array.from({ length: 17 }, (_, index) =>
      failureOf(tokens.of(projectId(`bad${index}`), 'mallory')),
    )
    // One is under way, and sixteen wait.
    await expect(settled(tokens.of(projectId('bad17'), 'mallory'))).rejects.toMatchObject({
      kind: 'OVERLOADED',
    })
    await expect.poll(() => logins).toEqual(['bad0'])
    const others = [settled(tokens.of(projectId('good'), 'alice')), settled(tokens.of(ONE, 'mallory'))]
    letGo()
    expect(await Promise.all(others)).toEqual(['good-1', 'one-1'])
    expect(logins.indexOf('good')).toBeLessThanOrEqual(2)
    expect(logins.indexOf('one')).toBeLessThanOrEqual(3)
    expect(await Promise.all(bad)).toEqual(Array(17).fill(401))
  })
})

describe('logins', () => {
  test.each([408, 429, 500, 503])('answered with %i are tried again by the next who asks', async (status) => {
    const { tokens, logins, fail } = startTokens()
    fail((_project, scope) => (scope === 'PROJECT' ? refusal(status) : undefined))
    for (let call = 0; call < 6; call += 1) expect(await failureOf(tokens.of(ONE))).toBe(status)
    expect(logins).toHaveLength(6)
    expect(tokens.state()).toBe('ok')
    fail(() => undefined)
    expect(await tokens.of(ONE)).toBe('one-7')
  })

  test('of a locked account stop, whatever the status', async () => {
    const { tokens, logins, proofs, fail, wait } = startTokens()
    fail(() => refusal(500, 'IAM.0061'))
    await failureOf(tokens.of(ONE))
    await failureOf(tokens.of(projectId('two')))
    expect([proofs(), logins]).toEqual([1, []])
    expect(tokens.state()).toBe('locked')
    // No password is looked at meanwhile, so the next try need not wait for an hour.
    for (let quarter = 0; quarter < 8; quarter += 1) {
      wait(15 * MINUTE_MS)
      await failureOf(tokens.of(ONE))
    }
    expect(proofs()).toBe(9)
  })
})
