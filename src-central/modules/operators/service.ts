import type {
  ChangedOperator,
  CreatedOperator,
  NewBinding,
  NewOperator,
  NewPin,
  Operator,
} from '#shared/contract/central/people/operators.ts';
import type { OrganisationSettings } from '#shared/contract/central/people/organisations.ts';
import type { OperatorId, OrganisationId, UserId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Author } from '../../api/catalogue.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { readSettings } from '../organisations/repository.ts';
import { hashPin, makePin } from './pin-credential.ts';
import {
  insertBinding,
  insertOperator,
  lockSpare,
  readOperator,
  updateOperator,
  updatePin,
} from './repository.ts';

const DAY_MS = 86_400_000;

/** Which operator of which organisation. */
export interface OperatorKey {
  readonly organisationId: OrganisationId;
  readonly operatorId: OperatorId;
}

/** Adds an operator. The PIN is hashed at once and kept nowhere; one made here is told this once. */
export async function addOperator(
  central: Central,
  transaction: Transaction,
  organisationId: OrganisationId,
  body: NewOperator,
  author: Author,
): Promise<CreatedOperator> {
  const settings = await readSettings(transaction, organisationId);
  const pin = body.pin ?? makePin(settings.pinDigits);
  const operatorId = await insertOperator(
    transaction,
    organisationId,
    {
      displayName: body.displayName,
      number: body.number,
      badge: body.badge,
      role: body.role,
      expiresAt: expiryOf(body.expiresAt, settings, author.now),
      mustChangePin: true,
      spareName: body.isSpare ? body.displayName : null,
    },
    await hashPin(central, pin),
    author,
  );
  await noteOperator(transaction, 'operator.added', { organisationId, operatorId }, author);
  const operator = await readOperator(transaction, organisationId, operatorId);
  return { operator, shownPin: body.pin === null ? pin : null };
}

/** When a new credential ends, if nothing else is said. */
export function expiryOf(
  given: string | null | undefined,
  { credentialDays }: OrganisationSettings,
  now: Date,
): Date | null {
  if (given !== undefined) return given === null ? null : new Date(given);
  return credentialDays === null ? null : new Date(now.getTime() + credentialDays * DAY_MS);
}

/**
 * Changes an operator whose row is locked. Tills learn of it by their mirror.
 *
 * Refuses another name for a spare credential: that changes with its holder, so that it is on record.
 */
export async function changeOperator(
  transaction: Transaction,
  key: OperatorKey,
  body: ChangedOperator,
  author: Author,
): Promise<Result<void, Problem>> {
  const present = await readOperator(transaction, key.organisationId, key.operatorId);
  if (present.spareName !== null && present.displayName !== body.displayName) {
    return refuseWith('thing.frozen', 'give the spare credential to the person instead');
  }
  await updateOperator(transaction, key.operatorId, body, author);
  if (present.isEnabled !== body.isEnabled) {
    const type = body.isEnabled ? 'operator.enabled' : 'operator.disabled';
    await noteOperator(transaction, type, key, author);
  }
  return ok(undefined);
}

/** Sets another PIN, which its holder must change; one made here is told this once. */
export async function setPin(
  central: Central,
  transaction: Transaction,
  key: OperatorKey,
  body: NewPin,
  author: Author,
): Promise<{ readonly shownPin: string | null }> {
  const { pinDigits } = await readSettings(transaction, key.organisationId);
  const pin = body.pin ?? makePin(pinDigits);
  await updatePin(transaction, key.operatorId, await hashPin(central, pin), author);
  await noteOperator(transaction, 'operator.pin-set', key, author);
  return { shownPin: body.pin === null ? pin : null };
}

/**
 * Gives a spare credential to a person, or takes it back, which disables it.
 *
 * Refuses a credential that is no spare, and one whose PIN a former holder knows: it needs another
 * PIN first.
 */
export async function bindSpare(
  transaction: Transaction,
  key: OperatorKey,
  { realName }: NewBinding,
  author: Author & { readonly userId: UserId },
): Promise<Result<Operator, Problem>> {
  const spare = await lockSpare(transaction, key.operatorId);
  if (spare.spareName === null) {
    return refuseWith('operator.not-spare', 'this credential is somebody’s own');
  }
  if (realName !== null && spare.isPinKnown) {
    return refuseWith('operator.pin-known', 'set another PIN first: somebody else knows this one');
  }
  const displayName = realName ?? spare.spareName;
  await insertBinding(transaction, key.operatorId, { realName, displayName }, author);
  const type = realName === null ? 'operator.spare-returned' : 'operator.spare-given';
  await noteOperator(transaction, type, key, author);
  return ok(await readOperator(transaction, key.organisationId, key.operatorId));
}

function noteOperator(
  transaction: Transaction,
  type: string,
  { organisationId, operatorId }: OperatorKey,
  { userId }: Author,
): Promise<void> {
  return recordCriticalEvent(transaction, {
    type,
    severity: 'INFO',
    description: 'who may sign in at tills changed',
    ...(userId === null ? {} : { userId }),
    organisationId,
    metadata: { operatorId },
  });
}
