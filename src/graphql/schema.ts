import { GraphQLSchema } from 'graphql'
import { builder } from './builder.ts'
import './vpc-channel/queries.ts'
import './vpc-channel/create-vpc-channel.ts'
import './vpc-channel/upsert-project-vpc-channels.ts'
import './vpc-channel/plan-project-vpc-channels.ts'
import './vpc-channel/upsert-progress.ts'
import './federation.ts'

const DESCRIPTION = `VPC channels (load-balance channels) of two Huawei Cloud products: API Gateway (APIG) and ROMA Connect.

**Errors.** Decide by \`errors[].extensions.code\` and \`reason\`, never by the message. After a write, \`effect\` says whether it happened: \`APPLIED\`, \`NOT_APPLIED\`, \`PARTIAL\` or \`UNKNOWN\`. \`validation[]\` names each fault of an input by its \`path\` and \`rule\`; \`retry\` says whether, and after how many milliseconds, to send the same operation again.

**Headers.** \`X-Auth-Token\`: an IAM token of the cloud. \`X-Project-Id\`: the project, where the input has no \`projectId\`. \`Accept-Language\`: \`en\` or \`zh\`, the language of messages. \`X-Request-Id\`: the identifier of the request in the logs.

**Sandbox.** A gateway without endpoints of the cloud answers from a simulator with a few channels, and needs no token. Its responses have the header \`X-Gateway-Mode: sandbox\`.`

/** The executable schema; `schema/` holds what it prints. */
export const schema = new GraphQLSchema({
  ...builder.toSchema({ sortSchema: false }).toConfig(),
  description: DESCRIPTION,
})
