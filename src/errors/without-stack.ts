/** Does what may make errors without their stacks: where an answer to a caller was made is of no use, and costs more to note than the answer. */
export function withoutStack<Made>(make: () => Made): Made {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}
