/**
 * What the QR code of an enrolment code holds: the code, and the key by which the central proves
 * itself, so that nobody has to compare its digits.
 */
export function enrolmentQrPayload(code: string, centralPublicKey: Uint8Array): string {
  const key = Buffer.from(centralPublicKey).toString('base64url');
  return `counterfoil:enrol?code=${code}&central=${key}`;
}
