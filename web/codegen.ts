import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types for the operations in `web/src`, from the committed schema. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['web/src/**/*.{ts,tsx}', '!web/src/gql/**'],
  generates: {
    'web/src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        avoidOptionals: { field: true, inputValue: false, object: false, defaultValue: false },
        defaultScalarType: 'unknown',
        scalars: { DateTime: 'string', EmailAddress: 'string', SecretString: 'string', Url: 'string' },
      },
    },
  },
  ignoreNoDocuments: true,
  silent: true,
};

export default config;
