import { builder } from './builder.ts'
import './federation.ts'
import './vpc-channel/queries.ts'
import './vpc-channel/create-vpc-channel.ts'
import './vpc-channel/upsert-project-vpc-channels.ts'
import './vpc-channel/plan-project-vpc-channels.ts'
import './vpc-channel/upsert-progress.ts'

/** The executable schema; `schema/` holds what it prints. */
export const schema = builder.toSchema({ sortSchema: false })
