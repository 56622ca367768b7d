import { TypedDocumentString } from '../../support/generated/graphql.ts'

export interface ChannelPage {
  readonly totalCount: number
  readonly nodes: readonly { readonly id: string; readonly name: string }[]
  readonly edges: readonly {
    readonly cursor: string
    readonly node: { readonly id: string; readonly name: string }
  }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

export interface PageVariables {
  readonly product?: 'APIG' | 'ROMA_CONNECT'
  readonly projectId?: string | null | undefined
  readonly instanceId?: string
  readonly filter?: object | null | undefined
  readonly first?: unknown
  readonly after?: unknown
}

const PAGE = `
  totalCount
  nodes { id name }
  edges { cursor node { id name } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`

/** A page of an instance's channels. What is no variable is left to the schema's default. */
export const INSTANCE_PAGE = new TypedDocumentString<{ vpcChannels: ChannelPage }, PageVariables>(`
  query Page($product: VpcChannelProduct! = APIG, $projectId: ID, $instanceId: ID!, $filter: VpcChannelFilter, $first: Int! = 20, $after: String) {
    vpcChannels(product: $product, projectId: $projectId, instanceId: $instanceId, filter: $filter, first: $first, after: $after) {${PAGE}
    }
  }`)

/** A page of a project's ROMA Connect channels. */
export const PROJECT_PAGE = new TypedDocumentString<{ projectVpcChannels: ChannelPage }, PageVariables>(`
  query Page($projectId: ID, $filter: VpcChannelFilter, $first: Int! = 20, $after: String) {
    projectVpcChannels(projectId: $projectId, filter: $filter, first: $first, after: $after) {${PAGE}
    }
  }`)

export interface Reference {
  readonly __typename: string
  readonly product: string
  readonly instanceId: string
  readonly id: string
}

export interface Entities<Entity> {
  readonly _entities: readonly (Entity | null)[]
}

/** What a router sends: references in, the selected fields of the channels out. */
export const entities = <Entity = Readonly<Record<string, unknown>>>(
  selection: string,
): TypedDocumentString<Entities<Entity>, { readonly representations: readonly unknown[] }> =>
  new TypedDocumentString(`
  query Entities($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on VpcChannel { ${selection} } }
  }`)

export const reference = (
  instance: string,
  id: string,
  product: 'APIG' | 'ROMA_CONNECT' = 'APIG',
): Reference => ({ __typename: 'VpcChannel', product, instanceId: instance, id })
