import { describe, expect, test } from 'vitest';
import {
  type ChainLink,
  entryHash,
  findChainBreak,
  genesisHash,
} from '#shared/domain/journal-chain.ts';
import { utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes } from '#shared/kernel/hash.ts';
import { type ChainId, idOf } from '#shared/kernel/ids.ts';

const CHAIN = idOf<ChainId>('00000000-0000-7000-8000-0000000000c1');
const OTHER_CHAIN = idOf<ChainId>('00000000-0000-7000-8000-0000000000c2');
const KEY = new Uint8Array(32).fill(7);
const HEAD = { seq: 0, hash: genesisHash(CHAIN, KEY) };

const LINK: ChainLink = {
  chainId: CHAIN,
  seq: 1,
  previousHash: HEAD.hash,
  body: utf8('{"kind":"terminal.enrolled"}'),
};

function sealed(link: ChainLink) {
  return { ...link, hash: entryHash(link) };
}

describe('the start of a chain', () => {
  test('depends on the enrolment and on the device key', () => {
    const otherKey = KEY.with(0, 8);
    expect(
      new Set([
        genesisHash(CHAIN, KEY),
        genesisHash(OTHER_CHAIN, KEY),
        genesisHash(CHAIN, otherKey),
      ]).size,
    ).toBe(3);
  });

  test('stays what it is', () => {
    expect(genesisHash(CHAIN, KEY)).toBe(
      '670e52fbc9324eb6ad7e6eb9e2d513b120ae887a82719cb15ec8cc7bb1c238b6',
    );
    expect(entryHash(LINK)).toBe(
      'f87a43da13cf3cfb15f86a084d24a2fb6d01f942ca101199d3fb60d0ad0dc655',
    );
  });
});

describe('the hash of an entry', () => {
  test.each<[string, Partial<ChainLink>]>([
    ['its chain', { chainId: OTHER_CHAIN }],
    ['its place', { seq: 2 }],
    ['what came before', { previousHash: hashBytes(utf8('other')) }],
    ['its content', { body: utf8('{"kind":"terminal.enrolled" }') }],
  ])('depends on %s', (_what, change) => {
    expect(entryHash({ ...LINK, ...change })).not.toBe(entryHash(LINK));
  });
});

describe('a chain', () => {
  const first = sealed(LINK);
  const second = sealed({ ...LINK, seq: 2, previousHash: first.hash, body: utf8('{}') });
  const afterFirst = { seq: 1, hash: first.hash };

  test('takes what follows', () => {
    expect(findChainBreak(HEAD, first)).toBeUndefined();
    expect(findChainBreak(afterFirst, second)).toBeUndefined();
  });

  test('notices a missing and a repeated entry', () => {
    expect(findChainBreak(HEAD, second)).toBe('gap');
    expect(findChainBreak(afterFirst, first)).toBe('gap');
  });

  test('notices an entry of another branch', () => {
    const stranger = sealed({ ...LINK, seq: 2, previousHash: HEAD.hash });
    expect(findChainBreak(afterFirst, stranger)).toBe('other-previous-hash');
  });

  test('notices a changed entry', () => {
    const changed = { ...second, body: utf8('{"amount":1}') };
    expect(findChainBreak(afterFirst, changed)).toBe('hash-does-not-match');
  });
});
