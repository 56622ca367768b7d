import type { CallRecord } from '../../../upstream/client/call-context.ts'

/** A REST call as members of a JSON object. Names of operations are ours; codes and ids have been checked where they were read. */
export const callMembers = ({ service, operation, status, errorCode, requestId }: CallRecord): string =>
  `"service":"${service}","operation":"${operation}","status":${status},"errorCode":${quoted(errorCode)},"requestId":${quoted(requestId)}`

const quoted = (text: string | null): string => (text === null ? 'null' : `"${text}"`)
