import { randomUUID } from 'node:crypto';
import { type LocalIssuer, startLocalIssuer } from '#central/development/local-issuer.ts';
import type { ProblemDetails } from '#shared/contract/central/people/problem.ts';
import type { OrganisationRole } from '#shared/contract/central/people/roles.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { startTestCentral, type TestCentral } from './test-central.ts';

/** A central with an identity provider, both on real listeners. */
export interface PeopleCentral extends TestCentral {
  readonly issuer: LocalIssuer;
  /** Somebody with this role in the organisation, signed in. */
  asPerson(organisationId: OrganisationId, role: OrganisationRole): Promise<TestPerson>;
  /** Somebody who runs the system as a whole. */
  asPlatformAdministrator(): Promise<TestPerson>;
  /** Somebody who belongs nowhere. */
  asStranger(): Promise<TestPerson>;
}

/** An answer: its status, its JSON, its headers. */
export interface PersonAnswer<Body> {
  readonly status: number;
  readonly body: Body & Partial<ProblemDetails>;
  readonly headers: Headers;
}

/** A person with a token. Paths may hold `:organisationId`, filled with their organisation. */
export interface TestPerson {
  readonly subject: string;
  readonly token: string;
  get<Body = Record<string, unknown>>(path: string): Promise<PersonAnswer<Body>>;
  /** POST, PUT, PATCH or DELETE. */
  send<Body = Record<string, unknown>>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<PersonAnswer<Body>>;
  /** The raw response, for files. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

const PLATFORM = 'test:platform';

/** Starts a central on a fresh database and an issuer that it believes; `stop` ends both. */
export async function startPeopleCentral(): Promise<PeopleCentral> {
  const issuer = await startLocalIssuer();
  const running = await startTestCentral({
    peopleIssuer: issuer,
    platformAdministrators: [PLATFORM],
  });
  const signIn = (subject: string, organisationId = '') =>
    signedIn(running, issuer, subject, organisationId);
  return {
    ...running,
    issuer,
    async asPerson(organisationId, role) {
      const subject = `test:${role}:${randomUUID()}`;
      await addTestMember(running, organisationId, subject, role);
      return signIn(subject, organisationId);
    },
    asPlatformAdministrator: () => signIn(PLATFORM),
    asStranger: () => signIn(`test:stranger:${randomUUID()}`),
    async stop() {
      await running.stop();
      await issuer.close();
    },
  };
}

/** Makes somebody a member by hand. */
export async function addTestMember(
  { query }: Pick<TestCentral, 'query'>,
  organisationId: OrganisationId,
  subject: string,
  role: OrganisationRole,
): Promise<void> {
  await query('INSERT INTO users (cognito_sub, display_name) VALUES ($1, $2)', [subject, role]);
  await query(
    `INSERT INTO organization_users (organization_id, user_id, role)
     SELECT $1, id, $2 FROM users WHERE cognito_sub = $3`,
    [organisationId, role, subject],
  );
}

export async function signedIn(
  { url, central }: Pick<TestCentral, 'url' | 'central'>,
  issuer: LocalIssuer,
  subject: string,
  organisationId: string,
): Promise<TestPerson> {
  const token = await issuer.sign({ sub: subject, name: subject }, { issuedAt: central.now() });
  const person: TestPerson = {
    subject,
    token,
    get: async (path) => answerOf(await person.fetch(path)),
    send: async (method, path, body, headers = {}) =>
      answerOf(
        await person.fetch(path, {
          method,
          headers: {
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    fetch: (path, init = {}) =>
      fetch(url + path.replace(':organisationId', organisationId), {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${token}` },
      }),
  };
  return person;
}

async function answerOf<Body>(response: Response): Promise<PersonAnswer<Body>> {
  const body = (await response.json()) as Body & Partial<ProblemDetails>;
  return { status: response.status, body, headers: response.headers };
}
