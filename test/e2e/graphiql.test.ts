import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { startGateway } from '../support/start-gateway.ts'

const CHROMIUM = '/usr/bin/chromium'

let browser: Browser

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) throw new Error('needs Chromium: apt-get update && apt-get install -y chromium')
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
})

afterAll(() => browser?.close())

/** GraphiQL as a newcomer meets it, in front of the simulator, and every URL the page has asked for. */
async function openGraphiql() {
  const stack = new AsyncDisposableStack()
  const simulator = stack.use(await startSimulator())
  const gateway = stack.use(
    await startGateway({ upstream: simulator.url, sandboxToken: simulator.issueToken(), graphiql: true }),
  )
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  stack.defer(() => context.close())
  const page = await context.newPage()
  const requested: string[] = []
  const failures: string[] = []
  page.on('request', (request) => requested.push(request.url()))
  page.on('console', (message) => message.type() === 'error' && failures.push(message.text()))
  page.on('pageerror', (error) => failures.push(error.message))
  // `/` leads to GraphiQL, so a newcomer need not know the path.
  await page.goto(gateway.url.replace('/graphql', '/'))
  await tab(page, 'CreateVpcChannel').waitFor()
  return { page, simulator, requested, failures, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

const tab = (page: Page, name: string) => page.locator(`[role=tab] button[title=${name}]`)

/** Presses play and answers the text of the result pane once it shows `expected`. */
async function run(page: Page, expected: string): Promise<string> {
  const play = page.getByRole('button', { name: /execute query/i })
  const result = page.locator('.result-window')
  await play.click()
  const shown = async () => {
    const text = await result.innerText()
    // GraphiQL needs a moment to read a tab's document: nothing was sent yet.
    if (/Cannot\sinfer\soperation/.test(text)) await play.click()
    return text
  }
  await expect.poll(shown, { timeout: 60_000 }).toContain(expected)
  return result.innerText()
}

test('GraphiQL opens with a query and both mutations, runs them all, and talks to 127.0.0.1 alone', async () => {
  await using graphiql = await openGraphiql()
  const { page, simulator } = graphiql

  expect(await run(page, 'payments')).toContain('105c6902457144a4820dff8b1ad63331')

  await tab(page, 'CreateVpcChannel').click()
  const created = await run(page, 'VPC_demo')
  expect(created).toContain('"createVpcChannel"')
  expect(created).not.toContain('"errors"')
  expect(simulator.calls).toContainEqual(
    expect.objectContaining({
      method: 'POST',
      status: 201,
      body: expect.objectContaining({ name: 'VPC_demo' }),
    }),
  )

  await tab(page, 'UpsertProjectVpcChannels').click()
  expect(await run(page, 'SUCCEEDED')).toContain('test2')

  const hosts = graphiql.requested
    .filter((url) => !/^(blob|data):/.test(url))
    .map((url) => new URL(url).hostname)
  expect([...new Set(hosts)]).toEqual(['127.0.0.1'])
  expect(graphiql.failures).toEqual([])
})

test('a second creation of the same name shows the conflict, and that nothing was written', async () => {
  await using graphiql = await openGraphiql()
  await tab(graphiql.page, 'CreateVpcChannel').click()
  await run(graphiql.page, 'VPC_demo')
  expect(await run(graphiql.page, 'CHANNEL_NAME_TAKEN')).toContain('NOT_APPLIED')
})

/** Replaces the document of the open tab. GraphiQL closes brackets by itself: what it adds at the end is deleted. */
async function writeDocument(page: Page, document: string): Promise<void> {
  await page.locator('.graphiql-query-editor .view-lines').click()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(document)
  await page.keyboard.press('Control+Shift+End')
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: /prettify/i }).click()
  await page.locator('.graphiql-query-editor .view-lines').click()
  await page.keyboard.press('Control+Home')
}

const TOO_HEAVY = `mutation CreateVpcChannel { createVpcChannel(input: {
  instanceId: "eddc4d25480b4cd6b512f270a1b8b341", name: "orders", port: 8080, memberType: IP,
  members: [{ host: "192.168.0.5", weight: 50 }, { host: "192.168.0.6", weight: 20000 }]
}) { outcome vpcChannel { id name } } }`.replaceAll('\n', ' ')

