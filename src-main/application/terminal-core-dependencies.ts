import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { Software } from '#shared/contract/journal/terminal-entries.ts';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { BootId } from '#shared/kernel/ids.ts';
import type { EnrolmentClient } from '../ports/central-client.ts';
import type { Clock } from '../ports/clock.ts';
import type { DiskSpace } from '../ports/disk-space.ts';
import type { JournalExport } from '../ports/journal-export.ts';
import type { MachineVault, PinHasher } from '../ports/keys.ts';
import type { Log } from '../ports/log.ts';
import type { IdSource } from '../ports/randomness.ts';
import type { ReceiptPrinter } from '../ports/receipt-printer.ts';
import type { SecondJournal } from '../ports/second-journal.ts';
import type { SyncLink } from '../ports/sync-link.ts';
import type { Timers } from '../ports/timers.ts';
import type { UnitOfWork } from '../ports/unit-of-work.ts';
import type { LostChain } from './set-up/lost-chain.ts';

/** What a terminal is built from: the ports, and what is known before it starts. */
export interface TerminalCoreDependencies {
  readonly unitOfWork: UnitOfWork;
  readonly secondJournal: SecondJournal;
  readonly vault: MachineVault;
  readonly pinHasher: PinHasher;
  readonly printer: ReceiptPrinter;
  readonly sync: SyncLink;
  readonly enrolmentClient: EnrolmentClient;
  readonly journalExport: JournalExport;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: IdSource;
  readonly diskSpace: DiskSpace;
  readonly log: Log;
  /** Sets aside what is left of the chain, and starts anew without it, soon after it was called. */
  startOver(): void;

  readonly software: Software;
  /** New with every start of the program. */
  readonly bootId: BootId;
  readonly configurationHash: Sha256;
  /** What the comprehensive check of critical memory found. */
  readonly memoryCheck: EntryPayload<'terminal.started'>['memoryCheck'];
  /** How the database was rebuilt before this start; null if it was not. */
  readonly rebuilt: EntryPayload<'terminal.rebuilt'> | null;
  /** The chain that this till lost both copies of before it was enrolled anew, or is about to be. */
  readonly lostChain: LostChain | null;
  /** Much was added since the last checkpoint: one is signed with this start. */
  readonly isCheckpointDue: boolean;
  /** The central may hold entries that this till lost: nothing is appended before it was asked. */
  readonly mustCompareHeads: boolean;
  /** The entry that this till had come to, where its journal ends before; null if it does not. */
  readonly awaitedHead: ChainHead | null;
  /** Snapshots count from here: a terminal that follows another one goes on where that one may have ended. */
  readonly firstRevision: number;
  /** The people of the demo and their PINs; null outside of demo mode. */
  readonly demo: Snapshot['demo'];
}
