import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { SIMULATOR_MAIN, startProcess } from '../support/start-process.ts'

/** A port of 127.0.0.1 that is taken. */
async function takenPort() {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: String((server.address() as { port: number }).port),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

test.each(['PORT', 'METRICS_PORT', 'PROBE_PORT'])(
  'a busy %s is one line, and ends the process',
  async (name) => {
    await using taken = await takenPort()
    await using process = startProcess({ [name]: taken.port })
    expect(await process.exited).toBe(1)
    expect(process.errors).toEqual([
      expect.stringContaining(`Cannot listen on 127.0.0.1:${taken.port}: another process uses this port.`),
    ])
  },
)

test.each([
  [['--port', '5000'], 1, 'The gateway takes no arguments (--port): set the environment variable PORT.'],
  [['serve'], 1, 'The gateway takes no arguments (serve): see --help.'],
])('the gateway answers %j with one line', async (args, code, line) => {
  await using process = startProcess({}, undefined, [], 'pipe', args)
  expect(await process.exited).toBe(code)
  expect(process.errors).toEqual([line])
})

test('--help names the first settings and where the others are', async () => {
  await using process = startProcess({}, undefined, [], 'pipe', ['--help'])
  expect(await process.exited).toBe(0)
  expect(process.lines.join('\n')).toMatch(/Usage: npm start.*docs\/settings\.md.*HW_REGION_NAME/s)
})

test('the simulator says in one line that its port is busy', async () => {
  await using taken = await takenPort()
  await using process = startProcess({}, SIMULATOR_MAIN, [], 'pipe', ['--port', taken.port])
  expect(await process.exited).toBe(1)
  expect(process.errors).toEqual([expect.stringContaining(`address already in use 127.0.0.1:${taken.port}`)])
})

test.each([
  [['--port', '70000'], '--port: must be a number from 0 to 65535, not "70000"'],
  [['--prot', '1'], "Unknown option '--prot'"],
])('the simulator answers %j with one line', async (args, line) => {
  await using process = startProcess({}, SIMULATOR_MAIN, [], 'pipe', args)
  expect(await process.exited).toBe(1)
  expect(process.errors).toEqual([`simulator: ${line}; --help shows the options`])
})

test('the simulator shows its options', async () => {
  await using process = startProcess({}, SIMULATOR_MAIN, [], 'pipe', ['--help'])
  expect(await process.exited).toBe(0)
  expect(process.lines.join('\n')).toContain('--port')
})

test('the sandbox tells what there is to try', async () => {
  await using process = startProcess({ HOST: '127.0.0.1' })
  await process.firstLine
  await expect.poll(() => process.lines.join('\n')).toContain('GraphiQL')
  const log = process.lines.map((line) => JSON.parse(line).msg).join('\n')
  for (const part of [
    'Project: 5fd5d4b1c2a64b7a9d3a3d2f0c9b8e71',
    'APIG instances: eddc4d25480b4cd6b512f270a1b8b341 (apig-sandbox-1)',
    'ROMA Connect instances: eea73cde015940908ae0117d67bf7330 (test1)',
    'cca73cde015940908ae0117d67bf7330 (full; room for 1 channel)',
    '6c41b1f0-9c1e-4d57-8f5b-2f2d3e8a7b01 (ecs-web-01, 192.168.0.11)',
    '9c25b05d-a1d2-4d5e-9b0a-3b7f0c1e2d3a (cse-sandbox; service 8aed4e1b0b7d9c5a, orders)',
    'ab1485b4f91b45abbcd560be591f7309 (cce-test)',
    '/_simulator/faults',
    'GraphiQL, in a browser: http://127.0.0.1:',
  ]) {
    expect(log).toContain(part)
  }
})
