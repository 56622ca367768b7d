import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Without this vitest loads graphql twice (its ESM and its CJS build) and `instanceof GraphQLError` fails.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/{unit,integration,contract}/**/*.test.ts'],
    sequence: { shuffle: true },
    // Tests share no state of modules, so files may share a worker.
    isolate: false,
    // Most of a test's time is spent waiting for sockets: more workers than cores.
    maxWorkers: 4,
    testTimeout: 20_000,
    // What is waited for comes soon; a busy machine may take longer than the usual second.
    expect: { poll: { timeout: 10_000 } },
  },
})
