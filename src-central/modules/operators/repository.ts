import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type {
  Binding,
  ChangedOperator,
  Operator,
  OperatorFileQuery,
} from '#shared/contract/central/people/operators.ts';
import type { OperatorRole } from '#shared/contract/mirror/operator.ts';
import type { OperatorId, OrganisationId, UserId } from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Author } from '../../api/catalogue.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { operatorCredentials, operators } from '../../db/schema/organisations.ts';
import type { HashedPin } from './pin-credential.ts';

/** A row of `operatorsOf`. */
export interface OperatorRow {
  readonly id: OperatorId;
  readonly displayName: string;
  readonly number: string;
  readonly badge: string | null;
  readonly role: OperatorRole;
  readonly expiresAt: Date | string | null;
  readonly isEnabled: boolean;
  readonly mustChangePin: boolean;
  readonly pinChangedAt: Date | string;
  readonly spareName: string | null;
  readonly revision: string;
}

/** The operators of an organisation that fit. Nothing of their PINs but when they were set. */
export function operatorsOf(
  organisationId: OrganisationId,
  { role, isEnabled, isSpare, number }: Partial<OperatorFileQuery>,
): SQL {
  const conditions = [
    sql`organization_id = ${organisationId}`,
    ...(role === undefined ? [] : [sql`role = ${role}`]),
    ...(isEnabled === undefined ? [] : [sql`is_enabled = ${isEnabled}`]),
    ...(isSpare === undefined ? [] : [sql`(spare_name IS NOT NULL) = ${isSpare}`]),
    ...(number === undefined ? [] : [sql`number = ${number}`]),
  ];
  return sql`SELECT operator.id, display_name AS "displayName", number, badge, role,
      expires_at AS "expiresAt", is_enabled AS "isEnabled", must_change_pin AS "mustChangePin",
      changed_at AS "pinChangedAt", spare_name AS "spareName", operator.xmin::TEXT AS revision
    FROM operators operator JOIN operator_credentials ON operator_id = operator.id
    WHERE ${sql.join(conditions, sql` AND `)}`;
}

/** A row as the contract shows it. */
export function operatorOf({ id, expiresAt, pinChangedAt, ...row }: OperatorRow): Operator {
  return {
    operatorId: id,
    ...row,
    expiresAt: expiresAt === null ? null : instantFromEpoch(new Date(expiresAt).getTime()),
    pinChangedAt: instantFromEpoch(new Date(pinChangedAt).getTime()),
  };
}

/** One operator, who exists. */
export async function readOperator(
  database: Queryable,
  organisationId: OrganisationId,
  operatorId: string,
): Promise<Operator> {
  const row = await firstRowOf<OperatorRow>(
    database,
    sql`SELECT * FROM (${operatorsOf(organisationId, {})}) AS listed WHERE id = ${operatorId}`,
  );
  invariant(row !== undefined, 'an operator of the path is found');
  return operatorOf(row);
}

/** What a new operator is written from. */
export interface OperatorFacts {
  readonly displayName: string;
  readonly number: string;
  readonly badge: string | null;
  readonly role: OperatorRole;
  readonly expiresAt: Date | null;
  readonly mustChangePin: boolean;
  readonly spareName: string | null;
}

/** Adds an operator with a PIN. */
export async function insertOperator(
  transaction: Transaction,
  organisationId: OrganisationId,
  facts: OperatorFacts,
  pin: HashedPin,
  { userId, now }: Author,
): Promise<OperatorId> {
  const [row] = await transaction
    .insert(operators)
    .values({
      organizationId: organisationId,
      ...facts,
      createdAt: now,
      createdBy: userId,
      updatedAt: now,
      updatedBy: userId,
    })
    .returning({ id: operators.id });
  invariant(row !== undefined, 'an insert returns its row');
  await transaction
    .insert(operatorCredentials)
    .values({ operatorId: row.id, ...pin, changedAt: now });
  return row.id as OperatorId;
}

