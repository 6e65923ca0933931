import type { CodegenConfig } from '@graphql-codegen/cli';

/** Makes the types of every operation in this folder out of the schema: `npx graphql-codegen --config codegen.ts`. */
const config: CodegenConfig = {
  schema: '../../schema.graphql',
  importExtension: '.ts',
  documents: ['*.ts', '!codegen.ts'],
  generates: {
    'gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        immutableTypes: true,
        strictScalars: true,
        useTypeImports: true,
        scalars: {
          DateTime: 'string',
          EmailAddress: 'string',
          SecretString: 'string',
          Url: 'string',
        },
      },
    },
  },
};

export default config;
