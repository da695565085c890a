import { compareMirror } from '#main/application/central/compare-mirror.ts';
import { splitMirror } from '#main/application/central/split-mirror.ts';
import type { DeviceKey } from '#main/ports/keys.ts';
import type { PrintJobRow } from '#main/ports/terminal-rows.ts';
import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import {
  ENTRY_KINDS,
  type EntryKind,
  type EntryPayload,
} from '#shared/contract/journal/entry-kinds.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { SoldOrder } from '#shared/contract/journal/sale-entries.ts';
import type { StoredMirror } from '#shared/contract/mirror/mirror.ts';
import type { RaffleEvent, RaffleEventState } from '#shared/contract/mirror/raffle-event.ts';
import { takeNumbersForOrders } from '#shared/domain/number-taking.ts';
import { toBase64, utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes, type Sha256 } from '#shared/kernel/hash.ts';
import {
  type AllocationId,
  type ChainId,
  idOf,
  type OperatorId,
  type RaffleEventId,
  type Uuid,
} from '#shared/kernel/ids.ts';
import { type Instant, instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { type CurrencyCode, minorUnits } from '#shared/kernel/money.ts';
import { ok } from '#shared/kernel/result.ts';

/** One thing that happens at a till. What it does depends on where the till stands. */
export type HistoryStep =
  | {
      readonly kind: 'mirror';
      readonly peopleCount: number;
      readonly newPins: boolean;
      readonly state: RaffleEventState;
      /** The most bytes of one part; all of it in one entry without. */
      readonly mostBytes?: number;
      /** The last part is lost, as when the machine is killed while the second copy is written. */
      readonly isTorn?: boolean;
    }
  | {
      readonly kind: 'numbers';
      readonly count: number;
      readonly mode: 'sequential' | 'random';
      readonly blockSize: number;
    }
  | { readonly kind: 'control'; readonly state: RaffleEventState; readonly isEnabled: boolean }
  | { readonly kind: 'choose' }
  | { readonly kind: 'sell'; readonly packageSizes: readonly number[] }
  | {
      readonly kind: 'print';
      readonly outcome: EntryPayload<'print.finished'>['outcome'] | 'crash';
    }
  | { readonly kind: 'answer'; readonly answer: EntryPayload<'print.answered'>['answer'] }
  | { readonly kind: 'reprint' }
  | { readonly kind: 'sign-in'; readonly person: number; readonly isRight: boolean }
  | { readonly kind: 'sign-out' }
  | { readonly kind: 'change-pin'; readonly person: number }
  | { readonly kind: 'end-sales' }
  | { readonly kind: 'restart'; readonly isClean: boolean }
  | { readonly kind: 'approve-configuration'; readonly version: number }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'notice' };

/** The chain of every history. */
export const CHAIN = testId<ChainId>('chain', 1);

/** The raffle event that every history sells for. */
export const RAFFLE_EVENT = testId<RaffleEventId>('raffle-event', 1);

/** Where every history ends up on the clock, one second later with each entry. */
const FIRST_INSTANT = Date.parse('2026-10-31T18:00:00.000Z');

/** Price of one draw number in minor units. */
const PRICE_OF_NUMBER = 250;

/** The id of the `n`th thing of some sort: always the same. */
export function testId<Id extends Uuid>(sort: string, n: number): Id {
  const digits = hashBytes(utf8(`${sort} ${n}`));
  return idOf<Id>(
    `${digits.slice(0, 8)}-${digits.slice(8, 12)}-7${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`,
  );
}

/** A till that lives through a history, one entry after the other, over a real unit of work. */
export interface HistoryPlayer {
  /** Enrols the till: the first entry. */
  enrol(machineFingerprint?: Sha256): JournalEntry;
  /** Lives through one step; answers with the entries it made, none where it makes no sense now. */
  play(step: HistoryStep): readonly JournalEntry[];
  /** Appends one fact. */
  append<Kind extends EntryKind>(kind: Kind, payload: EntryPayload<Kind>): JournalEntry;
}

