import { describe, expect, test } from 'vitest';
import {
  centralFingerprint,
  centralProofBytes,
  isFingerprintOf,
} from '#shared/domain/central-proof.ts';
import { toHex } from '#shared/kernel/bytes.ts';
import { type ChainId, idOf } from '#shared/kernel/ids.ts';

const CHAIN = idOf<ChainId>('00000000-0000-7000-8000-0000000000c1');
const OTHER_CHAIN = idOf<ChainId>('00000000-0000-7000-8000-0000000000c2');
const KEY = new Uint8Array(32).fill(7);

describe('the proof of a central', () => {
  test('covers chain and challenge in 32 bytes', () => {
    const challenge = Uint8Array.of(1, 2, 3);
    const proofs = [
      centralProofBytes(CHAIN, challenge),
      centralProofBytes(OTHER_CHAIN, challenge),
      centralProofBytes(CHAIN, Uint8Array.of(1, 2, 4)),
    ];
    expect(proofs.map((proof) => proof.length)).toEqual([32, 32, 32]);
    expect(new Set(proofs.map(toHex)).size).toBe(3);
    expect(centralProofBytes(CHAIN, challenge)).toEqual(proofs[0]);
  });
});

describe('the fingerprint of a central', () => {
  const fingerprint = centralFingerprint(KEY);

  test('is six groups of four digits', () => {
    expect(fingerprint).toMatch(/^([0-9a-f]{4}-){5}[0-9a-f]{4}$/);
  });

  test('is recognised however it is typed', () => {
    for (const typed of [
      fingerprint,
      fingerprint.toUpperCase(),
      fingerprint.replaceAll('-', ' '),
    ]) {
      expect(isFingerprintOf(typed, KEY)).toBe(true);
    }
  });

  test('is not that of another key, nor a part of it', () => {
    expect(isFingerprintOf(fingerprint, KEY.with(0, 8))).toBe(false);
    expect(isFingerprintOf(fingerprint.slice(0, -1), KEY)).toBe(false);
    expect(isFingerprintOf('', KEY)).toBe(false);
  });
});
