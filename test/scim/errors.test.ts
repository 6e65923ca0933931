import { describe, expect, it } from 'vitest';
import { ScimError, errorBody, invalidFilter, shown, tooLarge } from '../../src/scim/errors.ts';

describe('RFC 7644 §3.12 an error', () => {
  it('has its status as text, and scimType only where there is one', () => {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
    expect(errorBody(404, 'No.')).toEqual({ schemas, status: '404', detail: 'No.' });
    expect(errorBody(409, 'No.', 'uniqueness')).toEqual({
      schemas,
      status: '409',
      scimType: 'uniqueness',
      detail: 'No.',
    });
  });

  it('carries what the answer needs', () => {
    expect(invalidFilter('No.')).toMatchObject({ status: 400, scimType: 'invalidFilter', message: 'No.' });
    expect(tooLarge('No.')).toMatchObject({ status: 413 });
    expect(new ScimError(429, 'No.', { headers: { 'Retry-After': '1' } }).headers).toEqual({ 'Retry-After': '1' });
  });

  it('shows about 100 characters of a value', () => {
    expect(shown('x')).toBe('"x"');
    expect(shown('\u{1F600}'.repeat(100))).toHaveLength(100);
    expect(shown('\u{1F600}'.repeat(100)).isWellFormed()).toBe(true);
  });
});
