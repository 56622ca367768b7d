import type { Given } from './start-faults.ts'

/** Programs read these in both cases, and the one in lower case first. */
export const withProxyNames = (given: Given): Given => ({
  ...given,
  ...Object.fromEntries(
    ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].flatMap((name) => {
      const lower = given[name.toLowerCase()]
      return lower === undefined ? [] : [[name, lower]]
    }),
  ),
})
