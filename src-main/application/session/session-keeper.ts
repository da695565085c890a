import type { Session } from '#shared/contract/terminal/snapshot.ts';
import type { OperatorId } from '#shared/kernel/ids.ts';

/** Who is at the till now. Forgotten when the program ends: everybody signs in again. */
export interface SessionKeeper {
  current(): Session;
  /** Who is signed in, locked or not; null if nobody is. */
  operatorId(): OperatorId | null;
  replace(session: Session): Session;
}

/** A till with nobody signed in. */
export function createSessionKeeper(onChanged: () => void): SessionKeeper {
  let session: Session = { kind: 'signed-out' };
  return {
    current: () => session,
    operatorId: () => (session.kind === 'signed-out' ? null : session.operatorId),
    replace(next) {
      session = next;
      onChanged();
      return session;
    },
  };
}
