import { scryptSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import {
  type PeopleCentral,
  startPeopleCentral,
  type TestPerson,
} from '#test/helpers/central/people.ts';
import { countPdfPages, readPdfText } from '#test/helpers/central/read-pdf.ts';
import { createTestOrganisation } from '#test/helpers/central/test-central.ts';

const OPERATORS = '/v1/organisations/:organisationId/operators';
const IMPORTS = '/v1/organisations/:organisationId/operator-imports';
const BADGES = '/v1/organisations/:organisationId/badge-slips.pdf';

let running: PeopleCentral;
let organisationId: OrganisationId;
let desk: TestPerson;

beforeAll(async () => {
  running = await startPeopleCentral();
  organisationId = (await createTestOrganisation(running)).organisationId;
  desk = await running.asPerson(organisationId, 'supervisor');
});

afterAll(() => running.stop());

const person = {
  displayName: 'Zoë Ångström',
  number: '21',
  badge: 'S-0021',
  role: 'seller',
  pin: null,
  isSpare: false,
};

interface Created {
  operator: { operatorId: string; revision: string };
  shownPin: string | null;
}

function add(body: object) {
  return desk.send<Created>('POST', OPERATORS, { ...person, ...body });
}

interface Credential {
  readonly salt: Buffer;
  readonly hash: Buffer;
  readonly cost: number;
  readonly block_size: number;
  readonly parallelism: number;
}

/** Whether `pin` opens the credential that tills get. */
async function opens(operatorId: string, pin: string): Promise<boolean> {
  const [row] = await running.query('SELECT * FROM operator_credentials WHERE operator_id = $1', [
    operatorId,
  ]);
  const { salt, hash, cost, block_size: r, parallelism: p } = row as unknown as Credential;
  return scryptSync(pin, salt, 32, { N: cost, r, p, maxmem: 2 ** 27 }).equals(hash);
}

/** The types of the critical events about an operator, in order. */
async function noted(operatorId: string) {
  const rows = await running.query(
    `SELECT event_type, cognito_sub FROM critical_events JOIN users ON users.id = user_id
     WHERE metadata ->> 'operatorId' = $1 ORDER BY received_at, event_type`,
    [operatorId],
  );
  return rows.map(({ event_type: type, cognito_sub: by }) => [type, by]);
}

describe('an operator', () => {
  test('gets a first PIN that is shown once, hashed, and to be changed', async () => {
    const { status, body } = await add({});
    const { operatorId } = body.operator;
    const { pin: _pin, isSpare: _isSpare, ...facts } = person;
    const operator = {
      operatorId,
      ...facts,
      expiresAt: null,
      isEnabled: true,
      mustChangePin: true,
      pinChangedAt: expect.any(String),
      spareName: null,
      revision: body.operator.revision,
    };
    expect({ status, body }).toEqual({
      status: 201,
      body: { operator, shownPin: expect.stringMatching(/^\d{6}$/) },
    });
    expect((await desk.get(`${OPERATORS}/${operatorId}`)).body).toEqual(operator);
    expect(await opens(operatorId, body.shownPin ?? '')).toBe(true);
    expect(await noted(operatorId)).toEqual([['operator.added', desk.subject]]);
    const [{ audited } = {}] = await running.query(
      'SELECT string_agg(audit_log::TEXT, $1) AS audited FROM audit_log',
      [' '],
    );
    expect(audited).not.toContain(body.shownPin);
  });

  test('may be given a chosen PIN, and another later; none is ever told', async () => {
    const { body } = await add({ number: '22', badge: null, pin: '4711' });
    expect(body.shownPin).toBeNull();
    const { operatorId } = body.operator;
    expect(await opens(operatorId, '4711')).toBe(true);
    await running.query('UPDATE operators SET must_change_pin = FALSE WHERE id = $1', [operatorId]);
    const path = `${OPERATORS}/${operatorId}/pin`;
    const made = await desk.send<Created>('PUT', path, { pin: null }, { 'idempotency-key': 'x' });
    expect(made).toMatchObject({
      status: 200,
      body: { shownPin: expect.stringMatching(/^\d{6}$/) },
    });
    expect(await opens(operatorId, '4711')).toBe(false);
    expect(await opens(operatorId, made.body.shownPin ?? '')).toBe(true);
    expect((await desk.get(`${OPERATORS}/${operatorId}`)).body).toMatchObject({
      mustChangePin: true,
    });
    expect(await running.query(`SELECT key FROM idempotency_keys WHERE key = 'x'`)).toEqual([]);
    expect(await noted(operatorId)).toEqual([
      ['operator.added', desk.subject],
      ['operator.pin-set', desk.subject],
    ]);
  });

  test('has a number and a badge that nobody else in the organisation has', async () => {
    for (const taken of [{ badge: 'S-other' }, { number: '99' }]) {
      expect(await add(taken)).toMatchObject({ status: 409, body: { code: 'thing.exists' } });
    }
  });

  test('is changed, disabled and enabled again', async () => {
    const { body } = await add({ number: '23', badge: 'S-23', isSpare: false });
    const { operatorId, revision } = body.operator;
    const changes = {
      displayName: 'Zoë B.',
      number: '24',
      badge: null,
      role: 'supervisor',
      expiresAt: '2027-01-01T00:00:00.000Z',
    };
    const path = `${OPERATORS}/${operatorId}`;
    const change = (isEnabled: boolean, seen: unknown) =>
      desk.send('PUT', path, { ...changes, isEnabled }, { 'if-match': `"${seen}"` });
    const disabled = await change(false, revision);
    expect(disabled).toMatchObject({ status: 200, body: { ...changes, isEnabled: false } });
    expect(await change(true, revision)).toMatchObject({ status: 412 });
    expect(await change(true, disabled.body['revision'])).toMatchObject({ status: 200 });
    expect(await noted(operatorId)).toEqual([
      ['operator.added', desk.subject],
      ['operator.disabled', desk.subject],
      ['operator.enabled', desk.subject],
    ]);
    const { body: listed } = await desk.get<{ items: { operatorId: string }[] }>(
      `${OPERATORS}?role=supervisor`,
    );
    expect(listed.items.map((each) => each.operatorId)).toEqual([operatorId]);
  });

  test.each([
    ['a badge that is only a number', { badge: '12345678' }],
    ['a badge that scanners read differently', { badge: 'Ż-12' }],
    ['a short PIN', { pin: '123' }],
    ['letters for a PIN', { pin: 'abcd' }],
    ['a number with a letter', { number: '1a' }],
    ['no name', { displayName: '  ' }],
    ['an expiry that no calendar has', { expiresAt: '0000-01-01T00:00:00.000Z' }],
  ])('is refused with %s', async (_what, wrong) => {
    expect(await add({ number: '77', badge: null, ...wrong })).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
  });
});

describe('a spare credential', () => {
  test('is given to people by name, each on record, with a PIN that nobody before knows', async () => {
    const { body } = await add({
      displayName: 'Spare 1',
      number: '91',
      badge: null,
      isSpare: true,
    });
    const { operatorId } = body.operator;
    const path = `${OPERATORS}/${operatorId}/bindings`;
    const give = (realName: string | null) => desk.send('POST', path, { realName });
    expect(await give('Maria López')).toMatchObject({
      status: 201,
      body: { displayName: 'Maria López', spareName: 'Spare 1', isEnabled: true },
    });
    expect(await give(null)).toMatchObject({
      status: 201,
      body: { displayName: 'Spare 1', isEnabled: false },
    });
    expect(await give('Jan Nowak')).toMatchObject({
      status: 409,
      body: { code: 'operator.pin-known' },
    });
    running.advance(1_000);
    await desk.send('PUT', `${OPERATORS}/${operatorId}/pin`, { pin: null });
    expect(await give('Jan Nowak')).toMatchObject({
      status: 201,
      body: { displayName: 'Jan Nowak', isEnabled: true, mustChangePin: true },
    });
    const { body: history } = await desk.get<{ items: { realName: string | null }[] }>(path);
    expect(history.items.map(({ realName }) => realName)).toEqual([
      'Jan Nowak',
      null,
      'Maria López',
    ]);
    await expect(running.query('UPDATE operator_bindings SET real_name = NULL')).rejects.toThrow(
      'for ever',
    );
  });

  test('cannot be renamed past the record; somebody’s own credential is not given away', async () => {
    const { body } = await add({
      displayName: 'Spare 2',
      number: '92',
      badge: null,
      isSpare: true,
    });
    const { operatorId, revision } = body.operator;
    const renamed = { displayName: 'X', number: '92', badge: null, role: 'seller' };
    expect(
      await desk.send(
        'PUT',
        `${OPERATORS}/${operatorId}`,
        { ...renamed, expiresAt: null, isEnabled: true },
        { 'if-match': `"${revision}"` },
      ),
    ).toMatchObject({ status: 409, body: { code: 'thing.frozen' } });
    const own = (await add({ number: '93', badge: null })).body.operator;
    expect(
      await desk.send('POST', `${OPERATORS}/${own.operatorId}/bindings`, { realName: 'X' }),
    ).toMatchObject({ status: 409, body: { code: 'operator.not-spare' } });
  });
});

describe('an import', () => {
  const importCsv = (csv: string) =>
    desk.send<{ added: { number: string; shownPin: string | null }[]; unchangedCount: number }>(
      'POST',
      IMPORTS,
      { csv },
    );
  const count = async () =>
    (await running.query('SELECT count(*)::INT AS people FROM operators'))[0]?.['people'];

  test('adds everybody, shows the PINs that it made, and changes nothing the second time', async () => {
    const csv = [
      '\uFEFFNumber;Name;Badge;Role;PIN',
      '301;"Łucja; the quick";S-301;;2580',
      '',
      "302;'=SUM(1);;Supervisor;",
    ].join('\r\n');
    const first = await importCsv(csv);
    expect(first).toMatchObject({
      status: 200,
      body: {
        added: [
          { number: '301', displayName: 'Łucja; the quick', shownPin: null },
          { number: '302', displayName: '=SUM(1)', shownPin: expect.stringMatching(/^\d{6}$/) },
        ],
        unchangedCount: 0,
      },
    });
    const people = await count();
    expect(await importCsv(csv)).toMatchObject({
      status: 200,
      body: { added: [], unchangedCount: 2 },
    });
    expect(await count()).toBe(people);
  });

  test('says every fault of every line, and adds nobody', async () => {
    const people = await count();
    const csv = [
      'number,name,badge,pin',
      '401,Right,S-401,1234',
      '40x,,S-402,12',
      '403,Twice,S-401,1234',
      '401,Twice,,1234',
      '21,Other,,1234',
      '405,Badge of Zoë,S-0021,1234',
    ].join('\n');
    const refused = await importCsv(csv);
    expect(refused).toMatchObject({ status: 400, body: { code: 'import.invalid' } });
    expect(refused.body.missing).toEqual([
      expect.stringMatching(/^line 3: number: /),
      expect.stringMatching(/^line 3: name: /),
      'line 3: pin: must be 4 to 12 digits',
      'line 4: badge S-401 is there twice',
      'line 5: number 401 is there twice',
      'line 6: number 21 is that of Zoë Ångström',
      'line 7: badge S-0021 is that of Zoë Ångström',
    ]);
    expect(await count()).toBe(people);
  });

  test.each([
    ['an empty file', '', ['no column number', 'no column name']],
    ['a column too much', 'number,name,salary', ['unknown column salary']],
    ['a column twice', 'number,name,name', ['two columns name']],
    ['a line that is too short', 'number,name\n1', ['line 2: there are not 2 fields']],
    ['an open quote', 'number,name\n1,"A', [expect.stringContaining('Quote')]],
  ])('is refused for %s', async (_what, csv, faults) => {
    const refused = await importCsv(csv);
    expect(refused).toMatchObject({ status: 400, body: { code: 'import.invalid' } });
    expect(refused.body.missing).toEqual(faults);
  });

  test('reads what the export wrote, where no spreadsheet runs anything', async () => {
    const response = await desk.fetch(`${OPERATORS}.csv?number=302`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const csv = Buffer.from(await response.arrayBuffer()).toString();
    expect(csv).toBe("\uFEFFnumber,name,badge,role\r\n302,'=SUM(1),,supervisor\r\n");
    expect(await importCsv(csv)).toMatchObject({ body: { added: [], unchangedCount: 1 } });
  });
});

describe('badge slips', () => {
  test('name each person with number, role and badge, and no PIN', async () => {
    const response = await desk.fetch(`${BADGES}?number=21`);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const pdf = new Uint8Array(await response.arrayBuffer());
    expect(countPdfPages(pdf)).toBe(1);
    const [organisation, name, role, number, badge] = readPdfText(pdf).split('\n');
    expect([organisation, name, role, number, badge]).toEqual([
      'Test organisation',
      'Zoë Ångström',
      'seller',
      'No. 21',
      'S-0021',
    ]);
  });

  test('ten on a page, for at most two hundred people at a time', async () => {
    await running.query(
      `WITH added AS (
         INSERT INTO operators (organization_id, display_name, number, role)
         SELECT $1, 'Person ' || n, (1000 + n)::TEXT, 'technician' FROM generate_series(1, 201) n
         RETURNING id
       )
       INSERT INTO operator_credentials
         (operator_id, algorithm, salt, hash, cost, block_size, parallelism)
       SELECT id, 'scrypt', $2, $3, 32768, 8, 1 FROM added`,
      [organisationId, Buffer.alloc(16), Buffer.alloc(32)],
    );
    expect(await desk.get(`${BADGES}?role=technician`)).toMatchObject({
      status: 409,
      body: { code: 'document.too-large' },
    });
    await running.query(
      `UPDATE operators SET is_enabled = number::INT <= 1011 WHERE role = 'technician'`,
    );
    const response = await desk.fetch(`${BADGES}?role=technician&isEnabled=true`);
    expect(countPdfPages(new Uint8Array(await response.arrayBuffer()))).toBe(2);
  });
});
