import {
  emptyOf,
  PAGE_CCE,
  PAGE_CHANNEL,
  PAGE_CSE,
  PAGE_GROUP,
  PAGE_HEALTH_CHECK,
  PAGE_MEMBER,
  PAGE_MICROSERVICE,
} from '../fixtures/page-fields.ts'
import { PROJECT_ID } from '../support/start-gateway.ts'
import { APIG_INSTANCE, CHANNEL_ID } from './start-pair.ts'

/** The least a GET by id may answer. */
export const SMALLEST_ANSWER = { id: CHANNEL_ID, name: 'VPC_demo' }

/** What it reads as: everything that may be missing is null, the list of groups is empty. */
export const SMALLEST_CHANNEL = {
  product: 'APIG',
  projectId: PROJECT_ID,
  instanceId: APIG_INSTANCE,
  instance: { id: APIG_INSTANCE },
  ...emptyOf(PAGE_CHANNEL),
  id: CHANNEL_ID,
  name: 'VPC_demo',
  memberGroups: [] as object[],
  members: null as object[] | null,
  healthCheck: null as object | null,
  microservice: null as object | null,
}

export const EMPTY_GROUP = emptyOf(PAGE_GROUP)
export const EMPTY_MEMBER = emptyOf(PAGE_MEMBER)
export const EMPTY_HEALTH_CHECK = emptyOf(PAGE_HEALTH_CHECK)

export const EMPTY_CSE = {
  __typename: 'VpcChannelCseMicroservice',
  serviceType: 'CSE',
  ...emptyOf(PAGE_MICROSERVICE),
  ...emptyOf(PAGE_CSE),
}

export const EMPTY_CCE = {
  __typename: 'VpcChannelCceMicroservice',
  serviceType: 'CCE',
  ...emptyOf(PAGE_MICROSERVICE),
  ...emptyOf(PAGE_CCE),
}
