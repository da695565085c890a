import { describe, expect, test } from 'vitest';
import { idOf, isUuid, type OrderId, uuidV7 } from '#shared/kernel/ids.ts';

const ID = '0199d3a0-1234-7abc-89ab-0123456789ab';

describe('an id', () => {
  test('is a lower-case UUID', () => {
    expect(isUuid(ID)).toBe(true);
    expect(idOf<OrderId>(ID)).toBe(ID);
  });

  test.each(['', ID.toUpperCase(), ID.slice(1), `${ID}0`, `{${ID}}`, ID.replaceAll('-', '')])(
    'is not %j',
    (text) => {
      expect(isUuid(text)).toBe(false);
      expect(() => idOf(text)).toThrow('not a lower-case UUID');
    },
  );
});

describe('a UUID of version 7', () => {
  test('holds the time, the version and the variant as RFC 9562 shows', () => {
    const random = Uint8Array.of(0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f);
    expect(uuidV7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  test('takes exactly ten random bytes', () => {
    expect(() => uuidV7(0, new Uint8Array(9))).toThrow('ten random bytes');
  });
});
