import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const FORM = /^[0-9a-f]{64}$/;

/** Reads a server key written as 64 hexadecimal digits. Throws, without quoting it, on anything else. */
export function parseServerKey(text: string, source: string): Uint8Array {
  if (!FORM.test(text.trim())) {
    throw new Error(`The server key in ${source} is not 64 hexadecimal digits.`);
  }
  return Buffer.from(text.trim(), 'hex');
}

/** The server key in a file that only this user can read; made on first use. */
export function openServerKeyFile(path: string): Uint8Array {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
  }
  return parseServerKey(readFileSync(path, 'utf8'), path);
}
