import { expect, test } from 'vitest';
import { createScryptPinHasher } from '#main/adapters/system/scrypt-pin-hasher.ts';

test('a PIN is kept as a slow hash under a salt of its own, and found again', async () => {
  const hasher = createScryptPinHasher();
  const [first, second] = await Promise.all([hasher.hash('258013'), hasher.hash('258013')]);
  expect(first).toEqual({
    algorithm: 'scrypt',
    salt: expect.stringMatching(/^[\w+/]{22}==$/),
    hash: expect.stringMatching(/^[\w+/]{43}=$/),
    cost: 32_768,
    blockSize: 8,
    parallelism: 3,
  });
  expect([first.salt === second.salt, first.hash === second.hash]).toEqual([false, false]);
  expect(
    await Promise.all([
      hasher.matches('258013', first),
      hasher.matches('258013', second),
      hasher.matches('258014', first),
      hasher.matches('258013', { ...first, salt: second.salt }),
    ]),
  ).toEqual([true, true, false, false]);
});

test('a PIN that the central hashed, with another strength, is found too', async () => {
  const hasher = createScryptPinHasher();
  // RFC 7914, section 12: scrypt('password', 'NaCl', N 1024, r 8, p 16), its first 32 bytes.
  const credential = {
    algorithm: 'scrypt',
    salt: Buffer.from('NaCl').toString('base64'),
    hash: '/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI=',
    cost: 1_024,
    blockSize: 8,
    parallelism: 16,
  } as const;
  expect(await hasher.matches('password', credential)).toBe(true);
});
