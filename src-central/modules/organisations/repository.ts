import { type AnyColumn, type SQL, sql } from 'drizzle-orm';
import type { OrganisationId } from '#shared/kernel/ids.ts';

/** An organisation's currency, as a value for a row of its. */
export function currencyOf(organisation: OrganisationId | AnyColumn): SQL {
  return sql`(SELECT primary_currency FROM organizations WHERE id = ${organisation})`;
}
