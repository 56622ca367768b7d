import { defineConfig } from 'rolldown'
import { thirdPartyNotices } from './scripts/third-party-notices.ts'

/** Chunks that the gateway loads at their first use, by their entry module. */
const CHUNKS: Readonly<Record<string, string>> = {
  'run-gateway': 'gateway',
  'start-simulator': 'simulator',
  'start-tracing': 'tracing',
  // @graphql-yoga/render-graphiql
  esm: 'graphiql',
  // Shared by several chunks.
  'on-exit-leak-free': 'shared',
}

/** The production build: `dist/` needs `package.json` next to it, and no node_modules. */
export default defineConfig({
  input: { main: 'src/main.ts', 'simulator/main': 'src/simulator/main.ts' },
  platform: 'node',
  tsconfig: false,
  // For a terminal in development: where it is not installed the log is JSON.
  external: ['pino-pretty'],
  plugins: [thirdPartyNotices('THIRD-PARTY-NOTICES.txt')],
  // Without this, the gateway would look for an unresolved import in node_modules when it runs.
  onLog: (level, log, report) => report(log.code === 'UNRESOLVED_IMPORT' ? 'error' : level, log),
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'esm',
    minifyInternalExports: false,
    chunkFileNames: ({ name }) => `${CHUNKS[name] ?? name}.js`,
  },
})
