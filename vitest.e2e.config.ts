import { defineConfig, mergeConfig } from 'vitest/config'
import unitConfig from './vitest.config.ts'

/** Tests that drive a browser: they need Debian's Chromium, which `npm test` does without. */
export default mergeConfig(
  { ...unitConfig, test: { ...unitConfig.test, include: [] } },
  defineConfig({ test: { include: ['test/e2e/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } }),
)
