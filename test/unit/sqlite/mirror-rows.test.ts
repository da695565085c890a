import { expect, test } from 'vitest';
import { toBase64, utf8 } from '#shared/kernel/bytes.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { openTestDatabase, type TestDatabase } from '#test/helpers/terminal-database.ts';
import {
  createHistoryPlayer,
  RAFFLE_EVENT,
  testId,
} from '#test/helpers/terminal-database-history.ts';
import { readJournaledTables } from '#test/helpers/terminal-database-tables.ts';

function enrolled(till: TestDatabase) {
  const player = createHistoryPlayer(till.unitOfWork, till.key);
  player.enrol();
  return player;
}

const seller = testId<never>('person', 1);

test('a till may not sell until the central says so', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const { rows } = till.unitOfWork;
  expect(rows.device()).toMatchObject({
    deviceState: 'disabled',
    chosenRaffleEventId: null,
    configurationHash: null,
    hasStoppedCleanly: false,
  });
  player.play({ kind: 'control', state: 'active', isEnabled: true });
  player.play({ kind: 'choose' });
  expect(rows.device()).toMatchObject({
    deviceState: 'enabled',
    chosenRaffleEventId: RAFFLE_EVENT,
  });
});

test('the first configuration is accepted with the first start, a later one by a technician', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const { rows } = till.unitOfWork;
  player.play({ kind: 'restart', isClean: true });
  const first = rows.device()?.configurationHash;
  player.play({ kind: 'approve-configuration', version: 2 });
  const second = rows.device()?.configurationHash;
  player.play({ kind: 'restart', isClean: false });
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(second).not.toBe(first);
  expect(rows.device()?.configurationHash).toBe(second);
});

test('control changes a raffle event between mirrors; its frozen fields are kept from its beginning', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const { rows } = till.unitOfWork;
  player.play({ kind: 'control', state: 'active', isEnabled: true });
  expect(rows.raffleEvents()).toEqual([]);
  player.play({ kind: 'mirror', peopleCount: 0, newPins: false, state: 'created' });
  expect(rows.raffleEvent(RAFFLE_EVENT)?.frozenHash).toBeNull();
  player.play({ kind: 'control', state: 'active', isEnabled: true });
  const begun = rows.raffleEvent(RAFFLE_EVENT);
  expect(begun).toMatchObject({
    raffleEvent: { state: 'active', salesEnd: '2026-10-31T18:00:04.000Z' },
    frozenHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    endedAt: null,
  });
  player.play({ kind: 'control', state: 'suspended', isEnabled: true });
  expect(rows.raffleEvent(RAFFLE_EVENT)?.frozenHash).toBe(begun?.frozenHash);
});

test('the end of sales is a latch', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const { rows } = till.unitOfWork;
  player.play({ kind: 'mirror', peopleCount: 0, newPins: false, state: 'active' });
  player.play({ kind: 'end-sales' });
  const endedAt = rows.raffleEvent(RAFFLE_EVENT)?.endedAt;
  player.play({ kind: 'end-sales' });
  player.play({ kind: 'mirror', peopleCount: 0, newPins: false, state: 'active' });
  player.play({ kind: 'control', state: 'active', isEnabled: true });
  expect(endedAt).toBe('2026-10-31T18:00:03.000Z');
  expect(rows.raffleEvent(RAFFLE_EVENT)?.endedAt).toBe(endedAt);
});

test('failures count until the right PIN or a new one from the central', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const { rows } = till.unitOfWork;
  const mirror = { kind: 'mirror', peopleCount: 2, state: 'active' } as const;
  const fail = () => player.play({ kind: 'sign-in', person: 1, isRight: false });
  player.play({ ...mirror, newPins: false });
  fail();
  fail();
  fail();
  expect(rows.operator(seller)).toMatchObject({
    failuresInARow: 3,
    delayedUntil: '2026-10-31T18:00:05.000Z',
  });
  player.play({ ...mirror, newPins: false });
  expect(rows.operator(seller)?.failuresInARow).toBe(3);
  player.play({ ...mirror, newPins: true });
  expect(rows.operator(seller)).toMatchObject({ failuresInARow: 0, delayedUntil: null });
  fail();
  player.play({ kind: 'sign-in', person: 1, isRight: true });
  expect(rows.operator(seller)?.failuresInARow).toBe(0);
});

test('a PIN chosen here outlives mirrors that do not change it', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const { rows } = till.unitOfWork;
  const mirror = { kind: 'mirror', peopleCount: 2, state: 'active' } as const;
  player.play({ ...mirror, newPins: false });
  expect(rows.operator(seller)?.operator.mustChangePin).toBe(true);
  player.play({ kind: 'change-pin', person: 1 });
  const chosen = { wrappedCredential: toBase64(utf8('chosen here 3')), mustChangePin: false };
  expect(rows.operator(seller)?.operator).toMatchObject(chosen);
  player.play({ ...mirror, newPins: false });
  expect(rows.operator(seller)?.operator).toMatchObject(chosen);
  player.play({ ...mirror, newPins: true });
  expect(rows.operator(seller)?.operator).toMatchObject({
    wrappedCredential: toBase64(utf8('credential 5 of 1')),
    mustChangePin: true,
  });
});

test('nothing of a mirror holds before its last part, and nothing without it', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const { rows } = till.unitOfWork;
  player.play({ kind: 'mirror', peopleCount: 1, newPins: false, state: 'created' });
  const before = readJournaledTables(till.database);
  const torn = { kind: 'mirror', peopleCount: 8, newPins: true, state: 'active' } as const;
  expect(player.play({ ...torn, mostBytes: 600, isTorn: true }).length).toBeGreaterThan(2);
  expect({ ...readJournaledTables(till.database), journal: [] }).toEqual({
    ...before,
    journal: [],
  });
  const whole = player.play({ ...torn, mostBytes: 600 });
  expect(rows.mirror()?.mirrorVersion).toBe(`1.${rows.head().seq - whole.length + 1}`);
  expect(rows.operators()).toHaveLength(8);
  expect(rows.raffleEvent(RAFFLE_EVENT)?.raffleEvent.state).toBe('active');
});

test('a mirror that lacks a part in the middle cannot be taken back', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const head = till.unitOfWork.rows.head().seq;
  const part = { mirrorVersion: '1.2', asOf: '2026-10-31T18:00:00.000Z' as Instant, changes: [] };
  player.append('mirror.received', { ...part, part: 1, parts: 3 });
  expect(() => player.append('mirror.received', { ...part, part: 3, parts: 3 })).toThrow(
    IntegrityFault,
  );
  expect(till.unitOfWork.rows.head().seq).toBe(head + 1);
});

test('a person whom the mirror no longer names is kept, but not enabled', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const { rows } = till.unitOfWork;
  player.play({ kind: 'mirror', peopleCount: 2, newPins: false, state: 'active' });
  player.play({ kind: 'mirror', peopleCount: 1, newPins: false, state: 'active' });
  expect(rows.operators().map(({ operator }) => operator.displayName)).toEqual(['Person 0']);
  expect(rows.operator(seller)?.operator).toMatchObject({
    displayName: 'Person 1',
    isEnabled: false,
  });
});
