import { isId } from '../../../lib/ids.ts'
import type { AskedWrite } from '../../../operations/write-record.ts'
import type { RequestSecrets } from '../../http/request-secrets.ts'
import type { DescribedOperation } from '../described-operation.ts'

/** A write, and by whom it is asked for. */
export interface WriteIdentity extends Pick<DescribedOperation, 'kind' | 'name'> {
  readonly requestId: string
  readonly traceId: string | undefined
  readonly who: string
  readonly asked: AskedWrite
  readonly secrets: RequestSecrets
}

/** Letters of any language: the cloud is laxer than its pages. Nothing that could pass for something else in a line. */
const NAME = /^[\p{L}\p{N}_.-]{1,64}$/u

/** What is asked for, and by whom, as members of a JSON object. It is the same in both lines of a write, and made once. */
export const askedMembers = (begun: WriteIdentity): string =>
  JSON.stringify({
    requestId: begun.requestId,
    traceId: begun.traceId,
    who: begun.who,
    kind: begun.kind,
    operationName: begun.name,
    field: begun.asked.field,
    projectId: shown(begun.asked.projectId, isId, begun),
    name: shown(begun.asked.name, isName, begun),
    requested: begun.asked.instanceIds.length,
  }).slice(1, -1)

const isName = (text: string): boolean => NAME.test(text)

/** A text of the caller's or of the cloud's, where it looks like what it is to be, and is no secret. */
export const shown = (
  text: string | null | undefined,
  isFit: (text: string) => boolean,
  { secrets }: Pick<WriteIdentity, 'secrets'>,
): string | null => (typeof text === 'string' && isFit(text) && !secrets.include(text) ? text : null)
