import type { CentralProblem } from '#main/ports/central-client.ts';

/** Node's codes for a certificate outside its dates: either it or this computer's clock is wrong. */
const DATE_CODES = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];

/** What an error of a socket means, by its code alone. */
export function connectionProblem(error: Error): CentralProblem {
  const code = codeOf(error);
  if (DATE_CODES.includes(code)) return { kind: 'certificate-date' };
  return { kind: 'transport', detail: code };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
