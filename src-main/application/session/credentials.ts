import type { SecretBox } from '#main/ports/keys.ts';
import { type PinCredential, pinCredentialSchema } from '#shared/contract/mirror/operator.ts';
import { utf8 } from '#shared/kernel/bytes.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';

/** A credential as it is journaled and kept. */
export function wrapCredential(secretBox: SecretBox, credential: PinCredential): string {
  return secretBox.wrap(utf8(JSON.stringify(credential)));
}

/** The credential again. Throws `IntegrityFault` if it was not wrapped here or was changed. */
export function unwrapCredential(secretBox: SecretBox, wrapped: string): PinCredential {
  const bytes = secretBox.unwrap(wrapped);
  if (bytes === undefined) throw new IntegrityFault('a PIN credential cannot be unwrapped');
  return pinCredentialSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
