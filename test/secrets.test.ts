import { describe, expect, it } from 'vitest';
import { createSecrets } from '../src/secrets.ts';

const secrets = createSecrets('a server secret of at least 32 characters');

describe('a SCIM key (A1, A3, A5)', () => {
  it('has the form scim_<10 base62>_<43 base62><6 base62> and a checksum that holds, and no two are alike', () => {
    const made = Array.from({ length: 2_000 }, () => secrets.issue('scim'));
    for (const { plain, publicId } of made) {
      expect(plain).toMatch(/^scim_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/u);
      expect(secrets.publicIdOf('scim', plain)).toBe(publicId);
    }
    expect(new Set(made.map(({ plain }) => plain)).size).toBe(made.length);
  });

  it('is refused for any one mistyped character before anything is looked up', () => {
    const { plain } = secrets.issue('scim');
    for (let place = 0; place < plain.length; place += 1) {
      for (const typo of ['A', 'b', '7', '_'].filter((character) => character !== plain[place])) {
        const mistyped = plain.slice(0, place) + typo + plain.slice(place + 1);
        expect(secrets.publicIdOf('scim', mistyped), mistyped).toBeUndefined();
      }
    }
  });

  it('is kept as a hash that another server secret does not make', () => {
    const { plain, hash } = secrets.issue('scim');
    expect(hash).toMatch(/^[0-9a-f]{64}$/u);
    expect(secrets.matches('scim', plain, hash)).toBe(true);
    expect(createSecrets('another server secret of 32 characters!!').matches('scim', plain, hash)).toBe(false);
  });

  it('does not match where there is no hash, nor the hash of another key', () => {
    const [one, other] = [secrets.issue('scim'), secrets.issue('scim')];
    expect(secrets.matches('scim', one.plain, undefined)).toBe(false);
    expect(secrets.matches('scim', one.plain, other.hash)).toBe(false);
  });

  it('is no personal access token, and the other way round', () => {
    expect(secrets.publicIdOf('pat', secrets.issue('scim').plain)).toBeUndefined();
    expect(secrets.publicIdOf('scim', secrets.issue('pat').plain)).toBeUndefined();
    const invitation = secrets.issue('inv');
    expect(secrets.publicIdOf('inv', invitation.plain)).toBe(invitation.publicId);
    expect(secrets.publicIdOf('ses', invitation.plain)).toBeUndefined();
    expect(secrets.matches('ses', invitation.plain, invitation.hash)).toBe(false);
  });
});

describe('a sealed text', () => {
  it('comes back for the words that it is bound to alone, and from nothing else', () => {
    const sealed = secrets.seal('the text', 'one list');
    expect(sealed).not.toBe(secrets.seal('the text', 'one list'));
    expect(secrets.unseal(sealed, 'one list')).toBe('the text');
    expect(secrets.unseal(sealed, 'another list')).toBeUndefined();
    expect(createSecrets('another server secret of 32 characters!!').unseal(sealed, 'one list')).toBeUndefined();
    for (const forged of ['', 'A', sealed.slice(0, -1), `${sealed}A`, `${sealed}=`, `A${sealed.slice(1)}!`])
      expect(secrets.unseal(forged, 'one list'), forged).toBeUndefined();
  });
});
