/** Everything of a channel that the answer to its creation brings. */
const CREATED_FIELDS = `
  product projectId instanceId instanceName instance { id }
  id name port balanceStrategy memberType type dictCode status createdAt
  memberGroups {
    id name remark weight dictCode microserviceVersion microservicePort
    microserviceLabels { name value }
    createdAt updatedAt
  }
  microservice {
    __typename serviceType id instanceId createdAt updatedAt
    ... on VpcChannelCseMicroservice {
      engineId serviceId engineName serviceName registerAddress cseAppId version
    }
    ... on VpcChannelCceMicroservice {
      clusterId clusterName namespace workloadType appName labelKey labelValue
    }
  }`

/** Everything of a channel. */
const WHOLE_FIELDS = `${CREATED_FIELDS}
  members {
    id vpcChannelId memberGroupId memberGroupName host ecsId ecsName port weight isBackup status createdAt
  }
  healthCheck {
    id vpcChannelId protocol path method port httpCodes healthyThreshold unhealthyThreshold
    intervalSeconds timeoutSeconds enableClientSsl status createdAt
  }`

const createMutation = (fields: string): string =>
  `mutation CreateVpcChannel($input: CreateVpcChannelInput!) {
  createVpcChannel(input: $input) { vpcChannel { ${fields} } }
}`

const entitiesQuery = (fields: string): string =>
  `query Referred($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on VpcChannel { ${fields} } }
}`

export const CREATE = createMutation(CREATED_FIELDS)
/** With what the answer does not bring: the gateway reads the new channel back. */
export const CREATE_AND_READ = createMutation(WHOLE_FIELDS)

export const SHOW = `query VpcChannel($instanceId: ID!, $id: ID!) {
  vpcChannel(product: APIG, instanceId: $instanceId, id: $id) { ${WHOLE_FIELDS} }
}`

/** Without \`outcome\`, which costs a read before the write. */
export const UPSERT = `mutation Upsert($input: UpsertProjectVpcChannelsInput!) {
  upsertProjectVpcChannels(input: $input) {
    status
    results { instanceId vpcChannel { ${WHOLE_FIELDS} } error { code } }
  }
}`

/** What lists bring, and what only a call for each channel does. */
export const LISTED_ENTITIES = entitiesQuery(CREATED_FIELDS)
export const WHOLE_ENTITIES = entitiesQuery(WHOLE_FIELDS)
