import { describe, expect, it } from 'vitest';
import { requestId } from '../../src/http/request-id.ts';
import { serve } from './serve.ts';

const echo = () =>
  serve((app) => {
    app.use(requestId);
    app.get('/', (req, res) => {
      res.json({ id: req.id });
    });
  });

describe('X-Request-Id', () => {
  it.each(['abcdefgh', 'a.B-c_1234567890', 'x'.repeat(64)])('%s is taken from the caller', async (id) => {
    const { url } = await echo();
    const answer = await fetch(url, { headers: { 'X-Request-Id': id } });
    expect(answer.headers.get('x-request-id')).toBe(id);
    expect(await answer.json()).toEqual({ id });
  });

  it.each(['short', 'x'.repeat(65), 'two words', 'abcdefgh,abcdefgh', '<script>alert(1)</script>', 'é'.repeat(8)])(
    '%s is replaced by a new one',
    async (id) => {
      const { url } = await echo();
      const answer = await fetch(url, { headers: { 'X-Request-Id': id } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(await answer.json()).toEqual({ id: answer.headers.get('x-request-id') });
    },
  );

  it('is made anew for each request that has none', async () => {
    const { url } = await echo();
    const [one, two] = [await fetch(url), await fetch(url)];
    expect(one.headers.get('x-request-id')).not.toBe(two.headers.get('x-request-id'));
  });
});
