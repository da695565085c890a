import { describe, expect, test } from 'vitest';
import type { Mirror } from '#shared/contract/mirror/mirror.ts';
import type { CheckoutId, OperatorId } from '#shared/kernel/ids.ts';
import { addMilliseconds } from '#shared/kernel/instant.ts';
import { minorUnits } from '#shared/kernel/money.ts';
import { fakeId } from '#test/helpers/fakes/fake-ids.ts';
import { settle, TEST_START } from '#test/helpers/fakes/fake-time.ts';
import { quickCredential } from '#test/helpers/fakes/fake-vault.ts';
import {
  contactNews,
  openSellingTill,
  openTill,
  type TestTill,
} from '#test/helpers/fakes/open-till.ts';
import { PACKAGES, PEOPLE, RAFFLE_EVENT, TEST_MIRROR } from '#test/helpers/fakes/test-mirror.ts';

type Name = keyof typeof PEOPLE;

function signInWith(till: TestTill, name: Name, pin: string) {
  const { operatorId } = PEOPLE[name];
  return till.run['session.sign-in']({ identification: { method: 'name', operatorId }, pin });
}

/** A sale that is decided and waits for its second copy, until the test lets that go on. */
async function beginSale(till: TestTill) {
  const draft = await till.fill(PACKAGES.one);
  till.secondJournal.hold();
  const answer = till.run['sale.complete']({
    checkoutId: draft.ok ? draft.value.checkoutId : fakeId('6', 1),
    lines: [{ packageId: PACKAGES.one, quantity: 1 }],
    expectedTotalMinor: minorUnits(500),
    payment: { tender: 'cash', tenderedMinor: null, isConfirmed: false },
  });
  return { answer };
}

/** The operators of the mirror, one of them changed. */
function operatorsWith(name: Name, changes: Partial<Mirror['operators'][number]>) {
  return TEST_MIRROR.operators.map((operator) =>
    operator.operatorId === PEOPLE[name].operatorId ? { ...operator, ...changes } : operator,
  );
}

