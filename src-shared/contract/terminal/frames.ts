import { z } from 'zod';
import type { Failure } from '../failures.ts';

/** A question from the screen: run `operation` with `input`, and answer under the same `id`. */
export const requestFrameSchema = z.strictObject({
  kind: z.literal('request'),
  id: z.int().nonnegative(),
  operation: z.string().max(64),
  input: z.unknown(),
});

export type RequestFrame = z.infer<typeof requestFrameSchema>;

/** The answer to one request. `id` is null when the question could not be read at all. */
export interface ReplyFrame {
  readonly kind: 'reply';
  readonly id: number | null;
  readonly outcome:
    | { readonly ok: true; readonly value: unknown }
    | { readonly ok: false; readonly failure: Failure };
}

/** News from the terminal that nobody asked for. */
export interface EventFrame {
  readonly kind: 'event';
  readonly name: string;
  readonly payload: unknown;
}
