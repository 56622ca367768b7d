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

test('what is typed into the headers editor does not outlive the page', async () => {
  await using graphiql = await openGraphiql()
  const { page } = graphiql
  await page.getByRole('button', { name: 'Headers' }).click()
  await page.locator('.graphiql-editor-tool .monaco-editor').last().click()
  await page.keyboard.type('{"X-Auth-Token":"a-token-of-mine"}')
  await run(page, 'TOKEN_INVALID')
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  expect(stored).not.toContain('a-token-of-mine')
})
