import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createChainRows } from '#main/adapters/sqlite/chain-rows.ts';
import { openWritableDatabase } from '#main/adapters/sqlite/open-database.ts';
import { createUnitOfWork } from '#main/adapters/sqlite/unit-of-work.ts';
import { createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import { failure } from '#shared/contract/failures.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { genesisHash } from '#shared/domain/journal-chain.ts';
import { fromBase64 } from '#shared/kernel/bytes.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { openTestDatabase, type TestDatabase } from '#test/helpers/terminal-database.ts';
import {
  CHAIN,
  createHistoryPlayer,
  RAFFLE_EVENT,
  testId,
} from '#test/helpers/terminal-database-history.ts';
import { readJournaledTables } from '#test/helpers/terminal-database-tables.ts';

function enrolled(till: TestDatabase) {
  const player = createHistoryPlayer(till.unitOfWork, till.key);
  player.enrol();
  player.play({ kind: 'mirror', peopleCount: 2, newPins: false, state: 'active' });
  player.play({ kind: 'numbers', count: 6, mode: 'sequential', blockSize: 6 });
  return player;
}

test('the head before the first entry is the genesis of the open chain', () => {
  using till = openTestDatabase();
  expect(till.unitOfWork.rows.head()).toEqual({ seq: 0, hash: '0'.repeat(64) });
  till.unitOfWork.openChain(CHAIN, till.key);
  expect(till.unitOfWork.rows.head()).toEqual({
    seq: 0,
    hash: genesisHash(CHAIN, till.key.publicKey),
  });
});

test('nothing is appended before a chain is open', () => {
  using till = openTestDatabase();
  const stop = { kind: 'terminal.stopped' } as never;
  expect(() => till.unitOfWork.run(({ append }) => ok(append(stop)))).toThrow('no chain is open');
});

test('what does not fit its kind is never frozen', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const before = readJournaledTables(till.database);
  expect(() => player.append('raffle-event.chosen', { raffleEventId: 'no id' as never })).toThrow(
    'raffle-event.chosen does not fit its kind: raffleEventId: must be a lower-case UUID',
  );
  const detail = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) => [`part ${n}`, 'x'.repeat(10_000)]),
  );
  expect(() =>
    player.append('significant-event.noted', {
      code: 'program.error',
      severity: 'error',
      detail,
    }),
  ).toThrow(/is larger than an entry may be/);
  expect(readJournaledTables(till.database)).toEqual(before);
});

test('money and numbers are signed, the rest is not', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const [sale] = player.play({ kind: 'sell', packageSizes: [2] });
  const [notice] = player.play({ kind: 'notice' });
  expect(fromBase64(sale?.signature ?? '')).toHaveLength(64);
  expect(notice?.signature).toBeNull();
});

test('a refusal rolls back entries, rows and notes alike', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const { unitOfWork } = till;
  const before = readJournaledTables(till.database);
  const draft = { checkoutId: testId('checkout', 1), lines: [] } as never;
  const heard: (readonly JournalEntry[])[] = [];
  unitOfWork.onCommitted((entries) => heard.push(entries));

  const refused = unitOfWork.run(({ notes, append, rows }) => {
    notes.saveDraft(draft);
    const body = { kind: 'terminal.stopped', version: 1, payload: {} };
    const circumstances = {
      at: '2026-10-31T18:00:00.000Z',
      wall: '2026-10-31T18:00:00.000Z',
      offsetMs: null,
      bootId: testId('boot', 1),
      operatorId: null,
    };
    append({ ...body, ...circumstances } as never);
    expect(rows.device()?.hasStoppedCleanly).toBe(true);
    return refuse(failure('checkout.conflict', { why: 'a test' }));
  });
  expect(refused).toEqual(refuse(failure('checkout.conflict', { why: 'a test' })));
  expect(readJournaledTables(till.database)).toEqual(before);
  expect(unitOfWork.notes.draft()).toBeUndefined();
  expect(heard).toEqual([]);

  const [notice] = player.play({ kind: 'notice' });
  expect(heard).toEqual([[notice]]);
});

test('listeners hear the entries of each commit in order, until they leave', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const heard: number[] = [];
  const leave = till.unitOfWork.onCommitted((entries) => {
    heard.push(...entries.map(({ seq }) => seq));
  });
  player.play({ kind: 'restart', isClean: true });
  till.unitOfWork.note((notes) => notes.saveWatermark('2026-10-31T18:00:00.000Z' as never));
  leave();
  player.play({ kind: 'notice' });
  expect(heard).toEqual([4, 5]);
});

const LOST_MIRROR = { mirrorVersion: '9.9', part: 1, parts: 1, changes: [] };

test('a mirror that was rolled back is not remembered', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const { unitOfWork } = till;
  const before = unitOfWork.rows.mirror();
  unitOfWork.run(({ rows, append }) => {
    append({
      kind: 'mirror.received',
      version: 2,
      at: '2026-10-31T18:00:00.000Z',
      wall: '2026-10-31T18:00:00.000Z',
      offsetMs: null,
      bootId: testId('boot', 1),
      operatorId: null,
      payload: { ...LOST_MIRROR, asOf: before?.asOf },
    } as never);
    expect(rows.mirror()?.mirrorVersion).toBe('9.9');
    return refuse(failure('terminal.fault'));
  });
  player.play({ kind: 'mirror', peopleCount: 1, newPins: false, state: 'active' });
  expect(unitOfWork.rows.mirror()?.mirrorVersion).toBe('1.4');
});

