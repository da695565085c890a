import fc from 'fast-check';
import pg from 'pg';
import { OWNERS } from '#central/api/access.ts';
import { AUTHORISATION_MATRIX, CALLERS, type Caller } from '#test/fixtures/authorisation-matrix.ts';
import { insertDrawRecords } from './draw-records.ts';
import { insertOrderRecords } from './order-records.ts';
import { type PeopleCentral, startPeopleCentral } from './people.ts';
import { insertRsuRecords } from './rsu-records.ts';
import { fittingValues, type JsonSchema, spoiltValues } from './schema-arbitrary.ts';
import { createTestTemplates } from './templates.ts';
import { createTestOrganisation, createTestRsu } from './test-central.ts';
import { enrolledDevice } from './test-device.ts';

/** A call of the API as its document describes it. */
interface DescribedCall {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: JsonSchema;
  }[];
  readonly body: JsonSchema | undefined;
}

/** One request that somebody may make. */
export interface FuzzedRequest {
  readonly caller: Caller;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What became of a request. `changed` names what a refusal must not have changed. */
export interface FuzzedAnswer {
  readonly status: number;
  readonly text: string;
  readonly changed: string;
}

/** A central full of records, with somebody of every kind to call it. */
export interface FuzzedCentral {
  /** Every call as `METHOD /path`. */
  readonly calls: readonly string[];
  /** Those that shut callers out, and so are made after all others. */
  readonly lastCalls: readonly string[];
  requestsOf(call: string): fc.Arbitrary<FuzzedRequest>;
  send(request: FuzzedRequest): Promise<FuzzedAnswer>;
  stop(): Promise<void>;
}

/** What a refused call may write: what is noted of callers and of their attempts. */
const NOTES = ['critical_events', 'person_sessions', 'person_session_areas', 'schema_migrations'];

/** Streams, which answer for as long as somebody listens: other tests are about them. */
const isStream = (call: string) => /\/stream$/.test(call);

/** What takes callers their session or their access. */
const SHUTS_OUT = ['DELETE /v1/me/session', 'PUT /v1/system/remote-access'];

export async function startFuzzedCentral(): Promise<FuzzedCentral> {
  const running = await startPeopleCentral();
  const { ids, tokens } = await fill(running);
  const document = await readDocument(running.url);
  const database = new pg.Client({ connectionString: running.databaseUrl });
  await database.connect();
  const fingerprintQuery = await queryForFingerprint(database);
  const fingerprint = async () => {
    const { rows } = await database.query<{ name: string; count: string }>(fingerprintQuery);
    return new Map(rows.map(({ name, count }) => [name, count]));
  };
  let before = await fingerprint();
  const described = [...document.calls.keys()].filter((call) => !isStream(call));
  return {
    calls: described.filter((call) => !SHUTS_OUT.includes(call)),
    lastCalls: described.filter((call) => SHUTS_OUT.includes(call)),
    requestsOf(call) {
      const description = document.calls.get(call);
      if (description === undefined) throw new Error(`no such call: ${call}`);
      return requests(call, description, document.schemas, ids);
    },
    async send({ caller, method, url, headers, body }) {
      const response = await fetch(running.url + url, {
        method,
        headers: {
          ...headers,
          ...(tokens[caller] === '' ? {} : { authorization: `Bearer ${tokens[caller]}` }),
        },
        ...(body === undefined ? {} : { body }),
      });
      const text = await response.text();
      const after = await fingerprint();
      const changed = [...after]
        .filter(([name, count]) => before.get(name) !== count)
        .map(([name]) => name);
      before = after;
      const mayChange = response.status < 400;
      return { status: response.status, text, changed: mayChange ? '' : changed.join(' ') };
    },
    async stop() {
      await database.end();
      await running.stop();
    },
  };
}

type Ids = Readonly<Record<string, readonly string[]>>;

async function fill(
  running: PeopleCentral,
): Promise<{ readonly ids: Ids; readonly tokens: Readonly<Record<Caller, string>> }> {
  const organisation = await createTestOrganisation(running);
  const other = await createTestOrganisation(running, { eventIdentifier: 'TEST-2' });
  const { organisationId, raffleEventId } = organisation;
  const { code, rsuId } = await createTestRsu(running, organisation);
  const device = await enrolledDevice(running.url, code);
  await device.topUp(raffleEventId);
  const { subject } = await running.asPerson(organisationId, 'operator');
  const [bystander] = await running.query('SELECT id FROM users WHERE cognito_sub = $1', [subject]);
  const userId = String(bystander?.['id']);
  await insertOrderRecords(running, raffleEventId, rsuId, userId);
  await createTestTemplates(running, organisationId);
  await insertRsuRecords(running, rsuId, raffleEventId, userId);
  await insertDrawRecords(running, raffleEventId, userId);
  const ids: Record<string, readonly string[]> = {
    organisationId: [organisationId, organisationId, organisationId, other.organisationId],
    eventIdentifier: ['TEST-1'],
    fileName: ['display.css'],
  };
  for (const [name, [tables, id, owner]] of Object.entries(OWNERS)) {
    const rows = await running.query(
      `SELECT ${id} AS id FROM ${tables} WHERE ${owner} = $1 ORDER BY 1 LIMIT 20`,
      [organisationId],
    );
    ids[name] = rows.map((row) => String(row['id']));
  }
  // Callers are nobody's victims: whom they remove is a bystander.
  ids['userId'] = [userId];
  const tokenOf = async (
    role: 'admin' | 'supervisor' | 'operator' | 'regulator',
    of = organisationId,
  ) => (await running.asPerson(of, role)).token;
  const tokens = {
    nobody: '',
    device: device.token,
    stranger: (await running.asStranger()).token,
    platform: (await running.asPlatformAdministrator()).token,
    admin: await tokenOf('admin'),
    supervisor: await tokenOf('supervisor'),
    operator: await tokenOf('operator'),
    regulator: await tokenOf('regulator'),
    'admin of another organisation': await tokenOf('admin', other.organisationId),
  };
  await seeEverybody(running, tokens);
  return { ids, tokens };
}

/** A person's first call writes their record: not a change that is looked for here. */
async function seeEverybody(
  { url }: PeopleCentral,
  tokens: Readonly<Record<Caller, string>>,
): Promise<void> {
  for (const token of Object.values(tokens)) {
    await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  }
}

/** How many rows each table has, and how far the audit log has come: an update shows there. */
async function queryForFingerprint(database: pg.Client): Promise<string> {
  const { rows } = await database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL ($1)`,
    [NOTES],
  );
  return rows
    .map(({ name }) => `SELECT '${name}' AS name, count(*)::TEXT AS count FROM "${name}"`)
    .join(' UNION ALL ');
}

async function readDocument(url: string): Promise<{
  readonly calls: ReadonlyMap<string, DescribedCall>;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}> {
  const response = await fetch(`${url}/v1/openapi.json`);
  const { paths, components } = (await response.json()) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, RawCall>>>>;
    readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
  };
  const calls = Object.entries(paths).flatMap(([bracketed, methods]) =>
    Object.entries(methods).map(([lower, { parameters = [], requestBody }]) => {
      const method = lower.toUpperCase();
      const path = bracketed.replace(/\{(\w+)\}/g, ':$1');
      const body = requestBody?.content['application/json']?.schema;
      return [`${method} ${path}`, { method, path, parameters, body }] as const;
    }),
  );
  return { calls: new Map(calls), schemas: components.schemas };
}

interface RawCall {
  readonly parameters?: DescribedCall['parameters'];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  };
}

function requests(
  call: string,
  { method, path, parameters, body }: DescribedCall,
  schemas: Readonly<Record<string, JsonSchema>>,
  ids: Ids,
): fc.Arbitrary<FuzzedRequest> {
  const texts = textsWith(ids);
  const fitting = (schema: JsonSchema) => fittingValues(schema, schemas, texts);
  const allowed = CALLERS.filter((caller) => AUTHORISATION_MATRIX[call]?.[caller] === 'through');
  const query = Object.fromEntries(
    parameters.filter((each) => each.in === 'query').map(({ name, schema }) => [name, schema]),
  );
  return fc
    .record({
      caller: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...allowed) },
        { weight: 1, arbitrary: fc.constantFrom(...CALLERS) },
      ),
      url: fc
        .tuple(pathsOf(path, ids), queriesOf(fitting({ type: 'object', properties: query })))
        .map(([filled, asked]) => filled + asked),
      headers: headersOf(method),
      body: body === undefined ? fc.constant(undefined) : bodiesOf(fitting(body)),
    })
    .map(({ caller, url, headers, body: sent }) => ({
      caller,
      method,
      url,
      headers: sent === undefined ? headers : { 'content-type': 'application/json', ...headers },
      body: sent,
    }));
}

/** Ids of things that there are, by the name of the field; moments; otherwise whatever fits. */
function textsWith(ids: Ids) {
  const everyId = Object.values(ids).flat();
  const moments = fc.constantFrom(
    '2026-01-01T00:00:00.000Z',
    new Date(Date.now() + 3_600_000).toISOString(),
    '9999-12-31T23:59:59.999Z',
  );
  return (name: string): fc.Arbitrary<string> | undefined => {
    if (/Id$/.test(name)) return fc.constantFrom(...(ids[name]?.length ? ids[name] : everyId));
    if (/(At|Start|End|from|until|From|Until|After|Before)$/.test(name)) return moments;
    return undefined;
  };
}

function pathsOf(path: string, ids: Ids): fc.Arbitrary<string> {
  const parts = path.split(/:(\w+)/);
  const filled = parts.map((part, index) =>
    index % 2 === 0
      ? fc.constant(part)
      : fc.oneof(
          { weight: 12, arbitrary: fc.constantFrom(...(ids[part]?.length ? ids[part] : ['0'])) },
          {
            weight: 1,
            arbitrary: fc.constantFrom(
              '%00',
              '..%2f..',
              'x'.repeat(90),
              '%F0%9F%8E%AB',
              '%ud800',
              '-1',
            ),
          },
          { weight: 1, arbitrary: fc.uuid() },
        ),
  );
  return fc.tuple(...filled).map((pieces) => pieces.join(''));
}

function queriesOf(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const asText = (value: unknown) => {
    const pairs = Object.entries((value ?? {}) as Record<string, unknown>).map(
      ([name, each]): [string, string] => [
        name,
        typeof each === 'string' ? each.toWellFormed() : String(JSON.stringify(each)),
      ],
    );
    return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
  };
  return fc.oneof(
    { weight: 3, arbitrary: values.map(asText) },
    { weight: 1, arbitrary: spoiltValues(values).map(asText) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('?limit=0', '?cursor=AAAA', '?a=1&a=2', '?%00', '?search=%25_%5C'),
    },
  );
}

function bodiesOf(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: values.map((value) => JSON.stringify(value)) },
    { weight: 5, arbitrary: spoiltValues(values).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.constantFrom('', '{', 'null', '[]', '"text"', '{"a":1e999}') },
  );
}

function headersOf(method: string): fc.Arbitrary<Readonly<Record<string, string>>> {
  if (method === 'GET') {
    return fc.constantFrom({}, {}, { 'if-none-match': '"x"' }, { range: 'bytes=9-1' });
  }
  return fc
    .tuple(
      fc.constantFrom('', 'one', 'one', 'x'.repeat(200)),
      fc.constantFrom('', '', '"1"', 'unquoted', '"1.2"'),
      fc.uuid(),
    )
    .map(([key, revision, unique]) => ({
      'idempotency-key': key === '' ? unique : key,
      ...(revision === '' ? {} : { 'if-match': revision }),
    }));
}
