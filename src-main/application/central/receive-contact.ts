import type { TrustedTime } from '#main/application/clock/trusted-time.ts';
import type { Ledger } from '#main/application/ledger.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { Clock } from '#main/ports/clock.ts';
import type { SyncNews } from '#main/ports/sync-link.ts';
import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import type { Control } from '#shared/contract/central/control.ts';
import { type Instant, millisecondsBetween } from '#shared/kernel/instant.ts';
import type { Connection } from './connection.ts';

type Contact = Extract<SyncNews, { kind: 'contact' }>;

/** A wall clock that is further off than this is a significant event (GLI-31 5.3.2). */
const LARGEST_SKEW_MS = 2 * 60_000;
/** How old the note about the last contact may become. */
const NOTE_INTERVAL_MS = 10_000;

/** What hearing of the central works with. */
export interface ReceiveContactDependencies {
  readonly connection: Connection;
  readonly time: TrustedTime;
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'recordByItself'>;
  readonly unitOfWork: Pick<UnitOfWork, 'note'>;
  applyControl(control: Control): Promise<void>;
}

/**
 * Takes note of a call that succeeded: the central's time is believed and ends any doubt, and what it
 * says of device and raffle events holds at once.
 */
export function createReceiveContact(
  dependencies: ReceiveContactDependencies,
): (contact: Contact) => Promise<void> {
  const { connection, time, clock, ledger, unitOfWork } = dependencies;
  let notedAt: Instant | undefined;
  let isSkewed = false;

  async function setClock({ serverTime, monotonicMs }: Contact): Promise<void> {
    const wasInDoubt = !time.standing().isTrusted;
    time.anchor(serverTime, monotonicMs);
    if (!wasInDoubt) return;
    const by = { kind: 'central' } as const;
    await ledger.recordByItself('clock.confirmed', { by, now: time.now(), wall: clock.wall() });
  }

  async function noteSkew(offsetMs: number): Promise<void> {
    const wasSkewed = isSkewed;
    isSkewed = Math.abs(offsetMs) > LARGEST_SKEW_MS;
    if (!isSkewed || wasSkewed) return;
    await ledger.recordByItself(
      'significant-event.noted',
      significantEvent('clock.skewed', { offsetMs }),
    );
  }

  return async (contact) => {
    const isNews = connection.noteContact();
    await setClock(contact);
    const offsetMs = time.offsetMs() ?? 0;
    const now = time.now();
    const isOld =
      notedAt === undefined || Math.abs(millisecondsBetween(notedAt, now)) >= NOTE_INTERVAL_MS;
    if (isNews || isOld) {
      unitOfWork.note((notes) => notes.saveContact(now, offsetMs));
      notedAt = now;
    }
    if (isNews) {
      await ledger.recordByItself('significant-event.noted', significantEvent('central.connected'));
    }
    await noteSkew(offsetMs);
    await dependencies.applyControl(contact.control);
  };
}
