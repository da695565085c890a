import type { Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { Approver } from '#main/application/session/approver.ts';
import type { Clock } from '#main/ports/clock.ts';
import { failure } from '#shared/contract/failures.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import type { TrustedTime } from './trusted-time.ts';

/**
 * A supervisor says what time it is, to end a doubt (GLI-31 2.2.2).
 *
 * Refuses like an approval, with `clock.before-watermark`, because sales that are over stay over,
 * and with `clock.too-late`. Changes nothing when the doubt has ended by itself.
 */
export function createConfirmClock(dependencies: {
  readonly approver: Approver;
  readonly time: TrustedTime;
  readonly clock: Pick<Clock, 'wall'>;
  readonly ledger: Pick<Ledger, 'commit'>;
}): OperationHandlers['clock.confirm'] {
  const { approver, time, clock, ledger } = dependencies;
  return async ({ now, approval }) => {
    const supervisor = await approver.approve(approval, 'supervisor');
    if (!supervisor.ok) return supervisor;
    const standing = time.standing();
    if (standing.isTrusted) return ok({});
    const { notBefore, notAfter } = standing;
    if (now < notBefore) return refuse(failure('clock.before-watermark', { notBefore }));
    if (notAfter !== null && now > notAfter) {
      return refuse(failure('clock.too-late', { notAfter }));
    }
    const { operatorId } = supervisor.value.operator;
    const recorded = await ledger.commit(operatorId, ({ record }) =>
      ok(
        record('clock.confirmed', {
          by: { kind: 'supervisor', operatorId },
          now,
          wall: clock.wall(),
        }),
      ),
    );
    if (!recorded.ok) return recorded;
    time.confirm(now);
    return ok({});
  };
}
