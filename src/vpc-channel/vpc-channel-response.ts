import type { VpcChannelProduct } from '../lib/products.ts'
import { vpcChannel } from './fields.ts'
import { isObject, readText } from './read-json.ts'
import type { NoteUnknown, Rows } from './row.ts'
import type { VpcChannel } from './vpc-channel.ts'

/** What the gateway knows about a channel before it reads the answer. */
export interface ChannelOrigin {
  readonly product: VpcChannelProduct
  readonly projectId: string
  readonly instanceId: string
  /** The name from the input: answers may leave it out. */
  readonly name?: string
}

/** Reads a channel from an answer of either product; `null` where the answer has none. */
export function readVpcChannel(
  body: unknown,
  { product, projectId, instanceId, name: writtenName }: ChannelOrigin,
  noteUnknown: NoteUnknown,
): VpcChannel | null {
  if (!isObject(body)) return null
  const name = readText(body['name']) ?? writtenName
  if (name === undefined) return null
  return { product, projectId, instanceId, ...vpcChannel.readFields(body, noteUnknown), name }
}

/** The REST fields that are enums. */
export const ENUM_FIELDS: readonly string[] = [...new Set(enumFieldsOf(vpcChannel.rows))]

function enumFieldsOf(rows: Rows): string[] {
  return Object.values(rows).flatMap(({ restName, otherRestName, codec }) => [
    ...(codec.isEnum ? [restName] : []),
    ...(otherRestName === undefined ? [] : [otherRestName]),
    ...enumFieldsOf(codec.rows ?? {}),
  ])
}
