export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A SCIM resource or message: any JSON object. */
export type ScimObject = Record<string, unknown>;

/** A user as a server answered it: any JSON object with an id. */
export type ScimUser = ScimObject & { readonly id: string };

/** The body of a PATCH (RFC 7644 §3.5.2). */
export function patchOf(...Operations: ScimObject[]): ScimObject {
  return { schemas: [PATCH_SCHEMA], Operations };
}

/** The attributes that are there. */
export function present(value: ScimObject): ScimObject {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));
}
