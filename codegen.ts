import type { CodegenConfig } from '@graphql-codegen/cli'

/** Typed documents of `test/documents/`, against the committed schema: what a frontend would generate for itself. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'test/documents/*.graphql',
  generates: {
    'test/support/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
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
