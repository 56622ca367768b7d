/** One of the vendor's tables, a row per REST field. */
export type FieldTable = { readonly [restName: string]: Field }

/** `nullable`: the cloud takes `null` as if the field was left out. */
export type Field = Rule & { readonly mandatory?: true; readonly nullable?: true }

export type Rule =
  | { readonly type: 'string'; readonly min?: number; readonly max?: number; readonly pattern?: RegExp }
  | { readonly type: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'object'; readonly fields: FieldTable }
  | { readonly type: 'array'; readonly of: Rule; readonly min?: number; readonly max?: number }
