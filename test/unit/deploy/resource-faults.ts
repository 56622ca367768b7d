import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor'
import { Deployment } from 'kubernetes-models/apps/v1/Deployment'
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler'
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget'
import { Namespace } from 'kubernetes-models/v1/Namespace'
import { Service } from 'kubernetes-models/v1/Service'
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount'

/** A Kubernetes resource as its file has it. */
// biome-ignore lint/suspicious/noExplicitAny: the schemas say what is in it, and that is what is tested
export type Resource = any

const MODELS: Readonly<Record<string, { readonly prototype: { validate(): void } }>> = {
  'v1 Namespace': Namespace,
  'v1 Service': Service,
  'v1 ServiceAccount': ServiceAccount,
  'apps/v1 Deployment': Deployment,
  'autoscaling/v2 HorizontalPodAutoscaler': HorizontalPodAutoscaler,
  'policy/v1 PodDisruptionBudget': PodDisruptionBudget,
  'networking.k8s.io/v1 NetworkPolicy': NetworkPolicy,
  'networking.k8s.io/v1 Ingress': Ingress,
  'monitoring.coreos.com/v1 ServiceMonitor': ServiceMonitor,
}

/** What Kubernetes' own schemas say against a resource: values that do not fit, and fields that they do not know. */
export function resourceFaults(resource: Resource): readonly string[] {
  const model = MODELS[`${resource.apiVersion} ${resource.kind}`]
  if (model === undefined) return [`unknown: ${resource.apiVersion} ${resource.kind}`]
  const watched = watch(resource, '')
  try {
    model.prototype.validate.call(watched.value)
  } catch (error) {
    return [String(error), ...watched.unread()]
  }
  return watched.unread()
}

/**
 * The schemas let unknown fields pass. But they are compiled to code that reads every field they know, and every key of a
 * map: a field that they have not read is one that they do not know.
 */
function watch<Value>(value: Value, path: string): { value: Value; unread: () => readonly string[] } {
  if (typeof value !== 'object' || value === null) return { value, unread: () => [] }
  const read = new Map<PropertyKey, ReturnType<typeof watch>>()
  const watched = new Proxy(value, {
    get(target, key) {
      if (!Object.hasOwn(target, key)) return Reflect.get(target, key)
      const known = read.get(key) ?? watch(Reflect.get(target, key), `${path}/${String(key)}`)
      read.set(key, known)
      return known.value
    },
  })
  const unread = () =>
    Object.keys(value).flatMap((key) => read.get(key)?.unread() ?? [`unknown field: ${path}/${key}`])
  return { value: watched, unread }
}
