import { createChainRows } from '#main/adapters/sqlite/chain-rows.ts';
import { createDeviceRows } from '#main/adapters/sqlite/device-rows.ts';
import type { AnyDatabase } from '#main/adapters/sqlite/open-database.ts';
import type { FileMachineVault } from '#main/adapters/system/machine-vault.ts';
import type { LostChain } from '#main/application/set-up/lost-chain.ts';

/**
 * The chain that this machine sold on and has no copy of any more, until the chain that follows it
 * tells of it; null if there is none.
 *
 * Once it is told, the key of the lost chain is set aside: a card with an old copy that turns up later
 * must not be sold on beside the new chain.
 */
export function settleLostChain(database: AnyDatabase, vault: FileMachineVault): LostChain | null {
  const device = createDeviceRows(database).device();
  if (device !== undefined && createChainRows(database).hasStarted()) {
    vault.setAsideChainsBut(device.chainId);
    return null;
  }
  const lost = vault
    .notedChains()
    .filter((chainId) => chainId !== device?.chainId)
    .sort()
    .at(-1);
  if (lost === undefined) return null;
  return { chainId: lost, throughSeq: vault.lastNotedHead(lost)?.seq ?? 0 };
}