describe('signing in', () => {
  test.each([
    ['name', { method: 'name', operatorId: PEOPLE.sam.operatorId }],
    ['number', { method: 'number', number: PEOPLE.sam.number }],
    ['badge', { method: 'badge', badge: 'badge-11' }],
  ] as const)('by %s and PIN', async (method, identification) => {
    using till = await openTill();
    expect(await till.run['session.sign-in']({ identification, pin: PEOPLE.sam.pin })).toEqual({
      ok: true,
      value: {
        kind: 'active',
        operatorId: PEOPLE.sam.operatorId,
        displayName: 'Sam Seller',
        role: 'seller',
      },
    });
    expect(till.payloads('operator.signed-in')).toEqual([
      { operatorId: PEOPLE.sam.operatorId, role: 'seller', method },
    ]);
  });

  test('an unknown person and a wrong PIN get the same answer after the same work', async () => {
    using till = await openTill();
    const unknown = await till.run['session.sign-in']({
      identification: { method: 'number', number: '99' },
      pin: '1234',
    });
    const comparisons = till.pinHasher.comparisons();
    const wrong = await signInWith(till, 'sam', '1234');
    expect(unknown).toEqual({ ok: false, failure: { code: 'sign-in.wrong', detail: {} } });
    expect(wrong).toEqual(unknown);
    expect([comparisons, till.pinHasher.comparisons()]).toEqual([1, 2]);
    expect(till.payloads('operator.sign-in-failed')).toEqual([
      {
        operatorId: null,
        method: 'number',
        cause: 'unknown-operator',
        failuresInARow: 0,
        delayedUntil: null,
      },
      {
        operatorId: PEOPLE.sam.operatorId,
        method: 'name',
        cause: 'wrong-pin',
        failuresInARow: 1,
        delayedUntil: null,
      },
    ]);
  });

  test('delays grow with wrong PINs, survive a restart, and end with a right one', async () => {
    using till = await openTill();
    for (let count = 0; count < 3; count += 1) await signInWith(till, 'sam', '0000');
    const until = addMilliseconds(TEST_START, 30_000);
    const delayed = { ok: false, failure: { code: 'sign-in.delayed', detail: { until } } };
    expect(await signInWith(till, 'sam', PEOPLE.sam.pin)).toEqual(delayed);
    await till.restart();
    expect(await signInWith(till, 'sam', PEOPLE.sam.pin)).toEqual(delayed);
    expect(await signInWith(till, 'ana', PEOPLE.ana.pin)).toMatchObject({ ok: true });
    await till.time.advance(30_000);
    await signInWith(till, 'sam', '0000');
    const failed = till.payloads('operator.sign-in-failed').at(-1);
    expect(failed).toMatchObject({
      failuresInARow: 4,
      delayedUntil: addMilliseconds(TEST_START, 90_000),
    });
    await till.time.advance(60_000);
    expect(await signInWith(till, 'sam', PEOPLE.sam.pin)).toMatchObject({ ok: true });
    expect(till.rows().operator(PEOPLE.sam.operatorId)).toMatchObject({
      failuresInARow: 0,
      delayedUntil: null,
    });
  });

  test('guesses at the same time do not slip past the delay', async () => {
    using till = await openTill();
    const guesses = ['0001', '0002', '0003', '0004', PEOPLE.sam.pin];
    const answers = await Promise.all(guesses.map((pin) => signInWith(till, 'sam', pin)));
    expect(answers.map((answer) => (answer.ok ? 'in' : answer.failure.code))).toEqual([
      'sign-in.wrong',
      'sign-in.wrong',
      'sign-in.delayed',
      'sign-in.delayed',
      'sign-in.delayed',
    ]);
  });

  async function failTimes(till: TestTill, name: Name, times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      await signInWith(till, name, '000000');
      await till.time.advance(301_000);
    }
  }

  test('a seller is locked after ten wrong PINs until the mirror brings another', async () => {
    using till = await openTill();
    await failTimes(till, 'sam', 10);
    const locked = { ok: false, failure: { code: 'sign-in.locked', detail: {} } };
    expect(await signInWith(till, 'sam', PEOPLE.sam.pin)).toEqual(locked);
    await till.mirror({ mirrorVersion: '1.2' });
    expect(await signInWith(till, 'sam', PEOPLE.sam.pin)).toEqual(locked);
    await till.mirror({
      mirrorVersion: '1.3',
      operators: operatorsWith('sam', { credential: quickCredential('7410') }),
    });
    expect(await signInWith(till, 'sam', '7410')).toMatchObject({ ok: true });
  });

  test('a supervisor is delayed by five minutes at most, and never locked', async () => {
    using till = await openTill();
    await failTimes(till, 'supervisor', 12);
    const delays = till.payloads('operator.sign-in-failed').map(({ delayedUntil }) => delayedUntil);
    expect(delays.at(-1)).toBe(addMilliseconds(TEST_START, 11 * 301_000 + 300_000));
    expect(await signInWith(till, 'supervisor', PEOPLE.supervisor.pin)).toMatchObject({
      ok: true,
      value: { role: 'supervisor' },
    });
  });

  test('a delay is over when the central sets back the clock that it was counted by', async () => {
    using till = await openTill();
    const { state, salesEnd } = RAFFLE_EVENT;
    const tomorrow = addMilliseconds(TEST_START, 86_400_000);
    await till.sync.tell(contactNews(till.time, { state, salesEnd }, 'enabled', tomorrow));
    for (let count = 0; count < 3; count += 1) await signInWith(till, 'supervisor', '000000');
    expect(await till.signIn('supervisor')).toMatchObject({ failure: { code: 'sign-in.delayed' } });
    await till.contact();
    expect(await till.signIn('supervisor')).toMatchObject({ ok: true });
  });

  test.each([
    ['disabled', { isEnabled: false }, 'operator.disabled'],
    ['expired', { expiresAt: TEST_START }, 'operator.expired'],
  ])('a person who is %s is told so only for the right PIN', async (cause, changes, code) => {
    using till = await openTill({ mirror: { operators: operatorsWith('sam', changes) } });
    expect(await signInWith(till, 'sam', '0000')).toMatchObject({
      failure: { code: 'sign-in.wrong' },
    });
    expect(await signInWith(till, 'sam', PEOPLE.sam.pin)).toEqual({
      ok: false,
      failure: { code, detail: {} },
    });
    expect(till.payloads('operator.sign-in-failed').at(-1)).toMatchObject({ cause });
  });

  test('another person takes over, and the cart goes with its seller', async () => {
    using till = await openSellingTill();
    await till.fill(PACKAGES.one);
    await till.run['session.lock']({});
    await till.signIn('ana');
    expect(till.core().snapshot()).toMatchObject({
      checkout: null,
      session: { kind: 'active', operatorId: PEOPLE.ana.operatorId },
    });
    expect(till.payloads('operator.signed-out')).toEqual([{ operatorId: PEOPLE.sam.operatorId }]);
  });

  test('lists the enabled people by name', async () => {
    using till = await openTill({
      mirror: { operators: operatorsWith('technician', { isEnabled: false }) },
    });
    expect(await till.run['session.list-people']({})).toMatchObject({
      value: {
        people: [
          { displayName: 'Ana Anders' },
          { displayName: 'Sam Seller' },
          { displayName: 'Sue Supervisor', role: 'supervisor', number: '21' },
        ],
      },
    });
  });
});

