import { schema } from '../../graphql/schema.ts'
import { sdlOf } from '../../graphql/subgraph-sdl.ts'
import { SharedText } from '../http/shared-text.ts'

/** The subgraph's SDL as it is written in a JSON answer, by far the longest text that anyone may ask for. */
export const sharedSdl = new SharedText(() => JSON.stringify(sdlOf(schema)).slice(1, -1))
