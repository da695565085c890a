import type { CentralFailureCode } from '#shared/contract/central/control.ts';
import type { EnrolmentAnswer, EnrolmentRequest } from '#shared/contract/central/enrolment.ts';
import type { Result } from '#shared/kernel/result.ts';

/**
 * Why a call to the central got no usable answer, classified by status and code, never by text.
 *
 * - `transport`: nothing was wrong with what was asked; try again for ever
 * - `back-pressure`: the same, not before `retryAfterMs`
 * - `certificate-date`: this computer's clock is wrong, or the certificate has run out
 * - `not-our-central`: whoever answered does not hold the key of the central that enrolled this till
 *   (GLI-31 3.2.5); nothing of the answer was used
 * - `refused`: the central said no, and why
 */
export type CentralProblem =
  | { readonly kind: 'transport'; readonly detail: string }
  | { readonly kind: 'back-pressure'; readonly retryAfterMs: number }
  | { readonly kind: 'certificate-date' }
  | { readonly kind: 'not-our-central' }
  | { readonly kind: 'refused'; readonly code: CentralFailureCode; readonly detail: string };

/** What enrolling needs of the central, before there is a device to sign in. */
export interface EnrolmentClient {
  /** The central's public key, unproven until `enrol` has checked its signature. */
  identify(centralUrl: string): Promise<Result<Uint8Array, CentralProblem>>;
  /** Enrols and checks the central's proof; a wrong proof is a `not-our-central` problem. */
  enrol(
    centralUrl: string,
    centralPublicKey: Uint8Array,
    request: Omit<EnrolmentRequest, 'challenge'>,
  ): Promise<Result<EnrolmentAnswer, CentralProblem>>;
}