describe('locking', () => {
  test('keeps the cart for the same person', async () => {
    using till = await openSellingTill();
    await till.fill(PACKAGES.one);
    expect(await till.run['session.lock']({})).toMatchObject({ value: { kind: 'locked' } });
    expect(await till.run['session.unlock']({ pin: '0000' })).toMatchObject({
      failure: { code: 'sign-in.wrong' },
    });
    expect(await till.run['session.unlock']({ pin: PEOPLE.sam.pin })).toMatchObject({
      value: { kind: 'active', operatorId: PEOPLE.sam.operatorId },
    });
    expect(till.core().snapshot().checkout?.lines).toEqual([
      { packageId: PACKAGES.one, quantity: 1 },
    ]);
    expect([till.payloads('session.locked'), till.payloads('session.unlocked')]).toEqual([
      [{ operatorId: PEOPLE.sam.operatorId }],
      [{ operatorId: PEOPLE.sam.operatorId }],
    ]);
  });

  test('waits for a payment that is being saved, and is never refused', async () => {
    using till = await openSellingTill();
    const sale = await beginSale(till);
    const lock = till.run['session.lock']({});
    await settle();
    expect(till.core().session()).toMatchObject({ kind: 'active' });
    till.secondJournal.release();
    expect(await sale.answer).toMatchObject({ ok: true });
    expect(await lock).toMatchObject({ ok: true, value: { kind: 'locked' } });
    expect(till.payloads('session.locked')).toHaveLength(1);
  });

  test('so does somebody who signs in; signing out does not wait', async () => {
    using till = await openSellingTill();
    const sale = await beginSale(till);
    const next = till.signIn('supervisor');
    await settle();
    expect(till.core().session()).toMatchObject({ operatorId: PEOPLE.sam.operatorId });
    const out = till.run['session.sign-out']({});
    expect(till.core().session()).toEqual({ kind: 'signed-out' });
    till.secondJournal.release();
    expect(await sale.answer).toMatchObject({ ok: true });
    expect(await out).toEqual({ ok: true, value: { kind: 'signed-out' } });
    expect(await next).toMatchObject({ ok: true, value: { role: 'supervisor' } });
  });

  test('with nobody signed in there is nothing to lock or to open', async () => {
    using till = await openTill();
    expect(await till.run['session.lock']({})).toEqual({ ok: true, value: { kind: 'signed-out' } });
    expect(await till.run['session.sign-out']({})).toMatchObject({ ok: true });
    expect(await till.run['session.unlock']({ pin: '2580' })).toMatchObject({
      failure: { code: 'session.required' },
    });
  });
});

describe('a cart from before a restart', () => {
  test('is there for the seller who filled it', async () => {
    using till = await openSellingTill();
    await till.fill(PACKAGES.one);
    await till.restart();
    expect(till.core().snapshot().checkout).toBeNull();
    await till.signIn();
    expect(till.core().snapshot().checkout?.lines).toEqual([
      { packageId: PACKAGES.one, quantity: 1 },
    ]);
  });

  test('goes when another person signs in', async () => {
    using till = await openSellingTill();
    const filled = await till.fill(PACKAGES.one);
    await till.restart();
    await till.signIn('supervisor');
    expect(till.core().snapshot().checkout).toBeNull();
    const checkoutId = filled.ok ? filled.value.checkoutId : fakeId<CheckoutId>('6', 1);
    expect(await till.run['checkout.change']({ checkoutId, lines: [] })).toEqual({
      ok: false,
      failure: { code: 'checkout.unknown', detail: {} },
    });
    await till.signIn();
    expect(till.core().snapshot().checkout).toBeNull();
  });
});

