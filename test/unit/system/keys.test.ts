import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import { openMachineVault } from '#main/adapters/system/machine-vault.ts';
import { createScryptPinHasher } from '#main/adapters/system/scrypt-pin-hasher.ts';
import { createSecretBox } from '#main/adapters/system/secret-box.ts';
import { pinCredentialSchema } from '#shared/contract/mirror/operator.ts';
import { fromHex, utf8 } from '#shared/kernel/bytes.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { makeTemporaryFolder } from '#test/helpers/terminal-database.ts';
import { testId } from '#test/helpers/terminal-database-history.ts';

const CHAIN = testId<ChainId>('chain', 1);
const verifier = createSignatureVerifier();

test('signatures of a device key are good; of other bytes or another key they are not', () => {
  using folder = makeTemporaryFolder();
  const vault = openMachineVault(folder.path);
  const key = vault.createDeviceKey(CHAIN);
  const other = vault.createDeviceKey(testId<ChainId>('chain', 2));
  const signature = key.sign(utf8('sold'));
  expect(key.publicKey).toHaveLength(32);
  expect(signature).toHaveLength(64);
  expect(verifier.isSignedBy(key.publicKey, utf8('sold'), signature)).toBe(true);
  expect(verifier.isSignedBy(key.publicKey, utf8('told'), signature)).toBe(false);
  expect(verifier.isSignedBy(other.publicKey, utf8('sold'), signature)).toBe(false);
  expect(verifier.isSignedBy(new Uint8Array(5), utf8('sold'), signature)).toBe(false);
});

test('signatures agree with the published test vector (RFC 8032, 7.1, test 2)', () => {
  const publicKey = fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
  const signature = fromHex(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  );
  expect(verifier.isSignedBy(publicKey, Uint8Array.of(0x72), signature)).toBe(true);
});

test('a vault keeps keys, fingerprint and secrets from start to start, for its owner alone', () => {
  using folder = makeTemporaryFolder();
  const path = join(folder.path, 'vault');
  const first = openMachineVault(path);
  const key = first.createDeviceKey(CHAIN);
  const wrapped = first.secretBox.wrap(utf8('block key'));

  const second = openMachineVault(path);
  expect(second.findDeviceKey(CHAIN)?.publicKey).toEqual(key.publicKey);
  expect(second.createDeviceKey(CHAIN).publicKey).toEqual(key.publicKey);
  expect(second.findDeviceKey(testId<ChainId>('chain', 2))).toBeUndefined();
  expect(second.secretBox.unwrap(wrapped)).toEqual(utf8('block key'));
  expect(second.machineFingerprint).toBe(first.machineFingerprint);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  const modes = readdirSync(path).map((name) => statSync(join(path, name)).mode & 0o777);
  expect(new Set(modes)).toEqual(new Set([0o600]));
});

test('a till is bound to the id of its system, and to no other while that is missing', () => {
  using folder = makeTemporaryFolder();
  const systemIdFile = join(folder.path, 'system-id');
  const path = join(folder.path, 'vault');
  writeFileSync(systemIdFile, `${'0a'.repeat(16)}\n`);
  const enrolledAs = openMachineVault(path, systemIdFile).machineFingerprint;
  const machineNow = () => {
    const { machine } = openMachineVault(path, systemIdFile);
    return { matches: machine.matches(enrolledAs), hasSystemId: machine.hasSystemId() };
  };

  rmSync(systemIdFile);
  expect(machineNow()).toEqual({ matches: false, hasSystemId: false });
  expect(existsSync(join(path, 'machine-id'))).toBe(false);
  writeFileSync(systemIdFile, `${'0b'.repeat(16)}\n`);
  expect(machineNow()).toEqual({ matches: false, hasSystemId: true });
  writeFileSync(systemIdFile, `${'0a'.repeat(16)}\n`);
  expect(machineNow()).toEqual({ matches: true, hasSystemId: true });
});

test('a till that was enrolled where the system has no id keeps its own, also when one comes', () => {
  using folder = makeTemporaryFolder();
  const systemIdFile = join(folder.path, 'system-id');
  const path = join(folder.path, 'vault');
  const own = openMachineVault(path, systemIdFile).machineFingerprint;
  expect(openMachineVault(path, systemIdFile).machineFingerprint).toBe(own);
  writeFileSync(systemIdFile, `${'0a'.repeat(16)}\n`);
  const later = openMachineVault(path, systemIdFile);
  expect(later.machine.matches(own)).toBe(true);
  expect(later.machineFingerprint).not.toBe(own);
  expect(openMachineVault(join(folder.path, 'copy'), systemIdFile).machine.matches(own)).toBe(
    false,
  );
});