/** Changes what is known of an operator. */
export async function updateOperator(
  transaction: Transaction,
  operatorId: string,
  { expiresAt, ...body }: ChangedOperator,
  { userId, now }: Author,
): Promise<void> {
  await transaction
    .update(operators)
    .set({
      ...body,
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
      updatedAt: now,
      updatedBy: userId,
    })
    .where(eq(operators.id, operatorId));
}

/** Sets a PIN that its holder must change. */
export async function updatePin(
  transaction: Transaction,
  operatorId: OperatorId,
  pin: HashedPin,
  { userId, now }: Author,
): Promise<void> {
  await transaction
    .update(operatorCredentials)
    .set({ ...pin, changedAt: now })
    .where(eq(operatorCredentials.operatorId, operatorId));
  await transaction
    .update(operators)
    .set({ mustChangePin: true, updatedAt: now, updatedBy: userId })
    .where(eq(operators.id, operatorId));
}

/** What decides whether a spare credential may be given to somebody. */
export interface Spare {
  /** Null for a credential that is not a spare. */
  readonly spareName: string | null;
  /** Whether somebody who had it before knows its PIN. */
  readonly isPinKnown: boolean;
}

/** Locks an operator and reads what a binding depends on. */
export async function lockSpare(transaction: Transaction, operatorId: OperatorId): Promise<Spare> {
  const row = await firstRowOf<Spare>(
    transaction,
    sql`SELECT spare_name AS "spareName", EXISTS (
          SELECT 1 FROM operator_bindings binding
          JOIN operator_credentials credential USING (operator_id)
          WHERE operator_id = operator.id AND real_name IS NOT NULL
            AND (changed_at <= bound_at OR NOT must_change_pin)
        ) AS "isPinKnown"
        FROM operators operator WHERE id = ${operatorId} FOR NO KEY UPDATE`,
  );
  invariant(row !== undefined, 'an operator of the path is found');
  return row;
}

/** Writes to whom a spare credential belongs now; handed back, it is disabled. */
export async function insertBinding(
  transaction: Transaction,
  operatorId: OperatorId,
  binding: { readonly realName: string | null; readonly displayName: string },
  { userId, now }: Author & { readonly userId: UserId },
): Promise<void> {
  const { realName, displayName } = binding;
  await transaction.execute(sql`
    INSERT INTO operator_bindings (operator_id, real_name, bound_by, bound_at)
    VALUES (${operatorId}, ${realName}, ${userId}, ${now.toISOString()}::TIMESTAMPTZ)`);
  await transaction
    .update(operators)
    .set({ displayName, isEnabled: realName !== null, updatedAt: now, updatedBy: userId })
    .where(eq(operators.id, operatorId));
}

/** A row of `bindingsOf`. */
export interface BindingRow extends Omit<Binding, 'boundAt'> {
  readonly boundAt: Date | string;
}

/** Who ever had a spare credential. */
export function bindingsOf(operatorId: OperatorId): SQL {
  return sql`SELECT id AS "bindingId", real_name AS "realName", bound_by AS "boundBy",
      bound_at AS "boundAt"
    FROM operator_bindings WHERE operator_id = ${operatorId}`;
}

/** A row as the contract shows it. */
export function bindingOf({ bindingId, boundAt, ...row }: BindingRow): Binding {
  return {
    ...row,
    bindingId: Number(bindingId),
    boundAt: instantFromEpoch(new Date(boundAt).getTime()),
  };
}

/** The operators who have one of these numbers or badges. */
export function findByNumberOrBadge(
  transaction: Transaction,
  organisationId: OrganisationId,
  numbers: readonly string[],
  badges: readonly string[],
) {
  return transaction
    .select({
      displayName: operators.displayName,
      number: operators.number,
      badge: operators.badge,
      role: operators.role,
    })
    .from(operators)
    .where(
      and(
        eq(operators.organizationId, organisationId),
        or(inArray(operators.number, [...numbers]), inArray(operators.badge, [...badges])),
      ),
    );
}
