import { z } from 'zod';

/** What the central or a till writes to its standard output when it can be used. */
export const readyLine = z.object({
  ready: z.literal(true),
  url: z.string(),
  /** With `--demo`, the central's invitation for this computer's till. */
  demo: z.object({ enrolmentCode: z.string(), fingerprint: z.string() }).optional(),
});

/** What a browser host answers to the line `link`. */
export const linkLine = z.object({ link: z.string(), expiresInMinutes: z.number() });

/** A part that can be used. */
export type ReadyLine = z.infer<typeof readyLine>;

/** The JSON value of a line, or undefined for any other text. */
export function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
