/** An operation that GraphiQL opens with. */
export interface Example {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
}

const healthCheck = {
  protocol: 'HTTP',
  path: '/vpc/demo',
  port: 22,
  httpCodes: '200',
  healthyThreshold: 2,
  unhealthyThreshold: 5,
  intervalSeconds: 10,
  timeoutSeconds: 5,
  enableClientSsl: false,
}

/** The channel of both pages' examples. */
const channel = {
  name: 'VPC_demo',
  port: 22,
  balanceStrategy: 'WEIGHTED_ROUND_ROBIN',
  memberType: 'IP',
  type: 'SERVER',
  healthCheck,
  memberGroups: [
    { name: 'test', weight: 1, remark: 'remark' },
    { name: 'default', weight: 2, remark: 'remark' },
  ],
  members: [
    { host: '192.168.0.5', weight: 1, memberGroupName: 'test' },
    { host: '192.168.1.124', weight: 2, memberGroupName: 'default' },
  ],
}

/** The APIG page's first example request. */
const createVpcChannel: Example = {
  query: `# Creates a VPC channel in an APIG instance.
# Then break rules in the variables below, for
# example "port": 70000 and "name": "x": the
# answer names every fault by its path.
mutation CreateVpcChannel($input: CreateVpcChannelInput!) {
  createVpcChannel(input: $input) {
    outcome
    vpcChannel {
      id
      name
      status
      createdAt
      memberGroups {
        id
        name
        weight
      }
      members {
        host
        weight
        memberGroupName
      }
      healthCheck {
        protocol
        path
        intervalSeconds
        timeoutSeconds
      }
    }
  }
}
`,
  variables: { input: { instanceId: 'eddc4d25480b4cd6b512f270a1b8b341', ...channel } },
}

const everywhere = {
  instanceIds: ['eea73cde015940908ae0117d67bf7330', 'ddd73cde017890908ae0117d67bf7330'],
  ...channel,
}

/** The ROMA Connect page's example request. */
const upsertProjectVpcChannels: Example = {
  query: `# Creates or changes the VPC channel of one name
# in several ROMA Connect instances.
mutation UpsertProjectVpcChannels($input: UpsertProjectVpcChannelsInput!) {
  upsertProjectVpcChannels(input: $input) {
    status
    results {
      instanceId
      outcome
      vpcChannel {
        id
        instanceName
        name
        memberGroups {
          name
          weight
        }
      }
      error {
        code
        reason
        message
        effect
      }
    }
  }
}
`,
  variables: { input: everywhere },
}

/** What that upsert would do. */
const planProjectVpcChannels: Example = {
  query: `# What the upsert of the next tab would do, per
# instance. Writes nothing. Pass planId to the
# upsert: it refuses if a channel has changed.
query PlanProjectVpcChannels($input: UpsertProjectVpcChannelsInput!) {
  planProjectVpcChannels(input: $input) {
    planId
    instances {
      instanceId
      action
      changes {
        path
        kind
        before
        after
      }
      error {
        code
        reason
        message
      }
    }
  }
}
`,
  variables: { input: everywhere },
}

/** A channel that the sandbox begins with. Without variables: GraphiQL opens its first tab with none. */
const vpcChannel: Example = {
  query: `# One VPC channel by its id: the sandbox has it
# from the start. Press play. The next tabs create
# a channel, and upsert one in several instances.
query VpcChannel {
  vpcChannel(
    product: APIG
    instanceId: "eddc4d25480b4cd6b512f270a1b8b341"
    id: "105c6902457144a4820dff8b1ad63331"
  ) {
    id
    name
    port
    balanceStrategy
    type
    status
    createdAt
    members {
      id
      host
      port
      weight
      status
    }
    healthCheck {
      protocol
      healthyThreshold
      unhealthyThreshold
    }
  }
}
`,
}

/** The tabs that GraphiQL opens with: a query, and the examples of the vendor's pages. */
export const examples: readonly Example[] = [
  vpcChannel,
  createVpcChannel,
  planProjectVpcChannels,
  upsertProjectVpcChannels,
]
