import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_COMMANDS } from '#central/admin/commands.ts';
import { readAdminArguments } from '#central/admin/read-admin-arguments.ts';
import { type RealTill, startRealTill } from '#test/helpers/central/real-till.ts';
import { type CentralProcess, startCentralProcess } from '#test/helpers/central/started-program.ts';
import {
  createEmptyDatabase,
  queryDatabase,
  type TestDatabase,
} from '#test/helpers/central/test-database.ts';
import { TASKS } from '../../scripts/set-up/tasks.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ADMIN = join(ROOT, String(TASKS.get('central:admin')?.entry));

/** Eight programs, one after the other, on a computer that is busy. */
const LONGEST_MS = 300_000;

interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly complaints: string;
}

let folder: string;
let database: TestDatabase;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-admin-test-'));
  database = await createEmptyDatabase();
  environment = { XDG_STATE_HOME: join(folder, 'state') };
});

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(
  program: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment, ...more },
  });
  let output = '';
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += String(chunk);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output, complaints };
}

function admin(...args: string[]): Promise<Outcome> {
  return run(process.execPath, [ADMIN, '--database-url', database.url, ...args]);
}

/** The commands of README that set a central up, with times that are now. */
function walkThrough(): string {
  const [, block = ''] =
    /```sh\n(admin\(\)[^`]*)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
  const hour = 3_600_000;
  const at = (offset: number) => new Date(Date.now() + offset).toISOString();
  return block
    .replace(/--sales-start \S+/, `--sales-start ${at(-hour)}`)
    .replace(/--sales-end \S+/, `--sales-end ${at(hour)}`);
}

/** A command `npm` that runs the entry of the script at once, without setting the computer up. */
function writeNpm(): string {
  const shim = `#!/bin/sh\n[ "$1 $2 $3 $4" = "run --silent central:admin --" ] || exit 9\nshift 4\nexec "${process.execPath}" "${ADMIN}" "$@"\n`;
  writeFileSync(join(folder, 'npm'), shim, { mode: 0o755 });
  return folder;
}

describe('the walk-through of README', () => {
  let central: CentralProcess;
  let till: RealTill;

  beforeAll(async () => {
    central = await startCentralProcess(['--database-url', database.url], environment);
    till = await startRealTill();
  });

  afterAll(async () => {
    await till.remove();
    await central.stop();
  });

  test(
    'its commands set up a central at which a till enrols and sells',
    async () => {
      const { code, output, complaints } = await run('/bin/sh', ['-e', '-c', walkThrough()], {
        DATABASE: database.url,
        PATH: `${writeNpm()}:${process.env['PATH']}`,
      });
      expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
      const pin = /first PIN (\d{6}),/.exec(output)?.[1] ?? '';
      const enrolmentCode = /enrolment code ([0-9A-Z-]+),/.exec(output)?.[1] ?? '';
      const fingerprint = /fingerprint of the central ([0-9a-f-]+)/.exec(output)?.[1] ?? '';
      expect(output).toMatch(/^[ ▀▄█]{29,}$/m);

      const { rsuName } = await till.run('enrolment.begin', {
        address: central.url,
        code: enrolmentCode,
        fingerprint,
      });
      await till.until('people and a raffle event', ({ selling }) => selling !== null);
      await till.run('session.change-pin', {
        identification: { method: 'number', number: '11' },
        pin,
        newPin: '2580',
      });
      await till.sell('10 numbers');
      await till.until('the sale at the central', ({ sync }) => sync?.isAllSent === true);
      expect([
        rsuName,
        await queryDatabase(
          database.url,
          `SELECT rsus.name, ticket_count, total_amount, operators.display_name AS seller
         FROM orders JOIN rsus ON rsus.id = rsu_id JOIN operators ON operators.id = operator_id`,
        ),
      ]).toEqual([
        'Till 1',
        [{ name: 'Till 1', ticket_count: 10, total_amount: 1_000, seller: 'Sam' }],
      ]);
    },
    LONGEST_MS,
  );

  test('each of its commands is on record, and no secret with it', async () => {
    const events = await queryDatabase(
      database.url,
      `SELECT metadata ->> 'command' AS command FROM critical_events
       WHERE event_type = 'administration.command' AND metadata ->> 'actor' LIKE 'central:admin/_%'
       ORDER BY timestamp`,
    );
    expect(events.map(({ command }) => command)).toEqual([
      'organisation create',
      'venue create',
      'seller add',
      'event create',
      'event activate',
      'rsu create',
      'rsu enable',
      'rsu code',
    ]);
    const changed = await queryDatabase(
      database.url,
      `SELECT DISTINCT table_name FROM audit_log WHERE actor LIKE 'central:admin/_%' ORDER BY 1`,
    );
    expect(changed.map(({ table_name: name }) => name)).toEqual(
      expect.arrayContaining([
        'enrolment_codes',
        'operators',
        'organizations',
        'raffle_events',
        'rsus',
      ]),
    );
  });
});

