import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Loaded before a program (`node --import`): what V8 has compiled is kept, and the next start takes it from there.

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)))
