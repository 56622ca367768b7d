import type { Product } from '../cloud/seed.ts'
import { isJsonObject, type JsonObject } from '../http/json.ts'
import { type ParameterFault, parameterMissing, parameterRefused } from '../refusals.ts'
import type { FieldTable, Rule } from './field-table.ts'

/** Throws the refusal of the first fault in the order of the table: the cloud reports one fault at a time. */
export function checkFields(product: Product, value: JsonObject, table: FieldTable): void {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(table, name)) throw parameterRefused('unknown', name)
  }
  for (const [name, field] of Object.entries(table)) {
    if (Object.hasOwn(value, name) && value[name] !== null) checkValue(product, name, value[name], field)
    else if (field.mandatory) throw parameterMissing(product, name)
    else if (field.nullable) continue
    else if (Object.hasOwn(value, name)) throw parameterRefused('invalid', name)
  }
}

function checkValue(product: Product, name: string, value: unknown, rule: Rule): void {
  const fault = faultOf(value, rule)
  if (fault) throw parameterRefused(fault, name)
  if (rule.type === 'object') checkFields(product, value as JsonObject, rule.fields)
  if (rule.type === 'array') {
    for (const item of value as unknown[]) checkValue(product, name, item, rule.of)
  }
}

function faultOf(value: unknown, rule: Rule): ParameterFault | undefined {
  switch (rule.type) {
    case 'string':
      return typeof value === 'string' ? faultOfText(value, rule) : 'invalid'
    case 'integer':
      return Number.isInteger(value) ? faultOfNumber(value as number, rule) : 'invalid'
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'invalid'
    case 'object':
      return isJsonObject(value) ? undefined : 'invalid'
    case 'array':
      return Array.isArray(value) ? faultOfCount(value.length, rule) : 'invalid'
  }
}

function faultOfCount(count: number, rule: Rule & { type: 'array' }): ParameterFault | undefined {
  if (count < (rule.min ?? 0)) return 'tooShort'
  return count > (rule.max ?? Number.POSITIVE_INFINITY) ? 'tooLong' : undefined
}

function faultOfText(value: string, rule: Rule & { type: 'string' }): ParameterFault | undefined {
  // The pages count characters, and a Chinese one may be two UTF-16 units.
  const length = [...value].length
  if (length < (rule.min ?? 0)) return 'tooShort'
  if (length > (rule.max ?? Number.POSITIVE_INFINITY)) return 'tooLong'
  return rule.pattern && !rule.pattern.test(value) ? 'invalid' : undefined
}

function faultOfNumber(value: number, rule: Rule & { type: 'integer' }): ParameterFault | undefined {
  if (value < (rule.min ?? Number.NEGATIVE_INFINITY)) return 'tooSmall'
  return value > (rule.max ?? Number.POSITIVE_INFINITY) ? 'tooLarge' : undefined
}
