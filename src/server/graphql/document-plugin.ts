import { type DocumentNode, type GraphQLSchema, Source } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { CompiledOperations } from '../../execution/compiled-operations.ts'
import { checkDocument } from '../documents/check-document.ts'
import type { DocumentLimits } from '../documents/document-limits.ts'
import { ownText } from '../documents/own-text.ts'
import { refuseLargeText } from '../documents/text-limits.ts'
import type { Profile } from '../profile.ts'
import type { ServerContext } from '../request-context.ts'

/** Parses documents that are not known, holds them to their limits, and keeps those that are valid. */
export function documentPlugin(
  limits: DocumentLimits,
  profile: Profile,
  operations: CompiledOperations,
): Plugin<ServerContext, ServerContext> {
  const knownDocument = ({ requestContext: context }: ServerContext): DocumentNode | undefined =>
    operations.document(context.params.query ?? '')

  return {
    onParse({ context, parseFn, setParseFn, setParsedDocument }) {
      const known = knownDocument(context)
      if (known !== undefined) return setParsedDocument(known)
      setParseFn((text: string, options?: object) => {
        const source = new Source(ownText(text))
        refuseLargeText(source, limits.tokens)
        return parseFn(source, options)
      })
    },
    onValidate({ context, params: { documentAST }, setResult, setValidationFn }) {
      if (knownDocument(context) === documentAST) return setResult([])
      setValidationFn((schema: GraphQLSchema, document: DocumentNode) =>
        checkDocument(schema, document, limits, profile),
      )
      return ({ valid }) => {
        const text = documentAST.loc?.source.body
        if (valid && text !== undefined) operations.add(text, documentAST)
      }
    },
  }
}
