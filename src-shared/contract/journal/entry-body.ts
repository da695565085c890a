import { z } from 'zod';
import type { BootId, OperatorId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { idSchema, instantSchema, jsonValueSchema } from '../values.ts';
import { ENTRY_KINDS, type EntryKind, type EntryPayload, isEntryKind } from './entry-kinds.ts';

/** The largest body a till writes and the central takes, in bytes. */
export const LARGEST_ENTRY_BYTES = 256 * 1024;

/** How deep lists and objects of a body may lie in each other: far more than any kind needs. */
const DEEPEST_NESTING = 64;

/** When and by whom an entry was made. */
export interface EntryCircumstances {
  /** Trusted time. Entries are ordered by their sequence, never by this. */
  readonly at: Instant;
  /** What the computer's own clock said. */
  readonly wall: Instant;
  /** Central time less wall time when last known, in milliseconds; null if never known. */
  readonly offsetMs: number | null;
  readonly bootId: BootId;
  /** Who was signed in; null for what the till did by itself. */
  readonly operatorId: OperatorId | null;
}

/** A fact as it is frozen into the journal. */
export type EntryBody = {
  readonly [Kind in EntryKind]: EntryCircumstances & {
    readonly kind: Kind;
    readonly version: number;
    readonly payload: EntryPayload<Kind>;
  };
}[EntryKind];

/** The body of one kind of entry. */
export type EntryBodyOf<Kind extends EntryKind> = Extract<EntryBody, { readonly kind: Kind }>;

const outlineSchema = z.strictObject({
  kind: z.string().max(60),
  version: z.int().positive(),
  at: instantSchema,
  wall: instantSchema,
  offsetMs: z.int().nullable(),
  bootId: idSchema<BootId>(),
  operatorId: idSchema<OperatorId>().nullable(),
  payload: jsonValueSchema,
});

/**
 * Reads an entry's bytes.
 *
 * Refuses, in words for a log, what is not UTF-8 JSON, is nested too deeply to be followed, is of an
 * unknown kind or version, or has a payload that does not fit its kind. Such an entry is kept all the
 * same; only its meaning is unknown.
 */
export function readEntryBody(
  bytes: Uint8Array,
):
  | { readonly ok: true; readonly value: EntryBody }
  | { readonly ok: false; readonly failure: string } {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { ok: false, failure: 'not JSON in UTF-8' };
  }
  if (isDeeperThan(DEEPEST_NESTING, json)) return { ok: false, failure: 'nested too deeply' };
  const outline = outlineSchema.safeParse(json);
  if (!outline.success) return { ok: false, failure: firstIssue(outline.error) };
  const { kind, version } = outline.data;
  if (!isEntryKind(kind)) return { ok: false, failure: `unknown kind ${kind}` };
  if (version !== ENTRY_KINDS[kind].version) {
    return { ok: false, failure: `unknown version ${version} of ${kind}` };
  }
  const payload = ENTRY_KINDS[kind].payload.safeParse(outline.data.payload);
  if (!payload.success) return { ok: false, failure: firstIssue(payload.error) };
  return { ok: true, value: { ...outline.data, payload: payload.data } as EntryBody };
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((item) => isDeeperThan(levels - 1, item));
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined
    ? 'does not fit'
    : `${issue.path.join('.') || 'body'}: ${issue.message}`;
}
