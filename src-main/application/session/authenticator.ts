import type { HeadsComparison } from '#main/application/central/heads-comparison.ts';
import type { TrustedTime } from '#main/application/clock/trusted-time.ts';
import type { Ledger } from '#main/application/ledger.ts';
import type { PinHasher, SecretBox } from '#main/ports/keys.ts';
import type { OperatorRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import type { Timers } from '#main/ports/timers.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { Identification } from '#shared/contract/terminal/operations.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { unwrapCredential } from './credentials.ts';
import { delayAfter, isLockedOut, waitOf } from './sign-in-delays.ts';

/** Finds out whether people are who they say. */
export interface Authenticator {
  /**
   * The person, once the PIN was compared (GLI-31 3.2.2, 5.2.2).
   *
   * One at a time, so that guesses in parallel do not slip past the delays. Every wrong answer is
   * journaled before it is given. Refuses with `sign-in.wrong` for an unknown person and a wrong PIN
   * alike, after the same work; `sign-in.delayed`, also for the wrong PIN that begins a delay;
   * `sign-in.locked`, and only for a right PIN
   * `operator.disabled` and `operator.expired`. While nothing may be appended, the ledger's refusal
   * is the answer, so that no guess goes uncounted; a comparison of heads is waited for first, so
   * that nobody types their PIN twice because of it.
   */
  authenticate(identification: Identification, pin: string): Promise<Result<OperatorRow, Failure>>;
}

/** What an authenticator works with. */
export interface AuthenticatorDependencies {
  readonly rows: TerminalRows;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly time: Pick<TrustedTime, 'now'>;
  readonly pinHasher: Pick<PinHasher, 'matches'>;
  readonly secretBox: SecretBox;
  readonly timers: Pick<Timers, 'after'>;
  readonly comparison: Pick<HeadsComparison, 'whenSettled'>;
  appendRefusal(): Failure | undefined;
}

/** How long a comparison of heads is waited for, in milliseconds: off line it never ends. */
const LONGEST_WAIT_MS = 10_000;

/** Makes the one authenticator of a till. */
export function createAuthenticator(dependencies: AuthenticatorDependencies): Authenticator {
  let queue: Promise<unknown> = Promise.resolve();
  return {
    async authenticate(identification, pin) {
      await waitForComparison(dependencies);
      const turn = queue.then(() => authenticateOne(dependencies, identification, pin));
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}

async function waitForComparison({
  comparison,
  timers,
}: Pick<AuthenticatorDependencies, 'comparison' | 'timers'>): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const stop = timers.after(LONGEST_WAIT_MS, patience.resolve);
  await Promise.race([comparison.whenSettled(), patience.promise]);
  stop();
}

type Failed = EntryPayload<'operator.sign-in-failed'>;

async function authenticateOne(
  dependencies: AuthenticatorDependencies,
  identification: Identification,
  pin: string,
): Promise<Result<OperatorRow, Failure>> {
  const { rows, ledger, time } = dependencies;
  const closed = dependencies.appendRefusal();
  if (closed !== undefined) return refuse(closed);
  const asked = findPerson(rows, identification);
  const waiting = asked === undefined ? undefined : findWait(asked, time.now());
  if (waiting !== undefined) return refuse(waiting);
  const isRight = await comparePin(dependencies, asked, pin);
  // The central may have changed this person while the PIN was hashed: they are judged as they are now.
  const person = findPerson(rows, identification);
  if (credentialOf(person) !== credentialOf(asked)) {
    return authenticateOne(dependencies, identification, pin);
  }
  const failed = findFailure(person, isRight, time.now());
  if (failed === undefined && person !== undefined) return ok(person);
  const cause = failed?.cause ?? 'unknown-operator';
  const recorded = await ledger.commit(null, ({ record }) =>
    ok(
      record('operator.sign-in-failed', {
        operatorId: person?.operator.operatorId ?? null,
        method: identification.method,
        failuresInARow: 0,
        delayedUntil: null,
        ...failed,
        cause,
      }),
    ),
  );
  if (!recorded.ok) return recorded;
  if (cause === 'disabled') return refuse(failure('operator.disabled'));
  if (cause === 'expired') return refuse(failure('operator.expired'));
  const until = failed?.delayedUntil ?? null;
  return refuse(until === null ? failure('sign-in.wrong') : failure('sign-in.delayed', { until }));
}

function findPerson(rows: TerminalRows, identification: Identification): OperatorRow | undefined {
  if (identification.method === 'name') return rows.operator(identification.operatorId);
  return rows
    .operators()
    .find(({ operator }) =>
      identification.method === 'number'
        ? operator.number === identification.number
        : operator.badge === identification.badge,
    );
}

function credentialOf(person: OperatorRow | undefined): string | undefined {
  return person?.operator.wrappedCredential;
}

function findWait(person: OperatorRow, now: Instant): Failure | undefined {
  if (isLockedOut(person)) return failure('sign-in.locked');
  const until = waitOf(person, now);
  return until === undefined ? undefined : failure('sign-in.delayed', { until });
}

/** For an unknown person somebody else's hash is compared and the answer thrown away. */
async function comparePin(
  { rows, pinHasher, secretBox }: AuthenticatorDependencies,
  person: OperatorRow | undefined,
  pin: string,
): Promise<boolean> {
  const compared = person ?? rows.operators()[0];
  if (compared === undefined) return false;
  const credential = unwrapCredential(secretBox, compared.operator.wrappedCredential);
  return (await pinHasher.matches(pin, credential)) && person !== undefined;
}

function findFailure(
  person: OperatorRow | undefined,
  isRight: boolean,
  now: Instant,
): Partial<Failed> | undefined {
  if (person === undefined) return { cause: 'unknown-operator' };
  if (!isRight) {
    const failuresInARow = person.failuresInARow + 1;
    return { cause: 'wrong-pin', failuresInARow, delayedUntil: delayAfter(failuresInARow, now) };
  }
  const { isEnabled, expiresAt } = person.operator;
  if (!isEnabled) return { cause: 'disabled' };
  if (expiresAt !== null && expiresAt <= now) return { cause: 'expired' };
  return undefined;
}
