import type { VpcChannelProduct } from '../lib/products.ts'
import type { healthCheck, member, memberGroup, microserviceLabel, vpcChannel } from './fields.ts'
import type { AnswerOf } from './object-codec.ts'

/**
 * A VPC channel as GraphQL shows it: its plain properties are the type's fields.
 * `null`: the channel has no such value; `undefined`: the answer leaves the field out.
 */
export interface VpcChannel extends AnswerOf<typeof vpcChannel> {
  product: VpcChannelProduct
  projectId: string
  instanceId: string
  name: string
}

export type MemberGroup = AnswerOf<typeof memberGroup>
export type MicroserviceLabel = AnswerOf<typeof microserviceLabel>
export type Member = AnswerOf<typeof member>
export type HealthCheck = AnswerOf<typeof healthCheck>
export type Microservice = NonNullable<VpcChannel['microservice']>
export type CseMicroservice = Extract<Microservice, { serviceType: 'CSE' }>
export type CceMicroservice = Extract<Microservice, { serviceType: 'CCE' }>
