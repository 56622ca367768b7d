import { GraphQLError, Lexer, type Source, type Token, TokenKind } from 'graphql'

/** Brackets of any kind open at once: more would exhaust the parser's stack. No operation of this schema comes near it. */
const MAX_DEPTH = 100

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

/**
 * Why a document is too long or too deeply nested to be parsed; `undefined` for one that is not. It may have as many lines as
 * tokens.
 *
 * @throws {GraphQLError} at a character that no token has
 */
export function checkTextLimits(source: Source, maxTokens: number): GraphQLError | undefined {
  const lexer = new Lexer(source)
  let depth = 0
  let tokens = 0
  let token: Token
  do {
    token = lexer.advance()
    tokens += 1
    if (OPENING.has(token.kind)) depth += 1
    else if (CLOSING.has(token.kind)) depth -= 1
    if (depth > MAX_DEPTH) return tooLarge(`is nested more than ${MAX_DEPTH} deep`, source, token.start)
    // To find the line of an error GraphQL counts the lines before it, for each error again.
    if (token.line > maxTokens) return tooLarge(`has more than ${maxTokens} lines`, source, 0)
    if (tokens > maxTokens && token.kind !== TokenKind.EOF)
      return tooLarge(`has more than ${maxTokens} tokens`, source, token.start)
  } while (token.kind !== TokenKind.EOF)
  return undefined
}

const tooLarge = (what: string, source: Source, at: number): GraphQLError =>
  new GraphQLError(`The document ${what}.`, { source, positions: [at] })