/** Makes a player. A till that has a chain already goes on with it. */
export function createHistoryPlayer(
  unitOfWork: UnitOfWork,
  key: DeviceKey,
  chainId: ChainId = CHAIN,
): HistoryPlayer {
  const { rows } = unitOfWork;
  unitOfWork.openChain(chainId, key);

  const nextSeq = () => rows.head().seq + 1;
  const now = (): Instant => instantFromEpoch(FIRST_INSTANT + nextSeq() * 1000);
  const newId = <Id extends Uuid>(sort: string, n = 0): Id =>
    testId<Id>(`${sort} ${n} of`, nextSeq());
  const personId = (n: number) => testId<OperatorId>('person', n);

  const append = <Kind extends EntryKind>(
    kind: Kind,
    payload: EntryPayload<Kind>,
  ): JournalEntry => {
    const body = {
      kind,
      version: ENTRY_KINDS[kind].version,
      at: now(),
      wall: now(),
      offsetMs: 0,
      bootId: testId('boot', 1),
      operatorId: null,
      payload,
    } as unknown as EntryBody;
    const result = unitOfWork.run((transaction) => ok(transaction.append(body)));
    invariant(result.ok, 'an append is not refused');
    return result.value;
  };

  const knownPerson = (n: number) => rows.operator(personId(n));
  const openJob = (states: readonly PrintJobRow['state']['kind'][]) =>
    rows.openPrintJobs().find(({ state }) => states.includes(state.kind));

  const sell = (packageSizes: readonly number[]): readonly JournalEntry[] => {
    if (rows.raffleEvent(RAFFLE_EVENT) === undefined) return [];
    const allocations = rows
      .allocations(RAFFLE_EVENT)
      .map(({ allocation, nextIndex }) => ({ ...allocation, nextIndex }));
    const parts = takeNumbersForOrders(allocations, packageSizes);
    const sequences = freeSequences(unitOfWork).slice(0, packageSizes.length);
    if (parts === undefined || sequences.length < packageSizes.length) return [];
    const orders = parts.map((numbers, index): SoldOrder => {
      const sequence = sequences[index];
      const size = packageSizes[index];
      invariant(sequence !== undefined && size !== undefined, 'one of each for every order');
      return {
        orderId: newId('order', index),
        packageId: testId('package', size),
        packageName: `${size} numbers`,
        amountMinor: minorUnits(size * PRICE_OF_NUMBER),
        numberCount: size,
        numbers,
        drawNumbersHash: hashBytes(utf8(JSON.stringify(numbers))),
        validationNumber: validationNumber(sequence),
        validationBlockId: sequence.validationBlockId,
        validationSequence: sequence.sequence,
        printJobId: newId('print-job', index),
      };
    });
    const totalMinor = minorUnits(orders.reduce((sum, order) => sum + order.amountMinor, 0));
    const before = rows.totals();
    return [
      append('sale.completed', {
        checkoutId: newId('checkout'),
        contentHash: hashBytes(utf8(packageSizes.join())),
        raffleEventId: RAFFLE_EVENT,
        shiftId: null,
        currency: 'CAD' as CurrencyCode,
        totalMinor,
        roundingMinor: minorUnits(0),
        orders,
        payments: [
          {
            paymentId: newId('payment'),
            tender: 'cash',
            amountMinor: totalMinor,
            tenderedMinor: minorUnits(totalMinor + 500),
            changeMinor: minorUnits(500),
          },
        ],
        isOffline: false,
        runningTotals: {
          orderCount: before.orderCount + orders.length,
          grossMinor: before.grossMinor + totalMinor,
        },
      }),
    ];
  };

  const print = (outcome: Extract<HistoryStep, { kind: 'print' }>['outcome']) => {
    const job = openJob(['waiting', 'started', 'finished']);
    if (job === undefined) return [];
    const { printJobId, attempts } = job;
    const started = append('print.started', { printJobId, attempt: attempts + 1 });
    if (outcome === 'crash') return [started];
    return [started, append('print.finished', { printJobId, outcome, detail: '' })];
  };

  const signIn = (person: number, isRight: boolean) => {
    const known = knownPerson(person);
    if (known === undefined) return [];
    const { operatorId, role } = known.operator;
    if (isRight) return [append('operator.signed-in', { operatorId, role, method: 'name' })];
    const failuresInARow = known.failuresInARow + 1;
    return [
      append('operator.sign-in-failed', {
        operatorId,
        method: 'name',
        cause: 'wrong-pin',
        failuresInARow,
        delayedUntil: failuresInARow > 2 ? now() : null,
      }),
    ];
  };

  const reprint = () => {
    const job = rows.openPrintJobs().find(({ state }) => state.kind === 'answered');
    if (job === undefined) return [];
    return [
      append('reprint.ordered', {
        printJobId: newId('print-job'),
        orderId: job.orderId,
        copyNumber: job.copyNumber + 1,
        reason: 'torn',
        approvedBy: personId(0),
      }),
    ];
  };

  const answer = (given: EntryPayload<'print.answered'>['answer']) => {
    const job = openJob(['waiting', 'started', 'finished']);
    return job === undefined
      ? []
      : [append('print.answered', { printJobId: job.printJobId, answer: given })];
  };

  const mirror = (step: Extract<HistoryStep, { kind: 'mirror' }>) => {
    const offered = makeMirror(step, nextSeq());
    const { mirrorVersion, asOf } = offered;
    const parts = splitMirror(compareMirror(rows, offered), step.mostBytes);
    return parts.slice(0, step.isTorn === true ? -1 : undefined).map((changes, index) =>
      append('mirror.received', {
        mirrorVersion,
        asOf,
        part: index + 1,
        parts: parts.length,
        changes: [...changes],
      }),
    );
  };

  const restart = (isClean: boolean) => [
    ...(isClean ? [append('terminal.stopped', {})] : []),
    append('terminal.started', {
      bootId: newId('boot'),
      software: SOFTWARE,
      configurationHash: hashBytes(utf8('configuration 1')),
      wasUnclean: !isClean,
      memoryCheck: { durationMs: 1, checks: [] },
    }),
  ];

  const checkpoint = () => {
    const head = rows.head();
    return [
      append('checkpoint.signed', {
        raffleEventId: null,
        throughSeq: head.seq,
        headHash: head.hash,
        ...rows.totals(),
      }),
    ];
  };

  return {
    append,
    enrol: (machineFingerprint = hashBytes(utf8('machine'))) =>
      append('terminal.enrolled', {
        chainId,
        rsuId: testId('rsu', 1),
        rsuName: 'Till 1',
        organisationId: testId('organisation', 1),
        devicePublicKey: toBase64(key.publicKey),
        machineFingerprint,
        centralUrl: 'https://central.example',
        centralPublicKey: toBase64(new Uint8Array(32)),
        software: SOFTWARE,
      }),
    play: (step) => {
      switch (step.kind) {
        case 'mirror':
          return mirror(step);
        case 'numbers':
          return [
            append(
              'numbers.received',
              makeNumbers(step, nextSeq(), rows.allocations(RAFFLE_EVENT).length),
            ),
          ];
        case 'control':
          return [
            append('control.received', {
              deviceState: step.isEnabled ? 'enabled' : 'disabled',
              raffleEvents: [{ raffleEventId: RAFFLE_EVENT, state: step.state, salesEnd: now() }],
            }),
          ];
        case 'choose':
          return [append('raffle-event.chosen', { raffleEventId: RAFFLE_EVENT })];
        case 'sell':
          return sell(step.packageSizes);
        case 'print':
          return print(step.outcome);
        case 'answer':
          return answer(step.answer);
        case 'reprint':
          return reprint();
        case 'sign-in':
          return signIn(step.person, step.isRight);
        case 'sign-out':
          return [append('operator.signed-out', { operatorId: personId(0) })];
        case 'change-pin': {
          const known = knownPerson(step.person);
          if (known === undefined) return [];
          const wrappedCredential = toBase64(utf8(`chosen here ${nextSeq()}`));
          return [
            append('operator.pin-changed', {
              operatorId: known.operator.operatorId,
              wrappedCredential,
            }),
          ];
        }
        case 'end-sales':
          if (rows.raffleEvent(RAFFLE_EVENT) === undefined) return [];
          return [
            append('sales.ended', {
              raffleEventId: RAFFLE_EVENT,
              cause: 'published-end',
              salesEnd: now(),
            }),
          ];
        case 'restart':
          return restart(step.isClean);
        case 'approve-configuration':
          return [
            append('configuration.approved', {
              operatorId: personId(0),
              configurationHash: hashBytes(utf8(`configuration ${step.version}`)),
            }),
          ];
        case 'checkpoint':
          return checkpoint();
        case 'notice':
          return [
            append('significant-event.noted', {
              code: 'printer.fault',
              severity: 'warning',
              detail: { unit: 'printer 1' },
            }),
          ];
      }
    },
  };
}

