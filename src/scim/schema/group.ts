import { CORE_GROUP } from '../urns.ts';
import { list, text } from './attribute.ts';
import type { Schema } from './attribute.ts';
import { commonAttributes } from './common.ts';
import type { ResourceSchema } from './resource.ts';

const IMMUTABLE = { mutability: 'immutable', caseExact: true } as const;

/** Who is in a group; read by `readMembers`, for there may be many. */
export const MEMBERS = list('members', 'The users who belong to the group.', [
  text('value', 'The id of the user.', IMMUTABLE),
  text('$ref', 'The address of the user.', { ...IMMUTABLE, type: 'reference', referenceTypes: ['User'] }),
  text('type', 'What the member is; always a User.', { mutability: 'immutable', canonicalValues: ['User'] }),
  text('display', 'The display name of the user, made by the server.', { mutability: 'readOnly' }),
]);

/** The Group schema (RFC 7643 §4.2 and §8.7.1). */
export const GROUP_SCHEMA: Schema = {
  id: CORE_GROUP,
  name: 'Group',
  description: 'A group of users, shown as a team in the workspace.',
  attributes: [
    ...commonAttributes('The id of the group in your directory.'),
    text('displayName', 'The name of the group; unique in the workspace without regard to case.', {
      required: true,
      uniqueness: 'server',
    }),
    MEMBERS,
  ],
};

/** What a Group resource is made of. */
export const GROUP: ResourceSchema = { core: GROUP_SCHEMA, extensions: [] };
