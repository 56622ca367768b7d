import { configDefaults, defineConfig } from 'vitest/config'
import { SlowestFirst } from './test/support/slowest-first.ts'

/** Timers that are created while time is faked never fire: files that share them would wait forever. */
const WITH_FAKE_TIMERS = [
  'test/integration/upstream/keep-alive.test.ts',
  'test/unit/server/bounded-writer.test.ts',
  'test/unit/server/log-lines.test.ts',
  'test/unit/server/multipart-subscription.test.ts',
  'test/unit/lib/deadlines.test.ts',
  'test/unit/upstream/circuit-breaker-client.test.ts',
]

/** Their worker counts work from its start on (`workOf`). */
const WITH_COUNTED_WORK = [
  'test/integration/validation/any-input.test.ts',
  'test/integration/security/document-limits.test.ts',
  'test/integration/security/hostile-json.test.ts',
  'test/unit/errors/language.test.ts',
  'test/unit/errors/vendor-message.test.ts',
  'test/unit/security/linear-patterns.test.ts',
]

export default defineConfig({
  // Without this vitest loads graphql twice (its ESM and its CJS build) and `instanceof GraphQLError` fails.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    globalSetup: 'test/support/build-gateway.ts',
    sequence: { shuffle: true, sequencer: SlowestFirst },
    // Most of a test's time is spent waiting for sockets: more workers than cores.
    maxWorkers: 4,
    // Bounds for what hangs: a busy machine may take ten times as long as usual.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/{unit,integration,contract}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...WITH_FAKE_TIMERS, ...WITH_COUNTED_WORK],
          // Tests share no state of modules, so files may share a worker.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'fake timers', include: WITH_FAKE_TIMERS, isolate: true } },
      { extends: true, test: { name: 'counted work', include: WITH_COUNTED_WORK, isolate: true } },
    ],
  },
})
