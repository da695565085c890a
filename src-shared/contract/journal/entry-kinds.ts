import type { z } from 'zod';
import { allocationReturnedSchema, commandAnsweredSchema } from './answer-entries.ts';
import {
  controlReceivedSchema,
  numbersReceivedSchema,
  raffleEventChosenSchema,
  salesEndedSchema,
} from './download-entries.ts';
import { mirrorReceivedSchema } from './mirror-entries.ts';
import {
  operatorPinChangedSchema,
  operatorSignedInSchema,
  operatorSignedOutSchema,
  operatorSignInFailedSchema,
  sessionLockedSchema,
  sessionUnlockedSchema,
} from './people-entries.ts';
import {
  printAnsweredSchema,
  printFinishedSchema,
  printStartedSchema,
  reprintOrderedSchema,
} from './print-entries.ts';
import { saleCompletedSchema } from './sale-entries.ts';
import {
  checkpointSignedSchema,
  clockConfirmedSchema,
  clockDoubtedSchema,
  configurationApprovedSchema,
  significantEventSchema,
  terminalEnrolledSchema,
  terminalRebuiltSchema,
  terminalStartedSchema,
  terminalStoppedSchema,
} from './terminal-entries.ts';

/** How one kind of entry is written today. Older versions stay readable for ever. */
interface EntryKindDefinition<Payload extends z.ZodType> {
  readonly version: number;
  readonly payload: Payload;
  /** Signed by the device key, because it moves money or numbers. */
  readonly isSigned: boolean;
}

function kind<Payload extends z.ZodType>(
  payload: Payload,
  {
    isSigned = false,
    version = 1,
  }: { readonly isSigned?: boolean; readonly version?: number } = {},
): EntryKindDefinition<Payload> {
  return { version, payload, isSigned };
}

/** Every kind of fact that a till journals. */
export const ENTRY_KINDS = {
  'terminal.enrolled': kind(terminalEnrolledSchema, { isSigned: true }),
  'terminal.started': kind(terminalStartedSchema),
  'terminal.stopped': kind(terminalStoppedSchema),
  'terminal.rebuilt': kind(terminalRebuiltSchema),
  'configuration.approved': kind(configurationApprovedSchema),
  'clock.doubted': kind(clockDoubtedSchema),
  'clock.confirmed': kind(clockConfirmedSchema),
  'significant-event.noted': kind(significantEventSchema),
  'checkpoint.signed': kind(checkpointSignedSchema, { isSigned: true }),

  // Version 1 held a whole mirror in one entry; no program that wrote it was ever released.
  'mirror.received': kind(mirrorReceivedSchema, { version: 2 }),
  'numbers.received': kind(numbersReceivedSchema, { isSigned: true }),
  'control.received': kind(controlReceivedSchema),
  'raffle-event.chosen': kind(raffleEventChosenSchema),
  'sales.ended': kind(salesEndedSchema, { isSigned: true }),
  'allocation.returned': kind(allocationReturnedSchema, { isSigned: true }),
  'command.answered': kind(commandAnsweredSchema),

  'operator.signed-in': kind(operatorSignedInSchema),
  'operator.sign-in-failed': kind(operatorSignInFailedSchema),
  'operator.signed-out': kind(operatorSignedOutSchema),
  'operator.pin-changed': kind(operatorPinChangedSchema),
  'session.locked': kind(sessionLockedSchema),
  'session.unlocked': kind(sessionUnlockedSchema),

  'sale.completed': kind(saleCompletedSchema, { isSigned: true }),

  'print.started': kind(printStartedSchema),
  'print.finished': kind(printFinishedSchema),
  'print.answered': kind(printAnsweredSchema),
  'reprint.ordered': kind(reprintOrderedSchema, { isSigned: true }),
} as const;

/** The name of one kind of entry, as `subject.happened`. */
export type EntryKind = keyof typeof ENTRY_KINDS;

/** What an entry of one kind says. */
export type EntryPayload<Kind extends EntryKind> = z.infer<(typeof ENTRY_KINDS)[Kind]['payload']>;

/** Whether `text` names a kind of entry. */
export function isEntryKind(text: string): text is EntryKind {
  return Object.hasOwn(ENTRY_KINDS, text);
}
