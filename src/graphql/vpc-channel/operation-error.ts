import type { Effect } from '../../errors/error-code.ts'
import { errorMessage } from '../../errors/error-messages.ts'
import { faultMessage } from '../../errors/fault-messages.ts'
import type { GatewayError, Retry, UpstreamDetails } from '../../errors/gateway-error.ts'
import type { ValidationFault } from '../../errors/validation-fault.ts'
import { builder } from '../builder.ts'

/** A gateway error as data. */
type OperationError = Pick<GatewayError, 'code' | 'reason' | 'effect' | 'retry' | 'validation' | 'upstream'>

const VpcChannelWriteEffectEnum = builder.enumType('VpcChannelWriteEffect', {
  description: 'Whether a write changed anything in the cloud.',
  values: {
    NOT_APPLIED: { description: 'Nothing has changed.' },
    APPLIED: { description: 'The write happened.' },
    PARTIAL: { description: 'Part of the write happened.' },
    UNKNOWN: { description: 'The gateway cannot know. Read the channel before you repeat the write.' },
  } as const satisfies Record<Effect, { description: string }>,
})

const VpcChannelRetryType = builder.objectRef<Retry>('VpcChannelRetry').implement({
  description: 'Whether and when to send the same operation again.',
  fields: (t) => ({
    retryable: t.exposeBoolean('retryable', {
      nullable: false,
      description: 'Whether the same operation, sent again, can succeed and cannot apply a write twice.',
    }),
    afterMs: t.exposeInt('afterMs', {
      nullable: true,
      description: 'Milliseconds to wait before that, at most one day; `null` where no wait is known.',
    }),
  }),
})

const VpcChannelValidationFaultType = builder
  .objectRef<ValidationFault>('VpcChannelValidationFault')
  .implement({
    description: 'A rule that the input breaks.',
    fields: (t) => ({
      path: t.field({
        type: ['JSON'],
        nullable: { list: false, items: false },
        description: 'The path of the value in the arguments, e.g. `["input", "members", 0, "port"]`.',
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
        description: 'Which side found it: `GATEWAY`, which then sent nothing, or `UPSTREAM`, the cloud.',
      }),
    }),
  })

const VpcChannelUpstreamErrorType = builder.objectRef<UpstreamDetails>('VpcChannelUpstreamError').implement({
  description: "The cloud's response that caused an error.",
  fields: (t) => ({
    service: t.exposeString('service', { nullable: false, description: '`APIG`, `ROMA` or `IAM`.' }),
    operation: t.exposeString('operation', { nullable: false, description: 'The REST operation.' }),
    status: t.exposeInt('status', {
      nullable: true,
      description: 'HTTP status; `null` where no response came.',
    }),
    errorCode: t.exposeString('errorCode', {
      nullable: true,
      description: "The vendor's code. REST: `error_code`",
    }),
    message: t.exposeString('message', {
      nullable: true,
      description:
        "The vendor's message; `null` where the gateway withholds it, because it may contain secrets. REST: `error_msg`",
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
        description: 'The code to branch on, e.g. `CONFLICT`.',
      }),
      reason: t.exposeString('reason', {
        nullable: true,
        description: 'The reason within the code, e.g. `CHANNEL_NAME_TAKEN`.',
      }),
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
        description: 'Whether and when to send the same operation again.',
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
        description: "The cloud's response; `null` where no REST call failed.",
      }),
    }),
  })
