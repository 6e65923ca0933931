import { RESOURCE_TYPE, SCHEMA, SERVICE_PROVIDER_CONFIG } from '../urns.ts';
import { complex, flag, list, text } from './attribute.ts';
import type { Attribute, Schema } from './attribute.ts';

// The schemas of what discovery itself shows (RFC 7643 §8.7.2); nobody can write any of it.

const READ_ONLY = { mutability: 'readOnly' } as const;
const NEEDED = { ...READ_ONLY, required: true } as const;
const ADDRESS = { ...READ_ONLY, type: 'reference', referenceTypes: ['external'], caseExact: true } as const;
const SCHEMA_URI = { ...NEEDED, type: 'reference', referenceTypes: ['uri'], caseExact: true } as const;

const supported = (what: string) => flag('supported', `Whether ${what}.`, NEEDED);
const count = (name: string, description: string, over: Partial<Attribute> = NEEDED) =>
  text(name, description, { ...over, type: 'integer' });
const feature = (name: string, description: string, parts: readonly Attribute[]) =>
  complex(name, description, parts, NEEDED);

const SERVICE_PROVIDER_CONFIG_SCHEMA: Schema = {
  id: SERVICE_PROVIDER_CONFIG,
  name: 'ServiceProviderConfig',
  description: 'What this server can do.',
  attributes: [
    text('documentationUri', 'Where the server is documented for people.', ADDRESS),
    feature('patch', 'PATCH.', [supported('PATCH is offered')]),
    feature('bulk', 'Bulk requests.', [
      supported('bulk requests are offered'),
      count('maxOperations', 'The most operations in a bulk request.'),
      count('maxPayloadSize', 'The largest body of a bulk request, in bytes.'),
    ]),
    feature('filter', 'Filters.', [
      supported('lists can be filtered'),
      count('maxResults', 'The most resources in one answer.'),
    ]),
    feature('changePassword', 'Passwords.', [supported('a user can change their password over SCIM')]),
    feature('sort', 'Sorting.', [supported('lists can be sorted')]),
    feature('etag', 'Entity tags.', [supported('resources have entity tags')]),
    complex(
      'pagination',
      'How lists are read page by page (RFC 9865).',
      [
        flag('cursor', 'Whether by cursor.', NEEDED),
        flag('index', 'Whether by index.', NEEDED),
        text('defaultPaginationMethod', 'How where neither is asked for.', {
          ...READ_ONLY,
          canonicalValues: ['cursor', 'index'],
        }),
        count('defaultPageSize', 'How many resources a page has where no count is asked for.', READ_ONLY),
        count('maxPageSize', 'The most resources on a page.', READ_ONLY),
        count('cursorTimeout', 'For how many seconds a cursor is good.', READ_ONLY),
      ],
      READ_ONLY,
    ),
    list(
      'authenticationSchemes',
      'How a client shows who it is.',
      [
        text('type', 'The kind of scheme.', {
          ...NEEDED,
          canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
        }),
        text('name', 'The name of the scheme.', NEEDED),
        text('description', 'What the scheme is.', NEEDED),
        text('specUri', 'Where the scheme is specified.', ADDRESS),
        text('documentationUri', 'Where its use is documented.', ADDRESS),
        flag('primary', 'Whether it is the preferred scheme.', READ_ONLY),
      ],
      NEEDED,
    ),
  ],
};

const RESOURCE_TYPE_SCHEMA: Schema = {
  id: RESOURCE_TYPE,
  name: 'ResourceType',
  description: 'A type of resource, and where it is.',
  attributes: [
    text('id', 'The id of the type; its name.', READ_ONLY),
    text('name', 'The name of the type.', NEEDED),
    text('description', 'What the type is.', READ_ONLY),
    text('endpoint', 'Where resources of the type are, below the base URL.', { ...SCHEMA_URI, uniqueness: 'server' }),
    text('schema', 'The URN of its core schema.', SCHEMA_URI),
    list(
      'schemaExtensions',
      'The schemas that extend it.',
      [text('schema', 'The URN of the extension.', SCHEMA_URI), flag('required', 'Whether each has it.', NEEDED)],
      READ_ONLY,
    ),
  ],
};

const SCHEMA_SCHEMA: Schema = {
  id: SCHEMA,
  name: 'Schema',
  description: 'A schema and its attributes.',
  attributes: [
    text('id', 'The URN of the schema.', { ...NEEDED, caseExact: true }),
    text('name', 'The name of the schema for people.', NEEDED),
    text('description', 'What the schema is about.', READ_ONLY),
    list(
      'attributes',
      'The attributes of the schema.',
      [...characteristics(), list('subAttributes', 'The parts of a complex attribute.', characteristics(), READ_ONLY)],
      NEEDED,
    ),
  ],
};

/** The schemas of ServiceProviderConfig, ResourceType and Schema. */
export const DOCUMENT_SCHEMAS: readonly Schema[] = [
  SERVICE_PROVIDER_CONFIG_SCHEMA,
  RESOURCE_TYPE_SCHEMA,
  SCHEMA_SCHEMA,
];

/** RFC 7643 §7. */
function characteristics(): Attribute[] {
  const oneOf = (...canonicalValues: string[]) => ({ ...READ_ONLY, canonicalValues });
  const kinds = ['string', 'complex', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'];
  return [
    text('name', 'The name of the attribute.', { ...NEEDED, caseExact: true }),
    text('type', 'The type of its values.', { ...NEEDED, canonicalValues: kinds }),
    flag('multiValued', 'Whether it can have several values.', NEEDED),
    text('description', 'What the attribute says.', READ_ONLY),
    flag('required', 'Whether each resource has it.', READ_ONLY),
    text('canonicalValues', 'Values that are usual.', { ...READ_ONLY, multiValued: true, caseExact: true }),
    flag('caseExact', 'Whether case counts.', READ_ONLY),
    text('mutability', 'Whether it can be written.', oneOf('readOnly', 'readWrite', 'immutable', 'writeOnly')),
    text('returned', 'When it is in an answer.', oneOf('always', 'never', 'default', 'request')),
    text('uniqueness', 'Among which resources its value is the only one.', oneOf('none', 'server', 'global')),
    text('referenceTypes', 'What a reference can name.', { ...READ_ONLY, multiValued: true, caseExact: true }),
  ];
}
