import { createVpcChannelWrite } from './create-vpc-channel.ts'
import { upsertProjectVpcChannelsWrite } from './upsert-project-vpc-channels.ts'
import type { WriteEntry } from './write.ts'

const ALL: readonly WriteEntry[] = [createVpcChannelWrite, upsertProjectVpcChannelsWrite]

/** The registry of writes, by their field. */
export const writes: ReadonlyMap<string, WriteEntry> = new Map(ALL.map((write) => [write.field, write]))

/** The same, by each field that takes a write's input: the write and its plans. */
export const writesByInput: ReadonlyMap<string, WriteEntry> = new Map(
  ALL.flatMap((write) => [write.field, ...write.planFields].map((field) => [field, write])),
)
