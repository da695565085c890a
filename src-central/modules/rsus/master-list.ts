import { heartbeatSchema } from '#shared/contract/central/heartbeats.ts';
import { rsuConfigurationSchema } from '#shared/contract/central/people/rsu-configuration.ts';
import type { Rsu, RsuPageQuery } from '#shared/contract/central/people/rsus.ts';
import type { OperatorId, OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import { type CurrencyCode, money } from '#shared/kernel/money.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { listPage } from '../../api/pages.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Queryable } from '../../db/database.ts';
import { readInstant, readInstantIfAny } from '../../db/read-instant.ts';
import { firstRowOf } from '../../db/rows.ts';
import { listRsus, type RsuListRow } from './repository.ts';

/** A page of the master list of RSUs, by name (GLI-31 5.4.1). */
export function listMasterPage(
  central: Central,
  organisationId: OrganisationId,
  { cursor, limit, ...filter }: RsuPageQuery,
) {
  return listPage<RsuListRow, Rsu>(
    central.database,
    {
      rows: listRsus(organisationId, central.now(), filter),
      key: [
        { column: 'name', type: 'text' },
        { column: 'rsuId', type: 'uuid' },
      ],
      direction: 'ascending',
      item: describeRsu,
    },
    { cursor, limit },
  );
}

/** One RSU of the list. Refuses one that is no device. */
export async function readRsu(
  central: Central,
  database: Queryable,
  organisationId: OrganisationId,
  rsuId: RsuId,
): Promise<Result<Rsu, Problem>> {
  const row = await firstRowOf<RsuListRow>(
    database,
    listRsus(organisationId, central.now(), { rsuId }),
  );
  return row === undefined ? refuseWith('thing.unknown', 'no such till') : ok(describeRsu(row));
}

function describeRsu({
  configuration,
  assignment,
  lastContactAt,
  report,
  orderCount,
  ticketCount,
  gross,
  ...row
}: RsuListRow): Rsu {
  return {
    ...row,
    configuration: rsuConfigurationSchema.parse(configuration),
    assignment: describeAssignment(assignment),
    lastContactAt: readInstantIfAny(lastContactAt),
    lastReport: describeReport(report),
    totals: { orderCount, ticketCount, grossMinor: gross },
  };
}

function describeAssignment(row: RsuListRow['assignment']): Rsu['assignment'] {
  if (row === null) return null;
  const { floatAmount, currency, assignedAt, operatorId, ...rest } = row;
  const float =
    floatAmount === null || currency === null ? null : money(floatAmount, currency as CurrencyCode);
  return {
    ...rest,
    operatorId: operatorId as OperatorId,
    float,
    assignedAt: readInstant(assignedAt),
  };
}

function describeReport(report: unknown): Rsu['lastReport'] {
  if (report === null) return null;
  const { software, raffleEventId, unsentEntries, totals } = heartbeatSchema.parse(report);
  return { software, raffleEventId, unsentEntries, ...totals };
}
