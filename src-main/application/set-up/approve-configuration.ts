import type { Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { Approver } from '#main/application/session/approver.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import { ok } from '#shared/kernel/result.ts';

/**
 * A technician accepts a configuration file that was changed since it was last accepted
 * (GLI-31 3.2.2). Refuses like an approval.
 */
export function createApproveConfiguration(dependencies: {
  readonly rows: Pick<TerminalRows, 'device'>;
  readonly approver: Approver;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly configurationHash: Sha256;
}): OperationHandlers['configuration.approve'] {
  const { rows, approver, ledger, configurationHash } = dependencies;
  return async ({ approval }) => {
    const technician = await approver.approve(approval, 'technician');
    if (!technician.ok) return technician;
    if (rows.device()?.configurationHash === configurationHash) return ok({});
    const { operatorId } = technician.value.operator;
    const approved = await ledger.commit(operatorId, ({ record }) =>
      ok(record('configuration.approved', { operatorId, configurationHash })),
    );
    return approved.ok ? ok({}) : approved;
  };
}
