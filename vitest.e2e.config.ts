import { defineConfig, mergeConfig } from 'vitest/config'
import unitConfig from './vitest.config.ts'

/** The projects are those of `npm test`. */
const { projects: _, ...shared } = unitConfig.test ?? {}

/** Tests that need more than `npm test` does: Debian's Chromium, and the packages of Hive Gateway. */
export default mergeConfig(
  { ...unitConfig, test: shared },
  defineConfig({
    test: { include: ['test/e2e/**/*.test.ts'], isolate: false, testTimeout: 300_000, hookTimeout: 300_000 },
  }),
)
