import { type ReactNode, useState } from 'react';
import type { Approval } from '#shared/contract/terminal/operations.ts';
import type { OrderId } from '#shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useOperation } from '../../stores/use-operation.ts';
import type { ScreenFailure } from '../../transport/screen-failure.ts';
import { ApprovalForm } from '../approval/approval-form.tsx';

const REASONS = [
  'Torn or cut badly',
  'Not readable',
  'The paper ran out',
  'Nothing came out',
  'The customer lost it',
] as const;

/** Why a ticket is printed again, and where the rules ask for it, a supervisor who agrees. */
export function ReprintForm(props: {
  readonly orderId: OrderId;
  readonly onOrdered: () => void;
}): ReactNode {
  const { orderId, onOrdered } = props;
  const { call, run } = useOperation('ticket.reprint');
  const [reason, setReason] = useState<string | null>(null);

  async function order(chosen: string, approval: Approval | null) {
    setReason(chosen);
    const answer = await run({ orderId, reason: chosen, approval });
    if (answer.ok) onOrdered();
    return answer;
  }

  const isApprovalWanted = call.state === 'refused' && asksForApproval(call.failure);
  const [isApproving, setIsApproving] = useState(false);
  if (reason !== null && (isApprovalWanted || isApproving)) {
    return (
      <ApprovalForm
        approver="supervisor"
        question={`Reprint: ${reason}`}
        submit={(approval) => {
          setIsApproving(true);
          return order(reason, approval);
        }}
      />
    );
  }
  return (
    <div className="reprint">
      <h2>Why again?</h2>
      <p>The copy has the same numbers and says REPRINT. Keep the bad one; never hand it over.</p>
      {call.state === 'refused' ? <FailureNotice failure={call.failure} /> : null}
      {REASONS.map((words) => (
        <Button
          key={words}
          control="reprint.reason"
          isDisabled={call.state === 'waiting'}
          onPress={() => void order(words, null)}
        >
          {words}
        </Button>
      ))}
    </div>
  );
}

function asksForApproval({ code, detail }: ScreenFailure): boolean {
  return code === 'reprint.not-allowed' && detail['cause'] === 'approval';
}