const SOFTWARE = { version: '0.1.0', checksum: hashBytes(utf8('software')) };

interface FreeSequence {
  readonly validationBlockId: SoldOrder['validationBlockId'];
  readonly prefix: string;
  readonly sequence: number;
}

/** Some validation sequences that are not used yet, across all blocks. */
function freeSequences({ rows }: UnitOfWork): readonly FreeSequence[] {
  return rows.validationBlocks(RAFFLE_EVENT).flatMap(({ block, nextSequence }) =>
    Array.from({ length: Math.min(60, block.size + 1 - nextSequence) }, (_, index) => ({
      validationBlockId: block.validationBlockId,
      prefix: block.prefix,
      sequence: nextSequence + index,
    })),
  );
}

/** Of the right form and unique, which is all that storage asks of it. */
function validationNumber({ prefix, sequence }: FreeSequence): string {
  return `${prefix}${String(sequence).padStart(8, '0')}00`;
}

function makeMirror(step: Extract<HistoryStep, { kind: 'mirror' }>, version: number): StoredMirror {
  return {
    mirrorVersion: `1.${version}`,
    asOf: instantFromEpoch(FIRST_INSTANT + 1_000 * version),
    organisation: {
      organisationId: testId('organisation', 1),
      name: 'Harbour Lights Foundation',
      licenceNumber: null,
      currency: 'CAD' as CurrencyCode,
    },
    venue: { venueId: testId('venue', 1), name: 'North Rink', timeZone: 'America/Vancouver' },
    rsu: { rsuId: testId('rsu', 1), name: 'Till 1' },
    isDemo: false,
    raffleEvents: [makeRaffleEvent(step.state)],
    systemConfigurationVersion: '1',
    operators: Array.from({ length: step.peopleCount }, (_, n) => ({
      operatorId: testId('person', n),
      displayName: `Person ${n}`,
      number: String(100 + n),
      badge: null,
      role: n === 0 ? 'supervisor' : 'seller',
      mustChangePin: true,
      expiresAt: null,
      isEnabled: true,
      wrappedCredential: toBase64(utf8(`credential ${step.newPins ? version : 0} of ${n}`)),
    })),
    resolutions: [{ orderId: testId('order', version), outcome: 'under-review', reason: 'late' }],
  };
}

