import { type SQL, sql } from 'drizzle-orm';
import {
  type SystemConfiguration,
  systemSettingsSchema,
} from '#shared/contract/central/people/system-configuration.ts';
import type { UserId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Queryable } from '../../db/database.ts';
import { readInstant, readInstantIfAny, type StoredMoment } from '../../db/read-instant.ts';
import { firstRowOf } from '../../db/rows.ts';

/** A row of `CONFIGURATIONS`. */
export interface ConfigurationRow {
  readonly id: string;
  readonly version: string;
  readonly effectiveFrom: StoredMoment;
  readonly effectiveTo: StoredMoment | null;
  readonly settings: unknown;
  readonly reason: string | null;
  readonly createdBy: UserId | null;
  readonly createdAt: StoredMoment;
  readonly revision: string;
}

/** Every version of the system configuration. */
export const CONFIGURATIONS: SQL = sql`SELECT id, version, effective_from AS "effectiveFrom",
    effective_to AS "effectiveTo", settings, reason, created_by AS "createdBy",
    created_at AS "createdAt",
    (SELECT max(version::BIGINT)::TEXT FROM system_configurations) AS revision
  FROM system_configurations`;

/** The version in force at `now`. The first one began when the database was made. */
export async function readConfiguration(
  database: Queryable,
  now: Date,
): Promise<SystemConfiguration> {
  const at = sql`${now.toISOString()}::TIMESTAMPTZ`;
  const row = await firstRowOf<ConfigurationRow>(
    database,
    sql`${CONFIGURATIONS} WHERE (effective_to IS NULL OR effective_to > ${at})
      AND (effective_to IS NULL OR effective_to > effective_from)
      ORDER BY effective_from <= ${at} DESC, effective_from LIMIT 1`,
  );
  invariant(row !== undefined, 'one version of the system configuration has no end');
  return describeConfiguration(row);
}

/** A stored version as the contract shows it. */
export function describeConfiguration({ id: _id, ...row }: ConfigurationRow): SystemConfiguration {
  return {
    ...row,
    effectiveFrom: readInstant(row.effectiveFrom),
    effectiveTo: readInstantIfAny(row.effectiveTo),
    settings: systemSettingsSchema.parse(row.settings),
    createdAt: readInstant(row.createdAt),
  };
}
