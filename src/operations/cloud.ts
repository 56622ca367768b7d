import { type Checker, makeChecker } from '../translation/rules/check.ts'
import { documentedRules, type RuleSettings } from '../translation/rules/documented-rules.ts'
import { createUpstreamClient, type UpstreamClient, unconfiguredClient } from '../upstream/upstream-client.ts'

/** The cloud as operations see it: a client of each product and the rules of what may be sent to it. Made once. */
export interface Cloud {
  readonly apig: UpstreamClient
  readonly roma: UpstreamClient
  readonly checkCreate: Checker
  readonly checkUpsert: Checker
  readonly close: () => Promise<void>
}

export interface CloudSettings extends RuleSettings {
  /** Base URLs; a product without one cannot be called. */
  readonly endpoints: { readonly apig: URL | undefined; readonly roma: URL | undefined }
}

export function connectCloud(settings: CloudSettings): Cloud {
  const { endpoints } = settings
  const apig = endpoints.apig ? createUpstreamClient('APIG', endpoints.apig) : unconfiguredClient('APIG')
  const roma = endpoints.roma ? createUpstreamClient('ROMA', endpoints.roma) : unconfiguredClient('ROMA')
  return {
    apig,
    roma,
    checkCreate: makeChecker(documentedRules('APIG', settings)),
    checkUpsert: makeChecker(documentedRules('ROMA_CONNECT', settings)),
    close: async () => {
      await Promise.all([apig.close(), roma.close()])
    },
  }
}
