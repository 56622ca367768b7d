import type { FeatureName } from './feature-names.ts'
import type { Instance } from './seed.ts'
import type { Clock, Timestamp } from './timestamp.ts'

export interface Feature {
  readonly enable: boolean
  readonly config: string
  readonly updateTime: Timestamp
}

const UNCHANGED = '2020-08-24T01:17:31.041984021Z' as Timestamp
const MINUTE_MS = 60_000

/** The features of the instances. Each may change once a minute. */
export class Features {
  readonly #clock: Clock
  readonly #set = new Map<string, Feature & { readonly atMs: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  of(instance: Instance, name: FeatureName): Feature {
    const isOn = name === 'vpc_name_modifiable' && instance.vpcNameModifiable
    return (
      this.#set.get(keyOf(instance, name)) ?? {
        enable: true,
        config: isOn ? 'on' : 'off',
        updateTime: UNCHANGED,
      }
    )
  }

  /** Channels of an instance whose names can change are closed to the calls on a whole project. */
  isNameModifiable(instance: Instance): boolean {
    const { enable, config } = this.of(instance, 'vpc_name_modifiable')
    return enable && config === 'on'
  }

  /** False within a minute of the last change. */
  mayChange(instance: Instance, name: FeatureName): boolean {
    const last = this.#set.get(keyOf(instance, name))
    return last === undefined || this.#clock().getTime() - last.atMs >= MINUTE_MS
  }

  set(instance: Instance, name: FeatureName, feature: Feature): void {
    this.#set.set(keyOf(instance, name), { ...feature, atMs: this.#clock().getTime() })
  }

  reset(): void {
    this.#set.clear()
  }
}

const keyOf = ({ id }: Instance, name: FeatureName): string => `${id}/${name}`
