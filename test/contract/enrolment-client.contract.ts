import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EnrolmentClient } from '#main/ports/central-client.ts';
import type { EnrolmentRequest } from '#shared/contract/central/enrolment.ts';
import { toBase64, utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes } from '#shared/kernel/hash.ts';
import { type ChainId, idOf } from '#shared/kernel/ids.ts';

/** A client, and the central that it can reach. */
export interface EnrolmentUnderTest {
  readonly client: EnrolmentClient;
  readonly centralUrl: string;
  /** A code that is good for one key. */
  readonly code: string;
  /** Lets go of everything. */
  readonly dispose: () => Promise<void>;
}

const NOBODY = 'http://127.0.0.1:9';

function requestWith(code: string, key = 1): Omit<EnrolmentRequest, 'challenge'> {
  return {
    code,
    chainId: idOf<ChainId>(`00000000-0000-7000-8000-0000000000a${key}`),
    devicePublicKey: toBase64(new Uint8Array(32).fill(key)),
    machineFingerprint: hashBytes(utf8('machine')),
    software: { version: '0.1.0', checksum: hashBytes(utf8('program')) },
  };
}

/** What every client for enrolling has to do, run against one of them. */
export function runEnrolmentClientContract(
  name: string,
  open: () => Promise<EnrolmentUnderTest>,
): void {
  describe(`a client for enrolling: ${name}`, () => {
    let opened: EnrolmentUnderTest;

    beforeEach(async () => {
      opened = await open();
    });

    afterEach(async () => {
      await opened.dispose();
    });

    async function publicKey(): Promise<Uint8Array> {
      const identity = await opened.client.identify(opened.centralUrl);
      if (!identity.ok) throw new Error('the central says who it is');
      return identity.value;
    }

    test('learns the same key of the central each time', async () => {
      const first = await publicKey();
      expect(first).toHaveLength(32);
      expect(await publicKey()).toEqual(first);
    });

    test('takes an address where nobody answers for a lost connection', async () => {
      expect(await opened.client.identify(NOBODY)).toMatchObject({
        ok: false,
        failure: { kind: 'transport' },
      });
    });

    test('enrols, and gets the same again for the same code and key', async () => {
      const key = await publicKey();
      const request = requestWith(opened.code);
      const first = await opened.client.enrol(opened.centralUrl, key, request);
      const second = await opened.client.enrol(opened.centralUrl, key, request);
      if (!first.ok || !second.ok) throw new Error('the code is good');
      const { rsuId, rsuName, organisationId } = first.value;
      expect(second.value).toMatchObject({ rsuId, rsuName, organisationId });
    });

    test('is refused a code that another key has used, and one that nobody issued', async () => {
      const key = await publicKey();
      await opened.client.enrol(opened.centralUrl, key, requestWith(opened.code));
      const used = await opened.client.enrol(opened.centralUrl, key, requestWith(opened.code, 2));
      const unknown = await opened.client.enrol(opened.centralUrl, key, requestWith('NONE-0000'));
      expect([used, unknown]).toMatchObject([
        { ok: false, failure: { kind: 'refused', code: 'enrolment.code-used' } },
        { ok: false, failure: { kind: 'refused', code: 'enrolment.code-unknown' } },
      ]);
    });

    test('takes nothing from a central that does not hold the key', async () => {
      const other = new Uint8Array(32).fill(99);
      const answer = await opened.client.enrol(opened.centralUrl, other, requestWith(opened.code));
      expect(answer).toEqual({ ok: false, failure: { kind: 'not-our-central' } });
    });
  });
}
