import { defineConfig, mergeConfig } from 'vitest/config'
import unitConfig from './vitest.config.ts'

/** Tests that need what `npm test` does without: Debian's Chromium, and Hive Gateway's own packages. */
export default mergeConfig(
  { ...unitConfig, test: { ...unitConfig.test, include: [] } },
  defineConfig({ test: { include: ['test/e2e/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 180_000 } }),
)
