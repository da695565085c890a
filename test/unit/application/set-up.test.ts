import { describe, expect, test } from 'vitest';
import { readCentralAddress } from '#main/application/set-up/read-central-address.ts';
import { utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes } from '#shared/kernel/hash.ts';
import type { ChainId, RaffleEventId } from '#shared/kernel/ids.ts';
import { addMilliseconds } from '#shared/kernel/instant.ts';
import { fakeId } from '#test/helpers/fakes/fake-ids.ts';
import { TEST_START } from '#test/helpers/fakes/fake-time.ts';
import {
  openBareTill,
  openSellingTill,
  openTill,
  TEST_CENTRAL_FORM,
} from '#test/helpers/fakes/open-till.ts';
import { HOME_GAME, PACKAGES, PEOPLE, RAFFLE_EVENT } from '#test/helpers/fakes/test-mirror.ts';
import { testId } from '#test/helpers/terminal-database-history.ts';

describe('enrolment', () => {
  test('opens a chain with the enrolment and the start, and may not sell yet', async () => {
    using till = await openBareTill();
    expect(till.core().phase()).toEqual({ kind: 'needs-enrolment' });
    expect(await till.enrol()).toEqual({
      ok: true,
      value: { rsuName: 'Till 7', organisationName: 'Harbour Hawks Foundation' },
    });
    expect(till.entries().map(({ kind }) => kind)).toEqual([
      'terminal.enrolled',
      'terminal.started',
    ]);
    expect(till.payloads('terminal.started')).toMatchObject([{ wasUnclean: false }]);
    expect(till.rows().device()?.deviceState).toBe('disabled');
    expect(till.core().phase()).toEqual({ kind: 'choose-raffle-event', raffleEvents: [] });
    expect(till.core().snapshot().terminal).toMatchObject({
      rsuName: 'Till 7',
      centralUrl: TEST_CENTRAL_FORM.address,
    });
  });

  test('a till that lost both copies is enrolled anew, and its new chain tells of the old one', async () => {
    using till = await openBareTill();
    const chainId = testId<ChainId>('lost chain', 1);
    await till.restart({ lostChain: { chainId, throughSeq: 41 } });
    expect(till.core().phase()).toEqual({ kind: 'needs-enrolment', lost: { throughSeq: 41 } });
    expect(await till.enrol()).toMatchObject({ ok: true });
    expect(till.entries().map(({ kind }) => kind)).toEqual([
      'terminal.enrolled',
      'significant-event.noted',
      'terminal.started',
    ]);
    expect(till.payloads('significant-event.noted')).toEqual([
      {
        code: 'memory.corrupt',
        severity: 'error',
        detail: { lostChainId: chainId, throughSeq: 41 },
      },
    ]);
  });

  test('a start after which the next should be quick signs a checkpoint of what it checked', async () => {
    using till = await openTill();
    await till.restart({ isCheckpointDue: true });
    const seq = till.rows().head().seq;
    expect(till.entries().slice(-2)).toMatchObject([
      { kind: 'terminal.started' },
      {
        kind: 'checkpoint.signed',
        payload: { raffleEventId: null, throughSeq: seq - 1, ...till.rows().totals() },
      },
    ]);
  });

  test('after an answer that was lost, the same code asks with the same key again', async () => {
    using till = await openBareTill();
    till.enrolmentClient.script('lost');
    expect(await till.enrol()).toMatchObject({ failure: { code: 'central.unreachable' } });
    await till.restart();
    expect(await till.enrol()).toMatchObject({ ok: true });
    const [first, second] = till.enrolmentClient.requests();
    expect(second).toEqual(first);
  });

  test('does not tell the code to a central with another fingerprint', async () => {
    using till = await openBareTill();
    const fingerprint = '0000-0000-0000-0000-0000-0000';
    expect(await till.run['enrolment.begin']({ ...TEST_CENTRAL_FORM, fingerprint })).toMatchObject({
      failure: { code: 'enrolment.fingerprint-mismatch' },
    });
    expect(till.enrolmentClient.requests()).toEqual([]);
  });

  test.each([
    [{ kind: 'transport', detail: 'reset' }, 'central.unreachable'],
    [{ kind: 'certificate-date' }, 'central.certificate-date'],
    [{ kind: 'not-our-central' }, 'central.not-ours'],
    [{ kind: 'refused', code: 'enrolment.code-unknown', detail: '' }, 'enrolment.code-unknown'],
    [{ kind: 'refused', code: 'enrolment.code-used', detail: '' }, 'enrolment.code-unknown'],
    [{ kind: 'refused', code: 'enrolment.code-expired', detail: '' }, 'enrolment.code-expired'],
    [{ kind: 'refused', code: 'central.fault', detail: '' }, 'central.refused'],
  ] as const)('is refused for %j', async (problem, code) => {
    using till = await openBareTill();
    till.enrolmentClient.script(problem);
    expect(await till.enrol()).toMatchObject({ ok: false, failure: { code } });
    expect(till.rows().device()).toBeUndefined();
    expect(till.entries()).toEqual([]);
  });

  test('happens once', async () => {
    using till = await openBareTill();
    const answers = await Promise.all([till.enrol(), till.enrol()]);
    expect(answers.map((answer) => (answer.ok ? 'enrolled' : answer.failure.code))).toEqual([
      'enrolled',
      'terminal.already-enrolled',
    ]);
  });

  test.each([
    ['central.example', 'https://central.example'],
    [' https://central.example/somewhere ', 'https://central.example'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://central.example', undefined],
    ['https://user:secret@central.example', undefined],
    ['ftp://central.example', undefined],
    ['', undefined],
  ])('reads the address %j as %s', (typed, address) => {
    expect(readCentralAddress(typed)).toBe(address);
  });
});

describe('choosing the raffle event', () => {
  const other = fakeId<RaffleEventId>('b', 2);
  const tomorrow = {
    ...RAFFLE_EVENT,
    raffleEventId: other,
    salesStart: addMilliseconds(TEST_START, 10 * 3_600_000),
    salesEnd: addMilliseconds(TEST_START, 14 * 3_600_000),
  };

  test('is not needed where there is but one', async () => {
    using till = await openBareTill();
    await till.enrol();
    await till.mirror();
    expect(till.core().phase()).toEqual({ kind: 'ready' });
    expect(till.payloads('raffle-event.chosen')).toEqual([{ raffleEventId: HOME_GAME }]);
  });

  test.each([
    ['sam', { ok: false, failure: { code: 'role.insufficient' } }],
    ['technician', { ok: false, failure: { code: 'role.insufficient' } }],
    ['supervisor', { ok: true }],
  ] as const)('of several, asked of %s', async (name, answer) => {
    using till = await openBareTill();
    await till.enrol();
    await till.mirror({ raffleEvents: [RAFFLE_EVENT, tomorrow] });
    expect(till.payloads('raffle-event.chosen')).toEqual([]);
    expect(await till.choose(other, name)).toMatchObject(answer);
    const chosen = till.entries().filter(({ kind }) => kind === 'raffle-event.chosen');
    expect(chosen.map(({ operatorId }) => operatorId)).toEqual(
      answer.ok ? [PEOPLE.supervisor.operatorId] : [],
    );
  });

  test('of several with a wrong PIN chooses nothing', async () => {
    using till = await openBareTill();
    await till.enrol();
    await till.mirror({ raffleEvents: [RAFFLE_EVENT, tomorrow] });
    const { operatorId } = PEOPLE.supervisor;
    const approval = {
      identification: { method: 'name', operatorId },
      pin: '000000',
    } as const;
    const { run } = till;
    expect(await run['raffle-event.choose']({ raffleEventId: other, approval })).toMatchObject({
      failure: { code: 'sign-in.wrong' },
    });
    expect(till.payloads('raffle-event.chosen')).toEqual([]);
  });

  test('is offered with those that are not over', async () => {
    using till = await openBareTill();
    await till.enrol();
    await till.mirror({
      raffleEvents: [
        RAFFLE_EVENT,
        { ...tomorrow, raffleEventId: fakeId('b', 4) },
        { ...RAFFLE_EVENT, raffleEventId: other, state: 'closed' },
        { ...RAFFLE_EVENT, raffleEventId: fakeId('b', 3), salesEnd: TEST_START },
      ],
    });
    expect(till.core().phase()).toMatchObject({
      kind: 'choose-raffle-event',
      raffleEvents: [
        { raffleEventId: HOME_GAME, eventIdentifier: 'HH-26-11-22' },
        { raffleEventId: fakeId('b', 4) },
      ],
    });
    expect(await till.choose(other)).toMatchObject({
      failure: { code: 'raffle-event.closed' },
    });
    expect(await till.choose(fakeId('b', 9))).toMatchObject({
      failure: { code: 'raffle-event.unknown' },
    });
    expect(await till.choose(HOME_GAME)).toMatchObject({
      ok: true,
    });
    expect(till.core().phase()).toEqual({ kind: 'ready' });
    expect(till.payloads('raffle-event.chosen')).toEqual([{ raffleEventId: HOME_GAME }]);
  });

  test('switches only when the last is over and everything is sent', async () => {
    using till = await openSellingTill({ mirror: { raffleEvents: [RAFFLE_EVENT, tomorrow] } });
    const choose = () => till.choose(other);
    expect(await choose()).toMatchObject({ failure: { code: 'raffle-event.still-on-sale' } });
    await till.sell(PACKAGES.one);
    await till.time.advance(3 * 3_600_000);
    expect(await choose()).toMatchObject({
      failure: { code: 'terminal.holds-unsent-sales', detail: { unsentOrderCount: 1 } },
    });
    await till.acknowledge();
    await till.run['session.sign-out']({});
    expect(till.core().phase()).toEqual({ kind: 'ready' });
    await till.time.advance(30 * 60_000);
    expect(till.payloads('raffle-event.chosen').at(-1)).toEqual({ raffleEventId: other });
    expect(till.core().phase()).toEqual({ kind: 'ready' });
    expect(await choose()).toEqual({ ok: true, value: {} });
    expect(till.core().snapshot().selling).toMatchObject({ raffleEventId: other, numbersLeft: 0 });
    expect(till.sync.requested()).toContain(other);
    expect(till.rows().totals()).toEqual({ orderCount: 1, grossMinor: 500 });
  });

  test('the end of sales is a latch, summed up and signed', async () => {
    using till = await openSellingTill();
    await till.sell(PACKAGES.one);
    await till.contact({ state: 'closed' });
    const [ended, checkpoint] = till.entries().slice(-2);
    expect(ended).toMatchObject({ kind: 'sales.ended', payload: { cause: 'closed-by-central' } });
    expect(checkpoint).toMatchObject({
      kind: 'checkpoint.signed',
      payload: { throughSeq: till.rows().head().seq - 1, orderCount: 1, grossMinor: 500 },
    });
    await till.contact({ state: 'active' });
    await till.restart();
    await till.signIn();
    expect(await till.sell(PACKAGES.one)).toMatchObject({
      failure: { code: 'raffle-event.closed' },
    });
    expect(till.payloads('sales.ended')).toHaveLength(1);
  });
});

describe('start and stop', () => {
  test('say whether the last run ended in order', async () => {
    using till = await openTill();
    await till.restart();
    await till.signIn();
    await till.core().stop();
    await till.restart();
    expect(till.payloads('terminal.started').map(({ wasUnclean }) => wasUnclean)).toEqual([
      false,
      true,
      false,
    ]);
    const kinds = till.entries().map(({ kind }) => kind);
    expect(kinds.slice(-3)).toEqual([
      'operator.signed-out',
      'terminal.stopped',
      'terminal.started',
    ]);
    expect(till.core().session()).toEqual({ kind: 'signed-out' });
  });

  test('a till without its key is out of service', async () => {
    using till = await openTill();
    const head = till.rows().head();
    await till.restart({
      vault: {
        machineFingerprint: hashBytes(utf8('another machine')),
        secretBox: { wrap: () => '', unwrap: () => undefined },
        createDeviceKey: () => {
          throw new Error('not here');
        },
        findDeviceKey: () => undefined,
        noteHead: () => {},
        noteComparison: () => {},
        lastNotedHead: () => undefined,
      },
    });
    expect(till.core().phase()).toMatchObject({
      kind: 'out-of-service',
      faults: [{ check: 'machine' }],
    });
    expect(await till.signIn()).toMatchObject({ failure: { code: 'terminal.out-of-service' } });
    expect(await till.run['diagnostics.show']({})).toMatchObject({ ok: true });
    expect(till.rows().head()).toEqual(head);
  });

  test('a changed configuration needs a technician before selling', async () => {
    using till = await openTill();
    const configurationHash = hashBytes(utf8('another configuration'));
    await till.restart({ configurationHash });
    await till.signIn();
    expect(await till.sell(PACKAGES.one)).toMatchObject({
      failure: { code: 'terminal.configuration-changed' },
    });
    const approve = (name: 'supervisor' | 'technician') =>
      till.run['configuration.approve']({
        approval: {
          identification: { method: 'name', operatorId: PEOPLE[name].operatorId },
          pin: PEOPLE[name].pin,
        },
      });
    expect(await approve('supervisor')).toMatchObject({ failure: { code: 'role.insufficient' } });
    expect(await approve('technician')).toEqual({ ok: true, value: {} });
    expect(till.payloads('configuration.approved')).toEqual([
      { operatorId: PEOPLE.technician.operatorId, configurationHash },
    ]);
    await till.restart({ configurationHash });
    await till.signIn();
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
  });
});