test('heads are noted at most once a second, and at the end', async () => {
  using folder = makeTemporaryFolder();
  const vault = openMachineVault(folder.path);
  const head = (seq: number) => ({ seq, hash: 'a'.repeat(64) as Sha256 });
  const file = join(folder.path, `${CHAIN}.head`);
  vault.noteHead(CHAIN, head(1));
  vault.noteHead(CHAIN, head(2));
  expect(existsSync(file)).toBe(false);
  expect(vault.lastNotedHead(CHAIN)).toEqual(head(2));
  await setTimeout(1_300);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(head(2));
  vault.noteHead(CHAIN, head(3));
  await vault.close();
  const again = openMachineVault(folder.path);
  expect(again.lastNotedHead(CHAIN)).toEqual(head(3));
  expect(again.notedChains()).toEqual([CHAIN]);
  writeFileSync(file, 'torn');
  expect(openMachineVault(folder.path).lastNotedHead(CHAIN)).toBeUndefined();
});

test('a noted head never goes back: a journal that was set back goes on being noticed', async () => {
  using folder = makeTemporaryFolder();
  const head = (seq: number) => ({ seq, hash: 'a'.repeat(64) as Sha256 });
  const vault = openMachineVault(folder.path);
  vault.noteHead(CHAIN, head(9));
  await vault.close();
  const again = openMachineVault(folder.path);
  again.noteHead(CHAIN, head(7));
  await again.close();
  expect(openMachineVault(folder.path).lastNotedHead(CHAIN)).toEqual(head(9));
});

test('a comparison of heads stays due over starts until it was done', () => {
  using folder = makeTemporaryFolder();
  const vault = openMachineVault(folder.path);
  expect(vault.isComparisonDue(CHAIN)).toBe(false);
  vault.noteComparison(CHAIN, true);
  expect(openMachineVault(folder.path).isComparisonDue(CHAIN)).toBe(true);
  vault.noteComparison(CHAIN, false);
  vault.noteComparison(CHAIN, false);
  expect(openMachineVault(folder.path).isComparisonDue(CHAIN)).toBe(false);
});

test('a head that cannot be written waits', async () => {
  using folder = makeTemporaryFolder();
  const vault = openMachineVault(folder.path);
  const head = { seq: 1, hash: 'a'.repeat(64) as Sha256 };
  const inTheWay = join(folder.path, `${CHAIN}.head.unfinished`);
  writeFileSync(inTheWay, '');
  chmodSync(inTheWay, 0o600);
  vault.noteHead(CHAIN, head);
  await vault.close();
  expect(openMachineVault(folder.path).lastNotedHead(CHAIN)).toEqual(head);
});

test('a wrapped secret opens with its own key only, and not after a change', () => {
  const box = createSecretBox(new Uint8Array(32).fill(1));
  const wrapped = box.wrap(utf8('PIN credential'));
  expect(box.unwrap(wrapped)).toEqual(utf8('PIN credential'));
  expect(box.wrap(utf8('PIN credential'))).not.toBe(wrapped);
  expect(createSecretBox(new Uint8Array(32).fill(2)).unwrap(wrapped)).toBeUndefined();
  const changed = Buffer.from(wrapped, 'base64');
  changed[20] = (changed[20] ?? 0) ^ 1;
  expect(box.unwrap(changed.toString('base64'))).toBeUndefined();
  expect(box.unwrap('')).toBeUndefined();
});

test('a PIN matches its own credential only, and a credential is what the mirror may carry', async () => {
  const hasher = createScryptPinHasher();
  const credential = await hasher.hash('135791');
  expect(pinCredentialSchema.parse(credential)).toEqual(credential);
  expect(await hasher.matches('135791', credential)).toBe(true);
  expect(await hasher.matches('135792', credential)).toBe(false);
  expect((await hasher.hash('135791')).salt).not.toBe(credential.salt);
});

test('hashing a PIN leaves the main thread free', async () => {
  let turns = 0;
  const counter = setInterval(() => {
    turns += 1;
  }, 5);
  await createScryptPinHasher().hash('135791');
  clearInterval(counter);
  expect(turns).toBeGreaterThan(2);
});
