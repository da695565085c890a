import type { Ledger } from '#main/application/ledger.ts';
import type { SessionKeeper } from '#main/application/session/session-keeper.ts';
import { ok } from '#shared/kernel/result.ts';

/** Journals that the program stops in order; whoever is signed in is signed out. */
export function createRecordStop(dependencies: {
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly session: SessionKeeper;
}): () => Promise<void> {
  const { ledger, session } = dependencies;
  return async () => {
    const operatorId = session.operatorId();
    session.replace({ kind: 'signed-out' });
    await ledger.commit(operatorId, ({ record }) => {
      if (operatorId !== null) record('operator.signed-out', { operatorId });
      return ok(record('terminal.stopped', {}));
    });
  };
}
