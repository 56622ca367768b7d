import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { checkDocument } from './documents/check-document.ts'
import type { DocumentLimits } from './documents/document-limits.ts'
import { refuseLargeText, sourceOf } from './documents/text-limits.ts'
import type { Profile } from './profile.ts'

/** Holds documents to their limits. Looks only at documents that are new: Yoga keeps what came of the others. */
export function documentPlugin(limits: DocumentLimits, profile: Profile): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((text: string, options?: object) => {
        const source = sourceOf(text)
        refuseLargeText(source, limits.tokens)
        return parseFn(source, options)
      })
    },
    onValidate({ setValidationFn }) {
      setValidationFn((schema: GraphQLSchema, document: DocumentNode) =>
        checkDocument(schema, document, limits, profile),
      )
    },
  }
}
