/** The JSON object that a REST call sends. */
export type RequestBody = Readonly<Record<string, unknown>>