test('a full disk is a refusal, and nothing is half written', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const { client } = till.database;
  const pages = client.pragma('page_count', { simple: true });
  client.pragma(`max_page_count = ${String(pages)}`);
  const before = readJournaledTables(till.database);
  const full = till.unitOfWork.run(({ notes }) => {
    notes.saveDraft({
      checkoutId: testId('checkout', 1),
      lines: [],
      pad: 'x'.repeat(50_000),
    } as never);
    return ok(undefined);
  });
  expect(full).toEqual(refuse(failure('disk.full')));
  expect(readJournaledTables(till.database)).toEqual(before);
  client.pragma('max_page_count = 1000000');
  expect(player.play({ kind: 'sell', packageSizes: [1] })).toHaveLength(1);
});

test('damage that SQLite meets is an integrity fault', () => {
  using till = openTestDatabase();
  enrolled(till).play({ kind: 'sell', packageSizes: [1] });
  till.database.client.pragma('wal_checkpoint(TRUNCATE)');
  const path = `${till.path}.damaged`;
  const bytes = readFileSync(till.path);
  const roots = till.database.client
    .prepare<[], number>(
      "SELECT rootpage FROM sqlite_schema WHERE name IN ('device', 'clock_notes')",
    )
    .pluck()
    .all();
  for (const root of roots) bytes.fill(0x5a, (root - 1) * 4_096, root * 4_096);
  writeFileSync(path, bytes);
  const damaged = openWritableDatabase(path);
  const unitOfWork = createUnitOfWork(damaged, createSignatureVerifier());
  expect(() => unitOfWork.rows.device()).toThrow(IntegrityFault);
  expect(() =>
    unitOfWork.note((notes) => notes.saveWatermark('2026-10-31T18:00:00.000Z' as never)),
  ).toThrow(IntegrityFault);
  damaged.client.close();
});

test('a till takes back what it lost, and nothing else', () => {
  using till = openTestDatabase();
  using lost = openTestDatabase();
  const player = enrolled(till);
  player.play({ kind: 'sell', packageSizes: [2, 1] });
  player.play({ kind: 'print', outcome: 'printed' });
  const entries = createChainRows(till.database).entriesAfter(0, 100);

  const { unitOfWork } = lost;
  unitOfWork.openChain(CHAIN, till.key);
  unitOfWork.adopt(entries.slice(0, 3));
  expect(() => unitOfWork.adopt(entries.slice(4))).toThrow('entry 5 cannot be taken back: gap');
  const [, , , sale] = entries;
  const unsigned = { ...(sale as JournalEntry), signature: null };
  expect(() => unitOfWork.adopt([unsigned])).toThrow(
    'entry 4 cannot be taken back: signature-missing',
  );
  unitOfWork.adopt(entries.slice(3));
  expect(readJournaledTables(lost.database)).toEqual(readJournaledTables(till.database));
});

test('the database itself refuses what no use case should try', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  player.play({ kind: 'sell', packageSizes: [2] });
  player.play({ kind: 'end-sales' });
  const { client } = till.database;
  const attempts: readonly (readonly [string, string])[] = [
    ['DELETE FROM journal', 'never deleted'],
    ["UPDATE journal SET kind = 'x'", 'never change'],
    [
      "INSERT INTO journal SELECT seq + 5, kind, body, hash, 'f' || substr(hash, 2), NULL FROM journal WHERE seq = 4",
      'must continue the chain',
    ],
    ['REPLACE INTO journal SELECT * FROM journal WHERE seq = 4', 'continue the chain'],
    ['DELETE FROM orders', 'never deleted'],
    ['UPDATE orders SET amount_minor = 0', 'never changes'],
    ['UPDATE payments SET amount_minor = 0', 'never changes'],
    ['DELETE FROM payments', 'never deleted'],
    ['UPDATE checkouts SET total_minor = 0', 'never changes'],
    ['UPDATE allocations SET next_index = first_index', 'never handed out twice'],
    ['UPDATE allocations SET end_index = end_index + 9', 'never changes'],
    ['UPDATE validation_blocks SET next_sequence = 1', 'never made twice'],
    ['UPDATE raffle_events SET ended_at = NULL', 'stay ended'],
    ['UPDATE raffle_events SET frozen_hash = NULL', 'stays frozen'],
    ["UPDATE device SET chain_id = 'x'", 'never changes within a chain'],
    ['DELETE FROM device', 'never deleted'],
    ['UPDATE print_jobs SET copy_number = 5', 'never changes'],
    [
      'INSERT INTO order_numbers SELECT allocation_ordinal, first_index + 1, end_index + 1, order_ordinal, 7 FROM order_numbers',
      'never sold twice',
    ],
  ];
  for (const [statement, reason] of attempts) {
    expect(() => client.exec(statement), statement).toThrow(reason);
  }
});

test('an entry that contradicts the rows is never journaled', () => {
  using till = openTestDatabase();
  const player = enrolled(till);
  const [sale] = player.play({ kind: 'sell', packageSizes: [2] });
  const { rows } = till.unitOfWork;
  const before = readJournaledTables(till.database);
  const [order] = rows.findOrders({
    raffleEventId: RAFFLE_EVENT,
    search: '',
    cursor: null,
    limit: 1,
  }).orders;
  const again = rows.checkout(order?.checkoutId as never)?.sale;
  expect(sale?.seq).toBe(4);
  expect(() => player.append('sale.completed', again as never)).toThrow(
    'the running totals of a sale must continue those before it',
  );
  expect(readJournaledTables(till.database)).toEqual(before);
});
