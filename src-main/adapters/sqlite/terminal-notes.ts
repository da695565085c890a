import { eq, sql } from 'drizzle-orm';
import type { SyncNote, TerminalNotes } from '#main/ports/terminal-notes.ts';
import type { WritableDatabase } from './open-database.ts';
import { clockNotes, draftNotes, enrolmentNotes, quarantineNotes, syncNotes } from './schema.ts';

/** Each table of notes but one has a single row, with this id. */
const NOTE_ID = 1;

const BEFORE_FIRST_CONTACT: SyncNote = {
  acknowledgedSeq: 0,
  underReviewCount: 0,
  isAgreed: false,
  lastContactAt: null,
  offsetMs: null,
};

/** Keeps notes in the terminal's database. */
export function createTerminalNotes(database: WritableDatabase): TerminalNotes {
  return {
    ...createDraftNotes(database),
    ...createSyncNotes(database),
    ...createClockNotes(database),
    ...createEnrolmentNotes(database),
  };
}

function createDraftNotes(
  database: WritableDatabase,
): Pick<TerminalNotes, 'draft' | 'saveDraft' | 'discardDraft'> {
  const find = database.orm.select().from(draftNotes).prepare();
  const save = database.orm
    .insert(draftNotes)
    .values({ noteId: NOTE_ID, content: sql.placeholder('content') })
    .onConflictDoUpdate({ target: draftNotes.noteId, set: { content: sql`excluded.content` } })
    .prepare();
  const discard = database.orm
    .delete(draftNotes)
    .where(
      eq(sql`json_extract(${draftNotes.content}, '$.checkoutId')`, sql.placeholder('checkoutId')),
    )
    .prepare();

  return {
    draft: () => find.get()?.content,
    saveDraft: (content) => {
      save.run({ content });
    },
    discardDraft: (checkoutId) => {
      discard.run({ checkoutId });
    },
  };
}

function createSyncNotes(
  database: WritableDatabase,
): Pick<TerminalNotes, 'sync' | 'saveStanding' | 'saveContact' | 'saveOffset'> {
  const find = database.orm.select().from(syncNotes).prepare();
  const save = database.orm
    .insert(syncNotes)
    .values({
      noteId: NOTE_ID,
      acknowledgedSeq: sql.placeholder('acknowledgedSeq'),
      underReviewCount: sql.placeholder('underReviewCount'),
      isAgreed: sql.placeholder('isAgreed'),
      lastContactAt: sql.placeholder('lastContactAt'),
      offsetMs: sql.placeholder('offsetMs'),
    })
    .onConflictDoUpdate({
      target: syncNotes.noteId,
      set: {
        acknowledgedSeq: sql`excluded.acknowledged_seq`,
        underReviewCount: sql`excluded.under_review_count`,
        isAgreed: sql`excluded.is_agreed`,
        lastContactAt: sql`excluded.last_contact_at`,
        offsetMs: sql`excluded.offset_ms`,
      },
    })
    .prepare();
  const quarantine = database.orm
    .insert(quarantineNotes)
    .values({ seq: sql.placeholder('seq'), reason: sql.placeholder('reason') })
    .onConflictDoUpdate({ target: quarantineNotes.seq, set: { reason: sql`excluded.reason` } })
    .prepare();
  const release = database.orm
    .delete(quarantineNotes)
    .where(eq(quarantineNotes.seq, sql.placeholder('seq')))
    .prepare();

  const sync = (): SyncNote => {
    const row = find.get();
    if (row === undefined) return BEFORE_FIRST_CONTACT;
    const { noteId: _, ...note } = row;
    return note;
  };

  return {
    sync,
    saveStanding: (standing, verdicts, isAgreed) => {
      save.run({
        ...sync(),
        acknowledgedSeq: standing.highWaterSeq,
        underReviewCount: standing.totals.quarantinedOrderCount,
        isAgreed,
      });
      for (const verdict of verdicts) {
        if (verdict.verdict === 'accepted') release.run({ seq: verdict.seq });
        else quarantine.run({ seq: verdict.seq, reason: verdict.reason });
      }
    },
    saveContact: (lastContactAt, offsetMs) => {
      save.run({ ...sync(), lastContactAt, offsetMs });
    },
    saveOffset: (offsetMs) => {
      save.run({ ...sync(), offsetMs });
    },
  };
}

function createClockNotes(
  database: WritableDatabase,
): Pick<TerminalNotes, 'watermark' | 'saveWatermark'> {
  const find = database.orm.select().from(clockNotes).prepare();
  const save = database.orm
    .insert(clockNotes)
    .values({ noteId: NOTE_ID, watermark: sql.placeholder('watermark') })
    .onConflictDoUpdate({
      target: clockNotes.noteId,
      set: { watermark: sql`excluded.watermark` },
    })
    .prepare();

  return {
    watermark: () => find.get()?.watermark,
    saveWatermark: (watermark) => {
      save.run({ watermark });
    },
  };
}

function createEnrolmentNotes(
  database: WritableDatabase,
): Pick<TerminalNotes, 'pendingEnrolment' | 'savePendingEnrolment'> {
  const find = database.orm
    .select({ codeHash: enrolmentNotes.codeHash, chainId: enrolmentNotes.chainId })
    .from(enrolmentNotes)
    .prepare();
  const save = database.orm
    .insert(enrolmentNotes)
    .values({
      noteId: NOTE_ID,
      codeHash: sql.placeholder('codeHash'),
      chainId: sql.placeholder('chainId'),
    })
    .onConflictDoUpdate({
      target: enrolmentNotes.noteId,
      set: { codeHash: sql`excluded.code_hash`, chainId: sql`excluded.chain_id` },
    })
    .prepare();

  return {
    pendingEnrolment: () => find.get(),
    savePendingEnrolment: (pending) => {
      save.run({ ...pending });
    },
  };
}
