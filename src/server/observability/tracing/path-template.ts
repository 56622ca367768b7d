/** A REST path as the vendor's pages write it: without the ids in it, and without its query. */
export const pathTemplate = (path: string): string =>
  path
    .replace(/\?.*$/s, '')
    .replace(/^\/v2\/[^/]+/, '/v2/{project_id}')
    .replace(/\/instances\/[^/]+/, '/instances/{instance_id}')
    .replace(/\/vpc-channels\/[^/]+/, '/vpc-channels/{vpc_channel_id}')
