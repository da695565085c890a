import { getTableColumns } from 'drizzle-orm';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { AnyDatabase } from './open-database.ts';
import { device } from './schema.ts';

/** Reads which RSU this till is. */
export function createDeviceRows(database: AnyDatabase): Pick<TerminalRows, 'device'> {
  const { deviceId: _, signedInOperatorId: __, ...columns } = getTableColumns(device);
  const find = database.orm.select(columns).from(device).prepare();
  return { device: () => find.get() };
}
