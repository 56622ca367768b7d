import { randomUUID } from 'node:crypto'

/** 32 hexadecimal digits, as every id on the pages. */
export function newId(): string {
  return randomUUID().replaceAll('-', '')
}
