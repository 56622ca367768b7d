import type { FailedCall } from '../errors/error-of-failure.ts'
import type { FaultPath } from '../errors/validation-fault.ts'
import type { CallContext } from '../upstream/client/call-context.ts'
import type { JsonObject } from '../vpc-channel/read-json.ts'
import type { ParameterTable } from '../vpc-channel/rest-parameters.ts'
import type { VendorRule } from '../vpc-channel/rules/vendor-rules.ts'
import type { OperationContext } from './operation-context.ts'
import type { UpstreamServices } from './upstream-services.ts'
import type { WriteTarget, WrittenInstance } from './write-record.ts'

/** What checks, audit lines, metrics and errors read of a write. `writes.ts` lists all of them. */
export interface WriteEntry {
  /** The mutation, and the subscription of the same name. Audit lines and metrics name the write by it. */
  readonly field: string
  /** The queries that plan the write: they take the same input. */
  readonly planFields: readonly string[]
  /** What the gateway checks of the input before it sends anything. */
  readonly rules: readonly VendorRule[]
  /** Where each REST parameter is in the input: an error of the cloud may name one. */
  readonly parameters: ParameterTable
  /** The input with this project where it names none. */
  readonly withProject: <Input extends object>(input: Input, projectId: string | undefined) => Input
  /** What the write is to change. Reads inputs of any form, also one that GraphQL has refused. */
  readonly target: (input: JsonObject) => WriteTarget
  /** The position in `outcomes` of the result that a path below the payload leads to, if it leads to one. */
  readonly resultIndex: (below: FaultPath) => number | undefined
}

/** One write: what the gateway knows of it, and how to do it. */
export interface Write<Input extends object, Options, Result> extends WriteEntry {
  /** The gateway does writes that share a key one after the other. */
  readonly lockKeys: (input: Input) => readonly string[]
  /**
   * Does the write, and finds out what a REST call did whose response does not say it. Runs under the write's locks.
   *
   * @throws {GatewayError} with `effect`
   */
  readonly perform: (run: WriteRun<Input>, options: Options) => Promise<Result>
  /** What the write did, by instance. */
  readonly outcomes: (result: Result) => readonly WrittenInstance[]
}

/** What `perform` works with. The input is valid and names its project; the caller has credentials. */
export interface WriteRun<Input> {
  readonly services: UpstreamServices
  readonly input: Input
  readonly context: OperationContext
  readonly call: CallContext
  /** How the failure of one of its REST calls becomes an error. */
  readonly failedCall: FailedCall
}
