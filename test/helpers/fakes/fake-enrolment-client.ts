import type { CentralProblem, EnrolmentClient } from '#main/ports/central-client.ts';
import type { CentralFailureCode } from '#shared/contract/central/control.ts';
import type { EnrolmentRequest } from '#shared/contract/central/enrolment.ts';
import { centralFingerprint } from '#shared/domain/central-proof.ts';
import { toBase64 } from '#shared/kernel/bytes.ts';
import type { OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { fakeId } from './fake-ids.ts';

/** The central that the fake client reaches: its address, code and fingerprint. */
export const TEST_CENTRAL = {
  address: 'https://central.example',
  code: 'ABCD-1234',
  publicKey: new Uint8Array(32).fill(7),
  fingerprint: centralFingerprint(new Uint8Array(32).fill(7)),
} as const;

/** A central that grants one code to one key, again and again. */
export interface FakeEnrolmentClient extends EnrolmentClient {
  readonly requests: () => readonly Omit<EnrolmentRequest, 'challenge'>[];
  /** The next calls end like this instead. `lost` grants, but the answer never arrives. */
  script(...problems: readonly (CentralProblem | 'lost')[]): void;
}

/** Makes the client. */
export function createFakeEnrolmentClient(now: () => Instant): FakeEnrolmentClient {
  const requests: Omit<EnrolmentRequest, 'challenge'>[] = [];
  const script: (CentralProblem | 'lost')[] = [];
  let granted: string | undefined;
  return {
    requests: () => requests,
    script(...problems) {
      script.push(...problems);
    },
    async identify(centralUrl) {
      if (centralUrl === TEST_CENTRAL.address) return ok(TEST_CENTRAL.publicKey);
      return refuse({ kind: 'transport', detail: 'no such host' });
    },
    async enrol(_centralUrl, centralPublicKey, request) {
      requests.push(request);
      const scripted = script.shift();
      if (scripted !== undefined && scripted !== 'lost') return refuse(scripted);
      const grant = `${request.code} ${request.devicePublicKey}`;
      if (request.code !== TEST_CENTRAL.code) return refusal('enrolment.code-unknown');
      if (granted !== undefined && granted !== grant) return refusal('enrolment.code-used');
      if (toBase64(centralPublicKey) !== toBase64(TEST_CENTRAL.publicKey)) {
        return refuse({ kind: 'not-our-central' });
      }
      granted = grant;
      if (scripted === 'lost') return refuse({ kind: 'transport', detail: 'connection reset' });
      return ok({
        rsuId: fakeId<RsuId>('a', 1),
        rsuName: 'Till 7',
        organisationId: fakeId<OrganisationId>('a', 2),
        organisationName: 'Harbour Hawks Foundation',
        serverTime: now(),
        epoch: 1,
        proof: toBase64(new Uint8Array(64)),
      });
    },
  };
}

function refusal(code: CentralFailureCode) {
  return refuse({ kind: 'refused', code, detail: 'no' } as const);
}
