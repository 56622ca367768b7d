import type { CodegenConfig } from '@graphql-codegen/cli'

/** Generates typed documents of `test/documents/` from the committed schema, as a frontend does. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'test/documents/*.graphql',
  generates: {
    'test/support/generated/': {
      preset: 'client',
      // The ids of automatic persisted queries, so that both kinds of clients work.
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        importExtension: '.ts',
        strictScalars: true,
        scalars: { Port: 'number', DateTime: 'string', JSON: 'unknown', _Any: 'unknown' },
      },
    },
  },
}

export default config
