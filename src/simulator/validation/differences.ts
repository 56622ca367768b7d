import type { Edition } from '../cloud/edition.ts'
import type { Product } from '../cloud/seed.ts'

const CHINESE_OR_LATIN = /^[\p{Script=Han}A-Za-z0-9_.-]+$/u
const DOTTED_DICT_CODE = /^[A-Za-z0-9_.-]+$/
const DOTTED_NAME = /^[\p{Script=Han}A-Za-z][\p{Script=Han}A-Za-z0-9_.-]*$/u
const METHOD = /^(GET|HEAD)$/

/** The rows in which products and editions differ. */
export interface Differences {
  readonly name: RegExp
  readonly dictCode: RegExp
  readonly ecsName: RegExp
  readonly method?: RegExp
  readonly serviceType: RegExp
  readonly minThreshold: number
  readonly minInterval: number
  readonly minTimeout: number
  readonly maxHost: number
  readonly minGroupName: number
  readonly maxGroupName?: number
  readonly groupName?: RegExp
  readonly maxRemark?: number
  /** The protocols of a health check that need a path. */
  readonly withPath: readonly string[]
  /** A check must be answered before the next one: in the pages, and not enforced by the live service. */
  readonly timeoutIsBelowInterval: boolean
}

const PAGES = {
  serviceType: /^(CSE|CCE)$/,
  minInterval: 5,
  minTimeout: 2,
  maxHost: 64,
  minGroupName: 1,
  timeoutIsBelowInterval: true,
}

const CURRENT = {
  // The ROMA Connect page of 2025-12-18; the vendor's description of ROMA Connect of 2025-09-02 has no dot.
  name: DOTTED_NAME,
  dictCode: DOTTED_DICT_CODE,
  ecsName: CHINESE_OR_LATIN,
  method: METHOD,
  minThreshold: 1,
  minGroupName: 3,
  maxGroupName: 64,
  groupName: DOTTED_NAME,
  withPath: ['http', 'https'],
  timeoutIsBelowInterval: false,
}

export const DIFFERENCES: Readonly<Record<Edition, Readonly<Record<Product, Differences>>>> = {
  pages: {
    APIG: {
      ...PAGES,
      name: /^[\p{Script=Han}A-Za-z][\p{Script=Han}A-Za-z0-9_-]*$/u,
      dictCode: DOTTED_DICT_CODE,
      ecsName: CHINESE_OR_LATIN,
      method: METHOD,
      minThreshold: 2,
      withPath: ['http', 'https'],
    },
    ROMA_CONNECT: {
      ...PAGES,
      name: /^[A-Za-z][A-Za-z0-9_-]*$/,
      dictCode: /^[A-Za-z0-9_-]+$/,
      ecsName: /^[A-Za-z0-9_.-]+$/,
      minThreshold: 1,
      withPath: ['http'],
    },
  },
  current: {
    APIG: {
      ...CURRENT,
      serviceType: /^(CSE|CCE|CCE_SERVICE|NACOS)$/,
      minInterval: 1,
      minTimeout: 1,
      maxHost: 255,
      maxRemark: 255,
    },
    ROMA_CONNECT: { ...CURRENT, serviceType: /^(CSE|CCE)$/, minInterval: 5, minTimeout: 2, maxHost: 64 },
  },
}
