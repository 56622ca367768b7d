import type { ClientCertificateFiles } from '../upstream/http/client-certificate.ts'
import type { Proxies } from '../upstream/http/proxies.ts'
import type { Settings } from './settings.ts'
import type { Given } from './start-faults.ts'

/** Programs read these in both cases, and the one in lower case first. */
export const withProxyNames = (given: Given): Given => ({
  ...given,
  ...Object.fromEntries(
    ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].flatMap((name) => {
      const lower = given[name.toLowerCase()]
      return lower === undefined ? [] : [[name, lower]]
    }),
  ),
})

export const proxiesOf = (settings: Settings): Proxies =>
  Object.freeze({
    https: settings.HTTPS_PROXY ?? '',
    http: settings.HTTP_PROXY ?? '',
    none: settings.NO_PROXY ?? '',
  })

export function clientCertificateOf(settings: Settings): ClientCertificateFiles | undefined {
  const { UPSTREAM_CERT_FILE: certFile, UPSTREAM_KEY_FILE: keyFile } = settings
  if (certFile === undefined || keyFile === undefined) return undefined
  return { certFile, keyFile, passphrase: settings.UPSTREAM_KEY_PASSPHRASE }
}
