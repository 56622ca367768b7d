import { GraphQLError, Lexer, type Source, type Token, TokenKind } from 'graphql'

/** Brackets of any kind open at once: more would exhaust the parser's stack. No operation of this schema comes near it. */
const MAX_DEPTH = 100

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

/**
 * Why a document is too long or too deeply nested to be parsed; `undefined` for one that is not.
 *
 * @throws {GraphQLError} at a character that no token has
 */
export function checkTextLimits(source: Source, maxTokens: number): GraphQLError | undefined {
  const lexer = new Lexer(source)
  let depth = 0
  let tokens = 0
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    tokens += 1
    if (OPENING.has(token.kind)) depth += 1
    else if (CLOSING.has(token.kind)) depth -= 1
    if (depth > MAX_DEPTH)
      return tooLarge(`The document is nested more than ${MAX_DEPTH} deep.`, source, token)
    if (tokens > maxTokens) return tooLarge(`The document has more than ${maxTokens} tokens.`, source, token)
  }
  return undefined
}

const tooLarge = (message: string, source: Source, token: Token): GraphQLError =>
  new GraphQLError(message, { source, positions: [token.start] })
