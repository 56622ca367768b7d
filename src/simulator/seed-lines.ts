import type { Instance, Seed } from './cloud/seed.ts'

/** What a project of a seed has to try, one line per kind: the ids that inputs name. */
export function seedLines(seed: Seed, projectId: string): readonly string[] {
  const instances = seed.instances.filter((instance) => instance.projectId === projectId)
  const ofProduct = (product: Instance['product']): string =>
    instances
      .filter((instance) => instance.product === product)
      .map((instance) => `${instance.id} (${[instance.name, ...habitsOf(instance)].join('; ')})`)
      .join(', ')
  return [
    `Project: ${projectId}`,
    `APIG instances: ${ofProduct('APIG')}`,
    `ROMA Connect instances: ${ofProduct('ROMA_CONNECT')}`,
    `Cloud servers (ECS): ${seed.servers.map(({ id, name, privateIp }) => `${id} (${name}, ${privateIp})`).join(', ')}`,
    `Microservice engines (CSE): ${seed.engines
      .flatMap((engine) => engine.services.map((service) => ({ engine, service })))
      .map(({ engine, service }) => `${engine.id} (${engine.name}; service ${service.id}, ${service.name})`)
      .join(', ')}`,
    `Clusters (CCE): ${seed.clusters.map(({ id, name }) => `${id} (${name})`).join(', ')}`,
  ]
}

/** In what an instance differs from the others. */
const habitsOf = ({ vpcNameModifiable, channelLimit }: Instance): string[] => [
  ...(vpcNameModifiable ? ['vpc_name_modifiable is on: no batches'] : []),
  ...(channelLimit === undefined ? [] : [`room for ${channelLimit} channel`]),
]
