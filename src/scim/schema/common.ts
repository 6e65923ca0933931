import { complex, text } from './attribute.ts';
import type { Attribute } from './attribute.ts';

const READ_ONLY = { mutability: 'readOnly' } as const;
const INSTANT = { ...READ_ONLY, type: 'dateTime', caseExact: true } as const;

const META = complex(
  'meta',
  'What the server knows about the resource itself.',
  [
    text('resourceType', 'The name of the resource type.', { ...READ_ONLY, caseExact: true }),
    text('created', 'When the resource was created.', INSTANT),
    text('lastModified', 'When the resource was last changed.', INSTANT),
    text('location', 'The address of the resource.', { ...READ_ONLY, type: 'reference', caseExact: true }),
    text('version', 'The version of the resource, as in the ETag header.', { ...READ_ONLY, caseExact: true }),
  ],
  READ_ONLY,
);

/** `schemas`, `id`, `externalId` and `meta`, which RFC 7643 §3.1 makes a part of every base schema. */
export function commonAttributes(ofExternalId: string): Attribute[] {
  return [
    text('schemas', 'The URNs of the schemas of the resource.', {
      ...READ_ONLY,
      type: 'reference',
      multiValued: true,
      returned: 'always',
      caseExact: true,
    }),
    text('id', 'The id the server gave to the resource; it never changes.', {
      ...READ_ONLY,
      returned: 'always',
      caseExact: true,
      uniqueness: 'server',
    }),
    text('externalId', ofExternalId, { caseExact: true }),
    META,
  ];
}