function makeRaffleEvent(state: RaffleEventState): RaffleEvent {
  const currency = 'CAD' as CurrencyCode;
  return {
    raffleEventId: RAFFLE_EVENT,
    eventIdentifier: 'HL-2026-10-31',
    name: 'Saturday 50/50',
    licenceNumber: null,
    currency,
    state,
    salesStart: instantFromEpoch(FIRST_INSTANT - 3_600_000),
    salesEnd: instantFromEpoch(FIRST_INSTANT + 14_400_000),
    drawAt: null,
    numberSpace: { from: 1, to: 1_000_001 },
    packages: [
      {
        packageId: testId('package', 1),
        name: '1 number',
        numberCount: 1,
        price: { minor: minorUnits(PRICE_OF_NUMBER), currency },
        displayOrder: 0,
      },
    ],
    prizes: [
      {
        prizeId: testId('prize', 1),
        name: 'Half of the pot',
        position: 1,
        award: { kind: 'percentage', hundredthsOfPercent: 5_000, cap: null },
      },
    ],
    profile: {
      name: 'Test rules',
      offline: {
        isAllowed: true,
        maximumOrders: 500,
        maximumValueMinor: 1_000_000,
        maximumHours: 12,
      },
      tenders: ['cash'],
      cashRoundingMinor: 5,
      noteDenominationsMinor: [500, 1_000, 2_000, 5_000],
      numberMode: 'sequential',
      ticket: {
        statements: [],
        listsEachNumber: false,
        claimDays: null,
        website: null,
        contact: null,
      },
      reprint: 'supervisor',
      maximumParkedTickets: 3,
      minimumAge: 19,
      mayExtendSales: false,
      sellsWithoutSecondCopy: true,
      maximumClockAheadMinutes: 720,
      retentionYears: 7,
    },
  };
}

function makeNumbers(
  { count, mode, blockSize }: Extract<HistoryStep, { kind: 'numbers' }>,
  seq: number,
  earlierCount: number,
): EntryPayload<'numbers.received'> {
  const place = {
    allocationId: testId<AllocationId>('allocation', seq),
    raffleEventId: RAFFLE_EVENT,
  };
  const first = (earlierCount + 1) * 100_000;
  return {
    requestId: null,
    allocations: [
      mode === 'sequential'
        ? { mode, ...place, indices: { from: first, to: first + count } }
        : {
            mode,
            ...place,
            indices: { from: 0, to: count },
            numbers: Array.from(
              { length: count },
              (_, index) => first + ((index * 7_919) % 99_991),
            ),
          },
    ],
    validationBlocks: [
      {
        validationBlockId: testId('validation-block', seq),
        raffleEventId: RAFFLE_EVENT,
        prefix: String(10_000_000 + seq),
        size: blockSize,
        expiresAt: null,
        wrappedKey: toBase64(utf8(`key of ${seq}`)),
      },
    ],
  };
}
