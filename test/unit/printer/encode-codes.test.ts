import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCode128, encodeQr } from '#main/adapters/printer/encode-codes.ts';

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** The data of the barcode command: what follows `1d 6b 49 n`. */
function barcodeData(value: string, columns = 48): Buffer {
  const bytes = Buffer.from(encodeCode128(value, columns));
  const start = bytes.indexOf(Buffer.from([0x1d, 0x6b, 0x49]));
  const data = bytes.subarray(start + 4);
  expect(bytes[start + 3]).toBe(data.length);
  return data;
}

/** Reads barcode data as a printer does: subset B is text, subset C two digits a byte. */
function decoded(data: Buffer): string {
  let subset = 0;
  let value = '';
  for (let place = 0; place < data.length; place += 1) {
    const byte = data[place] ?? 0;
    const next = data[place + 1] ?? 0;
    if (byte === 0x7b && next !== 0x7b) {
      subset = next;
      place += 1;
    } else if (subset === 0x43) {
      value += byte.toString().padStart(2, '0');
    } else {
      value += String.fromCharCode(byte);
      if (byte === 0x7b) place += 1;
    }
  }
  return value;
}

describe('Code 128', () => {
  test('prints letters as they are', () => {
    expect(hex(encodeCode128('A-000123', 48))).toBe(
      '1d48001d77031d68501d6b490a7b42412d303030313233',
    );
  });

  test('doubles a brace, which would switch subsets', () => {
    expect(hex(barcodeData('A{B'))).toBe('7b42417b7b42');
  });

  test('packs a validation number, so that it fits the narrowest paper', () => {
    expect(hex(barcodeData('407182058793029228'))).toBe('7b4328475205575d025c1c');
    expect(hex(encodeCode128('407182058793029228', 32))).toContain('1d7702');
    expect(hex(encodeCode128('407182058793029228', 48))).toContain('1d7703');
  });

  test.each(['160400000000000000', '001605000000000000', '161400000000000000'])(
    'never spells a real-time command: %s',
    (value) => {
      const data = barcodeData(value);
      expect(hex(data)).not.toMatch(/^(..)*10(04|05|14)/);
      expect(decoded(data)).toBe(value);
    },
  );

  test('sends digits as letters where shifting them does not help', () => {
    const value = '160401604000000000';
    expect(hex(barcodeData(value))).toBe(`7b42${Buffer.from(value).toString('hex')}`);
  });

  test('reads back as what it was, with no real-time command inside', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{18}$/), (value) => {
        const data = barcodeData(value);
        expect(decoded(data)).toBe(value);
        expect(hex(data)).not.toMatch(/^(..)*10(04|05|14)/);
      }),
    );
  });

  test('reads back any other text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\x20-\x7e]{1,48}$/), (value) => {
        expect(decoded(barcodeData(value))).toBe(value);
      }),
    );
  });

  test.each(['', 'é', 'a\n', 'x'.repeat(49)])('throws on %j', (value) => {
    expect(() => encodeCode128(value, 48)).toThrow('not a Code 128 value');
  });
});

describe('a QR code', () => {
  test('counts its length in bytes, not characters', () => {
    expect(hex(encodeQr('Zoë'))).toBe(
      '1d286b040031413200' +
        '1d286b0300314306' +
        '1d286b0300314531' +
        '1d286b07003150305a6fc3ab' +
        '1d286b0300315130',
    );
  });

  test('declares the length that it has, for any text', () => {
    const words = fc
      .string({ unit: 'grapheme', maxLength: 300 })
      .filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(words, (text) => {
        const bytes = Buffer.from(encodeQr(text));
        const store = bytes.indexOf(Buffer.from([0x31, 0x50, 0x30]));
        const declared = bytes.readUInt16LE(store - 2);
        expect(bytes.subarray(store + 3, store + declared).toString('utf8')).toBe(text);
        expect(bytes.length).toBe(store + declared + 8);
      }),
    );
  });

  test('throws on control characters', () => {
    expect(() => encodeQr('\x10\x04\x01')).toThrow('control characters');
  });
});
