import type { Effect } from '../../errors/error-code.ts'
import { errorMessage } from '../../errors/error-messages.ts'
import { faultMessage } from '../../errors/fault-messages.ts'
import type { GatewayError, Retry, UpstreamDetails } from '../../errors/gateway-error.ts'
import type { ValidationFault } from '../../errors/validation-fault.ts'
import { builder } from '../builder.ts'

/** A gateway error as data. */
type OperationError = Pick<GatewayError, 'code' | 'reason' | 'effect' | 'retry' | 'validation' | 'upstream'>

const VpcChannelWriteEffectEnum = builder.enumType('VpcChannelWriteEffect', {
  description: 'Whether a failed write changed anything in the cloud.',
  values: {
    NOT_APPLIED: { description: 'Nothing has changed.' },
    APPLIED: { description: 'The write happened.' },
    PARTIAL: { description: 'Part of the write happened.' },
    UNKNOWN: { description: 'Not known: look before you repeat it.' },
  } as const satisfies Record<Effect, { description: string }>,
})

const VpcChannelRetryType = builder.objectRef<Retry>('VpcChannelRetry').implement({
  description: 'Whether to try again.',
  fields: (t) => ({
    retryable: t.exposeBoolean('retryable', {
      nullable: false,
      description: 'Whether the same operation can succeed later, and cannot apply a write twice.',
    }),
    afterMs: t.exposeInt('afterMs', {
      nullable: true,
      description: 'Milliseconds to wait first, where the cloud said so: one day at most.',
    }),
  }),
})

const VpcChannelValidationFaultType = builder
  .objectRef<ValidationFault>('VpcChannelValidationFault')
  .implement({
    description: 'One broken rule of the input.',
    fields: (t) => ({
      path: t.field({
        type: ['JSON'],
        nullable: { list: false, items: false },
        description:
          'Where in the arguments, in GraphQL names and list positions: `["input", "members", 0, "port"]`.',
        resolve: (fault) => fault.path,
      }),
      rule: t.exposeString('rule', { nullable: false, description: 'The rule, e.g. `LENGTH`.' }),
      params: t.expose('params', {
        type: 'JSON',
        nullable: false,
        description: "The rule's parameters, e.g. `{min: 3, max: 64, actual: 2}`.",
      }),
      message: t.string({
        nullable: false,
        description: 'The fault in words, in the language of `Accept-Language`.',
        resolve: (fault, _args, { audience }) => faultMessage(fault, audience.language),
      }),
      source: t.exposeString('source', {
        nullable: false,
        description: 'Who found it: `GATEWAY` (nothing was sent), or `UPSTREAM`: the cloud.',
      }),
    }),
  })

const VpcChannelUpstreamErrorType = builder.objectRef<UpstreamDetails>('VpcChannelUpstreamError').implement({
  description: "The cloud's answer behind an error.",
  fields: (t) => ({
    service: t.exposeString('service', { nullable: false, description: '`APIG`, `ROMA` or `IAM`.' }),
    operation: t.exposeString('operation', { nullable: false, description: 'The REST operation.' }),
    status: t.exposeInt('status', {
      nullable: true,
      description: 'HTTP status; `null` where no answer came.',
    }),
    errorCode: t.exposeString('errorCode', {
      nullable: true,
      description: "The vendor's code. REST: `error_code`",
    }),
    message: t.exposeString('message', {
      nullable: true,
      description: "The vendor's message, where it may be shown. REST: `error_msg`",
    }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description: "The cloud's id of the request, for its support. REST: `X-Request-Id`",
    }),
  }),
})

export const VpcChannelOperationErrorType = builder
  .objectRef<OperationError>('VpcChannelOperationError')
  .implement({
    description: 'The failure in one instance of a batch, with the fields that `errors[].extensions` has.',
    fields: (t) => ({
      code: t.exposeString('code', {
        nullable: false,
        description: 'What a client branches on, e.g. `CONFLICT`.',
      }),
      reason: t.exposeString('reason', { nullable: true, description: 'Finer, e.g. `CHANNEL_NAME_TAKEN`.' }),
      message: t.string({
        nullable: false,
        description: 'The failure in words, in the language of `Accept-Language`.',
        resolve: (error, _args, { audience }) => errorMessage(error.code, error.reason, audience.language),
      }),
      requestId: t.string({
        nullable: false,
        description: "This gateway's id of the request, also the response header `x-request-id`.",
        resolve: (_error, _args, { audience }) => audience.requestId,
      }),
      effect: t.expose('effect', {
        type: VpcChannelWriteEffectEnum,
        nullable: true,
        description: 'Whether the write happened in this instance.',
      }),
      retry: t.expose('retry', {
        type: VpcChannelRetryType,
        nullable: false,
        description: 'Whether to try again.',
      }),
      validation: t.field({
        type: [VpcChannelValidationFaultType],
        nullable: true,
        description: 'The rules that the input breaks.',
        resolve: (error) => error.validation,
      }),
      upstream: t.expose('upstream', {
        type: VpcChannelUpstreamErrorType,
        nullable: true,
        description: "The cloud's answer, where there was one.",
      }),
    }),
  })
