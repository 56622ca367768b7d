import { isObject, readInteger, readText } from './read-json.ts'

/** Whether an instance allows its channels to be renamed; `null` where its features do not say. */
export function readNameModifiable(body: unknown): boolean | null {
  const features = isObject(body) && Array.isArray(body['features']) ? body['features'] : []
  const feature = features.filter(isObject).find((one) => one['name'] === 'vpc_name_modifiable')
  if (feature === undefined || typeof feature['enable'] !== 'boolean') return null
  // `config` says "on" or "off" where the feature is there at all.
  return feature['enable'] && readText(feature['config']) !== 'off'
}

/** A quota by its name; `null` where there is none. */
export function readQuota(body: unknown, name: string): number | null {
  const configs = isObject(body) && Array.isArray(body['configs']) ? body['configs'] : []
  const config = configs.filter(isObject).find((one) => one['config_name'] === name)
  return config === undefined ? null : readInteger(config['config_value'])
}
