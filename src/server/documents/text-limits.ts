import { GraphQLError, Lexer, type Source, type Token, TokenKind } from 'graphql'

/** Brackets of any kind open at once: more would exhaust the parser's stack. No operation of this schema comes near it. */
const MAX_DEPTH = 100

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

/** Throws at a document that is too long or too deeply nested to be parsed. */
export function refuseLargeText(source: Source, mostTokens: number): void {
  const lexer = new Lexer(source)
  let depth = 0
  let tokens = 0
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    tokens += 1
    if (OPENING.has(token.kind)) depth += 1
    else if (CLOSING.has(token.kind)) depth -= 1
    if (depth > MAX_DEPTH)
      throw tooLarge(`The document is nested more than ${MAX_DEPTH} deep.`, source, token)
    if (tokens > mostTokens) throw tooLarge(`The document has more than ${mostTokens} tokens.`, source, token)
  }
}

const tooLarge = (message: string, source: Source, token: Token): GraphQLError =>
  new GraphQLError(message, {
    source,
    positions: [token.start],
    extensions: { code: 'GRAPHQL_PARSE_FAILED', http: { status: 400, spec: true } },
  })
