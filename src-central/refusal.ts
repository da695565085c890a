import type { CentralFailureCode } from '#shared/contract/central/control.ts';
import { type Refused, refuse } from '#shared/kernel/result.ts';

/** Why the central does not do what a device asked. */
export interface CentralRefusal {
  readonly code: CentralFailureCode;
  /** For people and logs; never a secret. */
  readonly detail: string;
  /** When the same request may be made again, where that is not at once. */
  readonly retryAfterSeconds?: number;
}

/** A refusal with its code. */
export function refuseRequest(code: CentralFailureCode, detail: string): Refused<CentralRefusal> {
  return refuse({ code, detail });
}

/** The HTTP status of each refusal. */
export const REFUSAL_STATUS = {
  'request.invalid': 400,
  'request.too-large': 413,
  'request.too-many': 429,
  'token.missing': 401,
  'token.invalid': 401,
  'token.upload-only': 403,
  'nonce.unknown': 401,
  'assertion.invalid': 401,
  'chain.unknown': 404,
  'enrolment.code-unknown': 404,
  'enrolment.code-expired': 410,
  'enrolment.code-used': 409,
  'rsu.unknown': 404,
  'rsu.disabled': 403,
  'raffle-event.unknown': 404,
  'raffle-event.not-selling': 409,
  'allocation.exhausted': 409,
  'holdings.awaited': 409,
  'central.fault': 500,
  'central.unavailable': 503,
} as const satisfies Record<CentralFailureCode, number>;
