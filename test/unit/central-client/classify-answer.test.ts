import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { classifyAnswer } from '#main/adapters/central/classify-answer.ts';
import { centralFailureSchema } from '#shared/contract/central/control.ts';
import { utf8 } from '#shared/kernel/bytes.ts';

const schema = z.strictObject({ word: z.string() });

const classify = (status: number, body: string | Uint8Array, retryAfter?: string) =>
  classifyAnswer(
    { status, retryAfter, body: typeof body === 'string' ? utf8(body) : body },
    schema,
  );

const refusal = (code: string) =>
  JSON.stringify({ code, detail: 'because', serverTime: '2026-11-22T19:05:00.000Z' });

const strange = (status: number) => ({
  ok: false,
  failure: { kind: 'transport', detail: `HTTP ${status} that is not an answer of the central` },
});

describe('an answer with status 2xx', () => {
  it('is a success if it is what was asked for', () => {
    expect(classify(200, '{"word":"yes"}')).toEqual({ ok: true, value: { word: 'yes' } });
    expect(classify(201, '{"word":"yes"}')).toEqual({ ok: true, value: { word: 'yes' } });
  });

  it.each([
    ['a page', '<html>Please sign in</html>'],
    ['other JSON', '{"portal":true}'],
    ['more than was asked for', '{"word":"yes","advert":"no"}'],
    ['half an answer', '{"word":"ye'],
    ['nothing', ''],
    ['no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
  ])('is from somebody else if it is %s', (_, body) => {
    expect(classify(200, body)).toEqual(strange(200));
  });
});

describe('an answer with another status', () => {
  it.each([301, 302, 307, 308, 304])('is from somebody else if it redirects (%i)', (status) => {
    expect(classify(status, '{"word":"yes"}')).toEqual(strange(status));
  });

  it.each([400, 401, 403, 404, 407, 408, 500, 502, 503, 504, 511])(
    'is from somebody else if it holds no refusal of the central (%i)',
    (status) => {
      expect(classify(status, 'Error 401 422 token.invalid')).toEqual(strange(status));
    },
  );

  it.each(centralFailureSchema.shape.code.options)(
    'is the refusal %s by its code alone',
    (code) => {
      expect(classify(400, refusal(code))).toEqual({
        ok: false,
        failure: { kind: 'refused', code, detail: 'because' },
      });
    },
  );

  it('is no refusal if its code is of a later version', () => {
    expect(classify(409, refusal('something.new'))).toEqual(strange(409));
  });

  it('is a refusal for its size if a proxy says 413', () => {
    expect(classify(413, '<h1>Too large</h1>')).toEqual({
      ok: false,
      failure: { kind: 'refused', code: 'request.too-large', detail: 'refused on the way' },
    });
  });
});

describe('an answer that asks for time', () => {
  it.each([
    ['the seconds it says', 429, '7', 7_000],
    ['no more than five minutes', 429, '86400', 300_000],
    ['a usual time if it does not say', 429, undefined, 5_000],
    ['a usual time if it says a date', 429, 'Sun, 22 Nov 2026 19:05:00 GMT', 5_000],
    ['the seconds it says, also while the central is down for repair', 503, '30', 30_000],
  ])('gets %s', (_, status, retryAfter, retryAfterMs) => {
    expect(classify(status, 'slow down', retryAfter)).toEqual({
      ok: false,
      failure: { kind: 'back-pressure', retryAfterMs },
    });
  });
});