describe('a person whom the central changes while their PIN is hashed', () => {
  /** A till whose mirror changes Sam once, while the first PIN is compared. */
  async function openChangingTill(changes: Parameters<typeof operatorsWith>[1]) {
    const till = await openTill();
    let hasChanged = false;
    await till.restart({
      pinHasher: {
        hash: till.pinHasher.hash,
        async matches(pin, credential) {
          const isRight = await till.pinHasher.matches(pin, credential);
          if (hasChanged) return isRight;
          hasChanged = true;
          await till.mirror({ mirrorVersion: '1.2', operators: operatorsWith('sam', changes) });
          return isRight;
        },
      },
    });
    return till;
  }

  test('is not let in when disabled', async () => {
    using till = await openChangingTill({ isEnabled: false });
    expect(await till.signIn()).toMatchObject({ failure: { code: 'operator.disabled' } });
    expect(till.core().session()).toEqual({ kind: 'signed-out' });
  });

  test('needs the new PIN, not the old one', async () => {
    using till = await openChangingTill({ credential: quickCredential('8305') });
    expect(await till.signIn()).toMatchObject({ failure: { code: 'sign-in.wrong' } });
    expect(await signInWith(till, 'sam', '8305')).toMatchObject({ ok: true });
  });
});

test('a person whom the mirror disables is signed out at once', async () => {
  using till = await openSellingTill();
  await till.fill(PACKAGES.one);
  await till.mirror({
    mirrorVersion: '1.2',
    operators: operatorsWith('sam', { isEnabled: false }),
  });
  expect(till.core().session()).toEqual({ kind: 'signed-out' });
  expect(till.core().snapshot().checkout).toBeNull();
  expect(till.payloads('operator.signed-out')).toEqual([{ operatorId: PEOPLE.sam.operatorId }]);
});

describe('a start PIN', () => {
  const operators = operatorsWith('sam', { mustChangePin: true });
  const identification = { method: 'name', operatorId: PEOPLE.sam.operatorId } as const;

  test('must be changed before anything else, and the new one stays in force', async () => {
    using till = await openTill({ mirror: { operators } });
    expect(await till.signIn()).toEqual({
      ok: false,
      failure: { code: 'operator.must-change-pin', detail: {} },
    });
    const changed = await till.run['session.change-pin']({
      identification,
      pin: PEOPLE.sam.pin,
      newPin: '8305',
    });
    expect(changed).toMatchObject({ ok: true, value: { kind: 'active' } });
    await till.run['session.sign-out']({});
    await till.mirror({ mirrorVersion: '1.2' });
    await till.restart();
    expect(await signInWith(till, 'sam', PEOPLE.sam.pin)).toMatchObject({ ok: false });
    expect(await signInWith(till, 'sam', '8305')).toMatchObject({ ok: true });
    expect(JSON.stringify(till.entries())).not.toContain('8305');
  });

  test.each([
    ['111', 'short'],
    [PEOPLE.sam.pin, 'unchanged'],
    ['1111', 'trivial'],
    ['1234', 'trivial'],
    ['6543', 'trivial'],
    ['7890', 'trivial'],
    ['1212', 'trivial'],
    ['123456', 'trivial'],
    ['123123', 'trivial'],
  ])('%s is refused as %s', async (newPin, cause) => {
    using till = await openTill({ mirror: { operators } });
    expect(
      await till.run['session.change-pin']({ identification, pin: PEOPLE.sam.pin, newPin }),
    ).toEqual({ ok: false, failure: { code: 'pin.too-weak', detail: { cause, fewestDigits: 4 } } });
  });

  test('opens no locked screen and approves nothing', async () => {
    using till = await openSellingTill();
    await till.run['session.lock']({});
    await till.mirror({
      mirrorVersion: '1.2',
      operators: TEST_MIRROR.operators.map((person) => ({ ...person, mustChangePin: true })),
    });
    const refused = { ok: false, failure: { code: 'operator.must-change-pin', detail: {} } };
    expect(await till.run['session.unlock']({ pin: PEOPLE.sam.pin })).toEqual(refused);
    const { operatorId, pin } = PEOPLE.technician;
    const approval = { identification: { method: 'name', operatorId }, pin } as const;
    expect(await till.run['configuration.approve']({ approval })).toEqual(refused);
  });

  test('of a supervisor becomes one of six digits or more', async () => {
    using till = await openTill();
    expect(
      await till.run['session.change-pin']({
        identification: { method: 'name', operatorId: PEOPLE.supervisor.operatorId },
        pin: PEOPLE.supervisor.pin,
        newPin: '83051',
      }),
    ).toMatchObject({ failure: { code: 'pin.too-weak', detail: { fewestDigits: 6 } } });
  });
});

test('a till with nobody in its mirror lets nobody in', async () => {
  using till = await openTill({ mirror: { operators: [] } });
  expect(
    await till.run['session.sign-in']({
      identification: { method: 'name', operatorId: fakeId<OperatorId>('d', 1) },
      pin: '2580',
    }),
  ).toMatchObject({ failure: { code: 'sign-in.wrong' } });
});