describe('central:admin', () => {
  test('answers facts as one line of JSON', async () => {
    const { code, output } = await admin('organisation', 'list', '--json');
    expect({ code, facts: JSON.parse(output) }).toEqual({
      code: 0,
      facts: {
        organisations: [
          {
            organisationId: expect.any(String),
            name: 'Harbour City Youth Hockey',
            currency: 'CAD',
          },
        ],
      },
    });
  });

  test('a refusal is exit code 1, undone, and on record', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    const who = ['--subject', 's', '--name', 'S', '--role', 'operator'];
    const refused = await admin('user', 'add', '--organisation', unknown, ...who, '--json');
    expect(refused).toEqual({
      code: 1,
      output: '{"refused":{"code":"organisation.unknown","detail":"no such organisation"}}\n',
      complaints: 'central:admin: no such organisation (organisation.unknown)\n',
    });
    const recorded = await queryDatabase(
      database.url,
      `SELECT metadata ->> 'code' AS code FROM critical_events
       WHERE event_type = 'administration.refused'`,
    );
    expect(recorded).toEqual([{ code: 'organisation.unknown' }]);
  });

  test.each([
    [[]],
    [['nonsense']],
    [['organisation', 'create', '--name', 'x']],
    [['event', 'list', '--organisation', 'no-uuid']],
    [['organisation', 'list', '--role', 'admin']],
    [['organisation', 'list', '--data', 'x']],
  ])('%j does not fit together, in one line', (args) => {
    const read = readAdminArguments(['--database-url', 'postgresql://x', ...args]);
    expect(read).toEqual({ ok: false, failure: expect.stringMatching(/^[^\n]+$/) });
  });

  test('what does not fit together is exit code 2', async () => {
    expect(await admin('nonsense')).toEqual({
      code: 2,
      output: '',
      complaints: 'central:admin: there is no command "nonsense"; --help lists them\n',
    });
  });

  test('works on the built-in database beside a central that runs on it, and without one', async () => {
    const data = join(folder, 'data');
    const onData = (...args: string[]) => run(process.execPath, [ADMIN, '--data', data, ...args]);
    const made = await onData(
      ...['organisation', 'create', '--name', 'Alone', '--currency', 'EUR'],
      ...['--admin', 'a', '--admin-name', 'A', '--json'],
    );
    const running = await startCentralProcess(['--data', data], environment);
    const listed = await onData('organisation', 'list', '--json');
    const health = await fetch(`${running.url}/v1/health`);
    await running.stop();
    expect([made.code, listed.code, health.status]).toEqual([0, 0, 200]);
    expect(JSON.parse(listed.output)).toEqual({
      organisations: [{ ...JSON.parse(made.output), name: 'Alone', currency: 'EUR' }],
    });
  });

  test('its page lists every command', () => {
    const page = readFileSync(join(ROOT, 'docs/central-admin.md'), 'utf8');
    expect(
      ADMIN_COMMANDS.map(({ name }) => name).filter((name) => !page.includes(`\`${name}\``)),
    ).toEqual([]);
  });
});
