import { listApis, showApi } from './apis/list-apis.ts'
import { authenticate } from './auth/authenticate.ts'
import type { Tokens } from './auth/tokens.ts'
import { findChannel, type InstanceScope, instanceScope } from './channels/instance-scope.ts'
import { listChannels, listProjectChannels } from './channels/list-channels.ts'
import { createOne, deleteOne, showOne, updateOne } from './channels/one-channel.ts'
import { syncInProject } from './channels/sync-project-channels.ts'
import { updateHealthConfig } from './channels/update-health-config.ts'
import { createInProject, upsertInProject } from './channels/write-project-channels.ts'
import type { Channel } from './cloud/channel.ts'
import type { Cloud } from './cloud/cloud.ts'
import type { Product } from './cloud/seed.ts'
import { listMemberGroups, showMemberGroup } from './groups/list-groups.ts'
import { addGroupsTo, deleteGroup, updateGroupOf } from './groups/write-groups.ts'
import type { Answer, Call } from './http/exchange.ts'
import { type Handler, type PathParameters, type Route, route } from './http/route.ts'
import { createToken } from './iam/create-token.ts'
import { listDomains, listProjects } from './iam/list-scopes.ts'
import type { LoginAttempts } from './iam/login-attempts.ts'
import { listConfigs } from './instances/list-configs.ts'
import { listFeatureNames, listFeatures } from './instances/list-features.ts'
import { listInstances, showInstance } from './instances/list-instances.ts'
import { listRomaInstances } from './instances/list-roma-instances.ts'
import { setFeature } from './instances/set-feature.ts'
import { listMembers } from './members/list-members.ts'
import { disableMembers, enableMembers } from './members/toggle-members.ts'
import { addToChannel, deleteMember, replaceInChannel } from './members/write-members.ts'

/** The routes of the three services. IAM's handlers authenticate the caller themselves. */
export function routesOf(cloud: Cloud, tokens: Tokens, attempts: LoginAttempts): Route[] {
  return [
    route('POST /v3/auth/tokens', (call) => createToken(call, cloud.seed, tokens, attempts)),
    route('GET /v3/projects', (call) => listProjects(call, cloud, tokens)),
    route('GET /v3/auth/domains', (call) => listDomains(call, cloud, tokens)),
    ...instanceRoutes('APIG', '/v2/{project_id}/apigw/instances/{instance_id}', cloud, tokens),
    ...instanceRoutes('ROMA_CONNECT', '/v2/{project_id}/apic/instances/{instance_id}', cloud, tokens),
    ...projectRoutes(cloud, tokens),
  ]
}

/** The routes that both products have, each under its prefix. */
function instanceRoutes(product: Product, prefix: string, cloud: Cloud, tokens: Tokens): Route[] {
  const onInstance =
    (act: (call: Call, scope: InstanceScope, parameters: PathParameters) => Answer): Handler =>
    (call, parameters) => {
      authenticate(call, cloud, tokens, parameters['project_id'] ?? '')
      return act(call, instanceScope(cloud, product, parameters), parameters)
    }
  const onChannel =
    (
      act: (call: Call, scope: InstanceScope, channel: Channel, parameters: PathParameters) => Answer,
    ): Handler =>
    (call, parameters) =>
      onInstance((_, scope) => act(call, scope, findChannel(call, scope, parameters), parameters))(
        call,
        parameters,
      )

  const channels = `${prefix}/vpc-channels`
  const channel = `${channels}/{vpc_channel_id}`
  return [
    route(`GET ${prefix}`, onInstance(showInstance)),
    route(`GET ${prefix}/features`, onInstance(listFeatures)),
    route(`POST ${prefix}/features`, onInstance(setFeature)),
    route(`GET ${prefix}/apis`, onInstance(listApis)),
    route(`GET ${prefix}/apis/{api_id}`, onInstance(showApi)),
    ...(product === 'APIG' ? [route(`GET ${prefix}/instance-features`, onInstance(listFeatureNames))] : []),
    route(`GET ${prefix}/project/configs`, onInstance(listConfigs)),
    route(`GET ${channels}`, onInstance(listChannels)),
    route(`POST ${channels}`, onInstance(createOne)),
    route(`GET ${channel}`, onChannel(showOne)),
    route(`PUT ${channel}`, onChannel(updateOne)),
    route(`DELETE ${channel}`, onChannel(deleteOne)),
    route(`PUT ${channel}/health-config`, onChannel(updateHealthConfig)),
    route(`GET ${channel}/members`, onChannel(listMembers)),
    route(`POST ${channel}/members`, onChannel(addToChannel)),
    route(`PUT ${channel}/members`, onChannel(replaceInChannel)),
    route(`DELETE ${channel}/members/{member_id}`, onChannel(deleteMember)),
    route(`POST ${channel}/members/batch-enable`, onChannel(enableMembers)),
    route(`POST ${channel}/members/batch-disable`, onChannel(disableMembers)),
    route(`GET ${channel}/member-groups`, onChannel(listMemberGroups)),
    route(`POST ${channel}/member-groups`, onChannel(addGroupsTo)),
    route(`GET ${channel}/member-groups/{member_group_id}`, onChannel(showMemberGroup)),
    route(`PUT ${channel}/member-groups/{member_group_id}`, onChannel(updateGroupOf)),
    route(`DELETE ${channel}/member-groups/{member_group_id}`, onChannel(deleteGroup)),
  ]
}

/** The calls on a whole project, and the lists of instances. */
function projectRoutes(cloud: Cloud, tokens: Tokens): Route[] {
  const onProject =
    (act: (call: Call, cloud: Cloud, projectId: string) => Answer): Handler =>
    (call, { project_id: projectId = '' }) => {
      authenticate(call, cloud, tokens, projectId)
      return act(call, cloud, projectId)
    }
  const channels = '/v2/{project_id}/apic/vpc-channels'
  return [
    route(`GET ${channels}`, onProject(listProjectChannels)),
    route(`POST ${channels}`, onProject(createInProject)),
    route(`PUT ${channels}`, onProject(upsertInProject)),
    route(`POST ${channels}/syncs`, onProject(syncInProject)),
    route('GET /v2/{project_id}/apigw/instances', onProject(listInstances)),
    route('GET /v2/{project_id}/instances', (call, { project_id: projectId = '' }) =>
      listRomaInstances(call, cloud, projectId, () => authenticate(call, cloud, tokens, projectId)),
    ),
  ]
}
