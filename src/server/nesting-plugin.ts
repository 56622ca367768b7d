import { GraphQLError, Lexer, Source, TokenKind } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Brackets of any kind open at once. No operation of this schema comes near it. */
const DEEPEST = 100

/** Refuses a document whose nesting would exhaust the parser's stack. Looks only at documents that are new to the cache. */
export function nestingPlugin(): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source: string | Source, options?: object) => {
        refuseDeepNesting(typeof source === 'string' ? new Source(source) : source)
        return parseFn(source, options)
      })
    },
  }
}

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

function refuseDeepNesting(source: Source): void {
  const lexer = new Lexer(source)
  let depth = 0
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    if (OPENING.has(token.kind)) depth += 1
    else if (CLOSING.has(token.kind)) depth -= 1
    if (depth > DEEPEST) {
      throw new GraphQLError(`The document is nested more than ${DEEPEST} deep.`, {
        source,
        positions: [token.start],
        extensions: { code: 'GRAPHQL_PARSE_FAILED', http: { status: 400, spec: true } },
      })
    }
  }
}
