import type { Product } from './cloud/seed.ts'
import { Refusal } from './http/refusal.ts'
import { newRequestId } from './http/request-id.ts'

/** A refusal of the management planes, in the words of their pages. */
function refuse(status: number, code: string, message: string): Refusal {
  return new Refusal(status, { error_code: code, error_msg: message })
}

export const tokenMissing = (): Refusal => refuse(401, 'APIG.1000', 'Token is missing')
export const tokenExpired = (): Refusal => refuse(401, 'APIG.1001', 'Token expired')
export const tokenUnknown = (): Refusal =>
  refuse(401, 'APIG.1002', 'Incorrect token or token resolution failed')
export const tokenWithoutProject = (): Refusal =>
  refuse(401, 'APIG.1003', 'Incorrect project ID in the token')
export const notPermitted = (): Refusal => refuse(403, 'APIG.1005', 'No permissions to request this method')
export const requestUnreadable = (reason: string): Refusal =>
  refuse(400, 'APIG.2000', `Invalid request: ${reason}`)

export const parameterMissing = (product: Product, name: string): Refusal =>
  product === 'APIG'
    ? refuse(400, 'APIG.2001', `The request parameters must be specified, parameter name:${name}`)
    : refuse(
        400,
        'APIG.2011',
        `The request parameters must be specified,parameterName:${name}. ${SEE_DOCUMENTATION}`,
      )

const SEE_DOCUMENTATION = 'Please refer to the support documentation'

const PARAMETER_FAULTS = {
  unknown: ['APIG.2000', 'Unknown parameter'],
  tooSmall: ['APIG.2002', 'The parameter value is too small'],
  tooLarge: ['APIG.2003', 'The parameter value is too large'],
  outOfRange: ['APIG.2004', 'The parameter value is out of range'],
  tooShort: ['APIG.2005', 'The parameter value is too short'],
  tooLong: ['APIG.2006', 'The parameter value is too long'],
  invalid: ['APIG.2012', 'Invalid parameter value'],
} as const

export type ParameterFault = keyof typeof PARAMETER_FAULTS

export function parameterRefused(fault: ParameterFault, name: string): Refusal {
  const [code, text] = PARAMETER_FAULTS[fault]
  return refuse(400, code, `${text},parameterName:${name}. ${SEE_DOCUMENTATION}`)
}

export const channelNameTaken = (name: string): Refusal =>
  refuse(400, 'APIG.3208', `The VPC channel name already exists,name:${name}`)
export const channelQuotaReached = (quota: number): Refusal =>
  refuse(403, 'APIG.3109', `The number of VPC channels exceeds the upper limit,limit:${quota}`)
export const channelNotFound = (id: string): Refusal =>
  refuse(404, 'APIG.3023', `The VPC channel does not exist,id:${id}`)
/** No code is documented for it: the samples have the code of a missing channel. */
export const memberGroupNotFound = (id: string): Refusal =>
  refuse(404, 'APIG.3023', `The member group of the VPC channel does not exist,id:${id}`)
export const memberNotFound = (id: string): Refusal =>
  refuse(404, 'APIG.3024', `The VPC instance does not exist,id:${id}`)
export const memberQuotaReached = (quota: number): Refusal =>
  refuse(403, 'APIG.3110', `The number of backend servers exceeds the upper limit,limit:${quota}`)
export const channelKindUnfit = (id: string): Refusal =>
  refuse(403, 'APIG.3471', `The operation cannot be performed on this type of VPC channel,id:${id}`)
export const instanceNotFound = (id: string): Refusal =>
  refuse(404, 'APIG.3030', `The instance does not exist;id:${id}`)
export const serverNotFound = (id: string): Refusal =>
  refuse(404, 'APIG.3092', `The ECS does not exist,id:${id}`)
export const nameModifiable = (instanceId: string): Refusal =>
  refuse(412, 'APIG.3458', `The instance feature vpc_name_modifiable is not off,instance id:${instanceId}`)

export const featureUnknown = (name: string): Refusal =>
  refuse(400, 'APIG.2000', `Invalid request: unrecognized feature ${name}`)
export const featureChangedLately = (name: string): Refusal =>
  refuse(409, 'APIG.3711', `A feature may be changed once a minute,name:${name}`)
export const channelUsedByApi = (id: string): Refusal =>
  refuse(403, 'APIG.3414', `The VPC channel is used by an API,id:${id}`)
export const channelReferenced = (id: string): Refusal =>
  refuse(409, 'APIG.3719', `The VPC channel is referenced by another VPC channel,id:${id}`)
export const apiNotFound = (id: string): Refusal =>
  refuse(404, 'APIG.3002', `The API does not exist,id:${id}`)

/** ROMA Connect's own calls, those outside of its service integration, refuse with four fields. */
export const romaRefused = (status: number, code: string, message: string): Refusal =>
  new Refusal(status, {
    error_code: code,
    error_msg: message,
    error_details: message,
    request_id: newRequestId(new Date()),
  })

/** The vendor's front gateway answers this for an unknown path. */
export const routeNotFound = (): Refusal =>
  refuse(404, 'APIGW.0101', 'The API does not exist or has not been published in the environment')
export const systemError = (): Refusal => refuse(500, 'APIG.9999', 'System error')
