import { utf8 } from '#shared/kernel/bytes.ts';

const PURPOSE = utf8('counterfoil.top-up.1\n');

/** What the central's identity key signs of a top-up file: its content, under a name of its own. */
export function topUpSignedBytes(content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(PURPOSE.length + content.length);
  bytes.set(PURPOSE);
  bytes.set(content, PURPOSE.length);
  return bytes;
}
