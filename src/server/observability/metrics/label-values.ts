import type { CallRecord } from '../../../upstream/client/call-context.ts'
import { copyString } from '../../documents/copy-string.ts'
import type { OperationReport } from '../operation-report.ts'

const MAX_NAMES = 200
const MAX_CODES = 100

/** What callers and the cloud choose is let into labels only up to a number; the rest is `other`. */
export function createLabelValues() {
  const names = createKnown(/^\w{1,100}$/, MAX_NAMES)
  const fields = createKnown(/^\w{1,100}$/, MAX_NAMES)
  const outcomes = createKnown(/^[A-Z_]{1,60}$|^ok$|^partial$/, MAX_CODES)
  const vendorCodes = createKnown(/^[A-Z]{2,8}\.\d{4}$/, MAX_CODES)
  const upstreamOperations = createKnown(/^\w{1,60}$/, MAX_CODES)
  return {
    /** A name takes a place only with an operation that the cloud has answered: not everybody can use them up. */
    operation: ({ name, ran, calls }: OperationReport): string => {
      if (!ran) return 'invalid'
      return name === undefined ? 'anonymous' : names.labelOf(name, calls)
    },
    field: ({ ran, fields: [first, second] }: OperationReport): string => {
      if (!ran || first === undefined) return 'none'
      return second === undefined ? fields.labelOf(first) : 'several'
    },
    outcome: (outcome: string): string => outcomes.labelOf(outcome),
    upstreamOperation: (operation: string): string => upstreamOperations.labelOf(operation),
    status: (status: number | null): string => (status === null ? 'none' : String(status)),
    vendorCode: (code: string | null): string => (code === null ? 'none' : vendorCodes.labelOf(code)),
  }
}

function createKnown(pattern: RegExp, most: number) {
  const known = new Set<string>()
  return {
    /** `calls` are what a value that is not known yet has to show for itself, where anybody can send one. */
    labelOf: (value: string, calls?: readonly CallRecord[]): string => {
      if (known.has(value)) return value
      if (known.size >= most || !pattern.test(value) || calls?.some(isWelcome) === false) return 'other'
      known.add(copyString(value))
      return value
    },
  }
}

/** Whether the cloud has answered a caller that it knows. */
const isWelcome = ({ status }: CallRecord): boolean => status !== null && status !== 401 && status < 500
