import { parseArgs } from 'node:util'
import { startSimulator } from './start-simulator.ts'

const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } })
const simulator = await startSimulator({
  ...(values.port !== undefined && { port: Number(values.port) }),
  ...(values.host !== undefined && { host: values.host }),
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => simulator.close())
}

const instances = simulator.seed.instances
  .filter(({ projectId }) => projectId === simulator.projectId)
  .map(({ id, name, product, vpcNameModifiable, channelLimit }) => {
    const note = vpcNameModifiable
      ? '  (vpc_name_modifiable on: no batches)'
      : channelLimit !== undefined
        ? `  (VPC_NUM_LIMIT ${channelLimit})`
        : ''
    return `  ${product}  ${id}  ${name}${note}`
  })

/** Settings of a gateway that uses this cloud as the user, in one line to copy. */
const environment = Object.entries({
  APIG_ENDPOINT: simulator.url,
  ROMA_ENDPOINT: simulator.url,
  IAM_ENDPOINT: simulator.url,
  HW_PROJECT_ID: simulator.projectId,
  HW_USER_NAME: simulator.user.name,
  HW_USER_PASSWORD: simulator.user.password,
  HW_DOMAIN_NAME: simulator.user.domain.name,
  ALLOW_ANY_CALLER: 'true',
})
  .map(([name, value]) => `${name}=${value}`)
  .join(' ')

process.stdout.write(
  `The simulated cloud listens on ${simulator.url}: APIG, ROMA Connect and IAM.

project     ${simulator.projectId}
user        ${simulator.user.name} of the account ${simulator.user.domain.name}
password    ${simulator.user.password}
access key  ${simulator.accessKey.access}
secret key  ${simulator.accessKey.secret}
instances
${instances.join('\n')}

X-Auth-Token, for 24 hours:
${simulator.issueToken()}

a gateway in front of it:
${environment} npm start

faults: POST ${simulator.url}/_simulator/faults, or the header x-simulator-fault of a call
`,
)
