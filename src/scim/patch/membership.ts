import { MEMBERS_A_REQUEST, type MemberChange } from '../../domain/team.ts';
import type { TeamChange } from '../../domain/team-commands.ts';
import { mutability } from '../errors.ts';
import { checkDisplayName } from '../group.ts';
import type { Json, Tolerate } from '../json.ts';
import { isObject } from '../json.ts';
import type { Schema } from '../schema/attribute.ts';
import { GROUP, MEMBERS } from '../schema/group.ts';
import { readMembers, tooManyMembers } from '../schema/members.ts';
import { schemaNamed, wholeSchema } from '../schema/resource.ts';
import { readValue } from '../schema/value.ts';
import { chosenMembers, EVERYONE } from './chosen-members.ts';
import { attributesOf } from './operations.ts';
import type { PatchOperation } from './operations.ts';
import { emptiesRequired, namesTheResource, targetOfKey, targetOfPath } from './target.ts';
import type { PatchTarget } from './target.ts';

/**
 * Turns the PATCH of a group into one change, its operations in their order, without knowing who is in the group: that
 * costs the same for 10 members and for 100,000 (RFC 7644 §3.5.2).
 * Fails with: 400 invalidFilter, invalidPath, invalidValue, mutability, noTarget, tooMany.
 */
export function teamChangeOf(operations: readonly PatchOperation[], tolerate: Tolerate): TeamChange {
  const reader = new ChangeReader(tolerate);
  for (const operation of operations) reader.read(operation);
  return reader.result();
}

interface Change extends PatchTarget {
  readonly op: PatchOperation['op'];
  readonly value?: Json;
}

class ChangeReader {
  readonly #tolerate: Tolerate;
  readonly #members: MemberChange[] = [];
  #named = 0;
  #own: { name?: string; externalId?: string | null } = {};

  constructor(tolerate: Tolerate) {
    this.#tolerate = tolerate;
  }

  result(): TeamChange {
    return { ...this.#own, ...(this.#members.length === 0 ? {} : { members: this.#members }) };
  }

  read({ op, path, value }: PatchOperation): void {
    if (path === undefined) return this.#each(op, undefined, value ?? null);
    const whole = path.where === undefined ? wholeSchema(GROUP, path.path) : undefined;
    if (whole !== undefined) return this.#whole(op, whole, value ?? null);
    this.#change({ op, ...targetOfPath(GROUP, path), ...(value === undefined ? {} : { value }) });
  }

  /** Okta sends `{ "id": …, "displayName": … }` with every change of members (contract §4.3): those stay. */
  #each(op: Change['op'], within: Schema | undefined, value: Json): void {
    for (const [key, part] of attributesOf(op, value)) {
      const inner = within === undefined ? schemaNamed(GROUP, key) : undefined;
      if (inner === undefined) this.#entry({ op, value: part }, within, key);
      else this.#whole(op, inner, part);
    }
  }

  #entry(change: { op: Change['op']; value: Json }, within: Schema | undefined, key: string): void {
    const target = targetOfKey(GROUP, key, { within, tolerate: this.#tolerate });
    if (target !== undefined) this.#change({ ...change, ...target });
  }

  #whole(op: Change['op'], schema: Schema, value: Json): void {
    if (op === 'remove' || !isObject(value)) throw namesTheResource(schema, op);
    this.#each(op, schema, value);
  }

  #change(change: Change): void {
    const { op, attribute, value } = change;
    if (attribute === MEMBERS) return this.#changeMembers(change);
    const at = { name: attribute.name, tolerate: this.#tolerate };
    const read = op === 'remove' ? undefined : readValue(attribute, value, at);
    if (read === undefined && attribute.required) throw emptiesRequired(attribute);
    const text = typeof read === 'string' ? read : null;
    if (attribute.required && text !== null) checkDisplayName(text);
    this.#own = { ...this.#own, ...(attribute.required ? { name: text ?? '' } : { externalId: text }) };
  }

  #changeMembers({ op, sub, where, value = null }: Change): void {
    if (sub !== undefined || (where !== undefined && op !== 'remove')) throw fixed();
    if (where !== undefined) return this.#removeChosen(chosenMembers(where));
    if (op !== 'remove') return this.#add(op, readMembers(value, this.#tolerate));
    if (value === null || value === '') this.#removeChosen(EVERYONE);
    else this.#removeNamed(value);
  }

  /** Entra ID without `aadOptscim062020`, and JumpCloud. */
  #removeNamed(value: Json): void {
    this.#tolerate('Removed from members only what the value names.');
    this.#add('remove', readMembers(value, this.#tolerate));
  }

  #removeChosen(chosen: ReturnType<typeof chosenMembers>): void {
    if (chosen === EVERYONE) this.#add('replace', []);
    else this.#add('remove', [...chosen]);
  }

  #add(kind: MemberChange['kind'], userIds: readonly string[]): void {
    this.#named += userIds.length;
    if (this.#named > MEMBERS_A_REQUEST) throw tooManyMembers(this.#named);
    if (kind === 'replace' || userIds.length > 0) this.#members.push({ kind, userIds });
  }
}

function fixed() {
  return mutability('What stands within members cannot be changed; remove the member and add another one.');
}