// With SCREENSHOT=docs/images/graphiql-error.png this test takes the picture of the README.
test('a value that breaks a rule is named by its path, and nothing is sent', async () => {
  await using graphiql = await openGraphiql()
  const { page, simulator } = graphiql
  await page.setViewportSize({ width: 1280, height: 760 })
  await tab(page, 'CreateVpcChannel').click()
  await expect.poll(() => page.locator('.graphiql-query-editor').innerText()).toContain('createVpcChannel')
  await writeDocument(page, TOO_HEAVY)
  await page.getByRole('button', { name: /hide editor tools/i }).click()
  const shown = (await run(page, 'RANGE')).replaceAll(/\s/g, '')
  expect(shown).toContain('"path":["input","members",1,"weight"],"rule":"RANGE"')
  expect(simulator.calls.filter(({ method }) => method === 'POST')).toEqual([])
  const path = process.env['SCREENSHOT']
  if (path) await page.screenshot({ path, clip: { x: 60, y: 14, width: 1206, height: 732 } })
})

/** Replaces the variables of the open tab. */
async function writeVariables(page: Page, variables: object): Promise<void> {
  const editor = page.locator('.graphiql-editor-tool .view-lines').first()
  await editor.click()
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(JSON.stringify(variables))
}

const underlined = (page: Page) => page.locator('.squiggly-error, .squiggly-warning').count()

test('the variables editor underlines a missing field, and no field that has a default', async () => {
  await using graphiql = await openGraphiql()
  const { page } = graphiql
  await tab(page, 'CreateVpcChannel').click()
  await expect.poll(() => page.locator('.graphiql-query-editor').innerText()).toContain('createVpcChannel')
  const input = { instanceId: 'eddc4d25480b4cd6b512f270a1b8b341', name: 'orders' }
  await writeVariables(page, { input })
  await expect.poll(() => underlined(page)).toBe(1)
  await writeVariables(page, { input: { ...input, port: 8080 } })
  await expect.poll(() => underlined(page)).toBe(0)
})

test('the page has a name and an icon, the docs begin with the schema, and federation comes last', async () => {
  await using graphiql = await openGraphiql()
  const { page } = graphiql
  expect(await page.title()).toBe('VPC channel gateway (sandbox)')
  expect(await page.locator('link[rel=icon]').getAttribute('href')).toMatch(/^data:image\/svg/)
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  const docs = page.locator('.graphiql-doc-explorer-content')
  await expect.poll(() => docs.innerText()).toContain('X-Auth-Token')
  const text = await docs.innerText()
  expect(text).toContain('NOT_APPLIED')
  expect(text.indexOf('_Service')).toBeGreaterThan(text.indexOf('VpcChannelConnection'))
})

test.each([1366, 600, 390])('at a width of %i px no part of the page is out of reach', async (width) => {
  await using graphiql = await openGraphiql()
  const { page } = graphiql
  await page.setViewportSize({ width, height: 768 })
  await run(page, 'payments')
  const boxes = await page.evaluate(() =>
    ['.graphiql-query-editor', '.graphiql-execute-button', '.result-window', '.graphiql-tabs'].map((name) => {
      const { left, right, width, height } = (document.querySelector(name) as Element).getBoundingClientRect()
      return { name, left, right, width, height }
    }),
  )
  for (const box of boxes) {
    expect(box.left, box.name).toBeGreaterThanOrEqual(0)
    expect(box.right, box.name).toBeLessThanOrEqual(width)
    expect(box.height, box.name).toBeGreaterThan(20)
  }
  // Half of the window and more is for the answer, or for the document.
  expect(boxes[2]?.width).toBeGreaterThan(width < 800 ? width * 0.8 : width * 0.4)
  expect(await page.locator('meta[name=viewport]').getAttribute('content')).toContain('width=device-width')
})

test('the comments of the first tabs are whole at 1366 px', async () => {
  await using graphiql = await openGraphiql()
  const { page } = graphiql
  await page.setViewportSize({ width: 1366, height: 768 })
  const play = page.getByRole('button', { name: /execute query/i })
  for (const name of [
    'VpcChannel',
    'CreateVpcChannel',
    'PlanProjectVpcChannels',
    'UpsertProjectVpcChannels',
  ]) {
    await tab(page, name).click()
    const comments = page.locator('.graphiql-query-editor .view-line', { hasText: '#' }).locator('> span')
    await expect.poll(() => comments.count()).toBeGreaterThan(0)
    const edge = (await play.boundingBox())?.x ?? 0
    for (const line of await comments.all()) {
      const box = await line.boundingBox()
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(edge)
    }
  }
})

test('what is typed into the headers editor does not outlive the page', async () => {
  await using graphiql = await openGraphiql()
  const { page } = graphiql
  await page.getByRole('button', { name: 'Headers' }).click()
  await page.locator('.graphiql-editor-tool .monaco-editor').last().click()
  await page.keyboard.type('{"X-Auth-Token":"a-token-of-mine"}')
  // The sandbox's credentials are used in place of a token that the simulator has not issued.
  await run(page, 'payments')
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  expect(stored).not.toContain('a-token-of-mine')
})
