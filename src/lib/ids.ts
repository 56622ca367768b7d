/** Ids in a URL. Branded, so that two of them cannot be swapped in a path. */
export type ProjectId = string & { readonly brand: 'ProjectId' }
export type InstanceId = string & { readonly brand: 'InstanceId' }
export type VpcChannelId = string & { readonly brand: 'VpcChannelId' }

/** What an id may be before it reaches a URL: percent-encoding alone does not stop `..`. */
export const ID_PATTERN = /^[0-9A-Za-z_-]{1,64}$/

export const isId = (value: string): boolean => ID_PATTERN.test(value)

const branded =
  <Id extends string>(kind: string) =>
  (value: string): Id => {
    // The rules of translation report a bad id to the caller; this is the last gate before a URL.
    if (!isId(value)) throw new TypeError(`not a ${kind}`)
    return value as Id
  }

export const projectId = branded<ProjectId>('project id')
export const instanceId = branded<InstanceId>('instance id')
export const vpcChannelId = branded<VpcChannelId>('VPC channel id')
