import { defineConfig } from 'rolldown'
import { thirdPartyNotices } from './scripts/third-party-notices.ts'

/** What is loaded when it is first needed, by the module that it begins with. */
const CHUNKS: Readonly<Record<string, string>> = {
  'run-gateway': 'gateway',
  'start-simulator': 'simulator',
  'start-tracing': 'tracing',
  // @graphql-yoga/render-graphiql
  esm: 'graphiql',
  // What several of them need.
  'on-exit-leak-free': 'shared',
}

/** The production build: `dist/` runs with `package.json` beside it and without node_modules. */
export default defineConfig({
  input: { main: 'src/main.ts', 'simulator/main': 'src/simulator/main.ts' },
  platform: 'node',
  tsconfig: false,
  // For a terminal in development: where it is not installed the log is JSON.
  external: ['pino-pretty'],
  plugins: [thirdPartyNotices('THIRD-PARTY-NOTICES.txt')],
  // An import that cannot be bundled would be looked for in node_modules when the gateway runs.
  onLog: (level, log, report) => report(log.code === 'UNRESOLVED_IMPORT' ? 'error' : level, log),
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'esm',
    minifyInternalExports: false,
    chunkFileNames: ({ name }) => `${CHUNKS[name] ?? name}.js`,
  },
})
