import type { CodegenConfig } from '@graphql-codegen/cli'

/** Typed documents of `test/documents/`, against the committed schema: what a frontend would generate for itself. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'test/documents/*.graphql',
  generates: {
    'test/support/generated/': {
      preset: 'client',
      // Ids as automatic persisted queries have them, so that a client of either kind is understood.
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
