import { type ReactNode, useEffect, useReducer } from 'react';
import { useStore } from 'zustand';
import type { OperatorRole } from '#shared/contract/mirror/operator.ts';
import type { Approval } from '#shared/contract/terminal/operations.ts';
import type { Result } from '#shared/kernel/result.ts';
import { PinStep } from '../../components/pin-step.tsx';
import { ScreenHeading } from '../../components/screen-heading.tsx';
import { candidateOf } from '../../stores/candidate-of.ts';
import { isPinLongEnough, moveSignIn, NOBODY } from '../../stores/sign-in-flow.ts';
import { useStores } from '../../stores/store-context.tsx';
import { ROLE_WORDS } from '../../text/role-words.ts';
import type { ScreenFailure } from '../../transport/screen-failure.ts';
import { PinMessage } from '../sign-in/pin-message.tsx';
import { usePinWait } from '../sign-in/use-pin-wait.ts';
import { WhoChoice } from '../sign-in/who-choice.tsx';

/** A second person agrees, there and then, with name and PIN. */
export function ApprovalForm(props: {
  readonly approver: OperatorRole;
  readonly question: string;
  readonly submit: (approval: Approval) => Promise<Result<unknown, ScreenFailure>>;
}): ReactNode {
  const { signIn } = useStores();
  const people = useStore(signIn, (state) => state.people);
  const [flow, move] = useReducer(moveSignIn, NOBODY);
  const problem = flow.step === 'pin' ? flow.problem : null;
  const waitMs = usePinWait(problem);
  useEffect(() => void signIn.actions.loadPeople(), [signIn]);

  async function submit(): Promise<void> {
    if (flow.step !== 'pin' || !isPinLongEnough(flow.pin) || flow.isChecking) return;
    move({ kind: 'sent' });
    const { identification } = flow.candidate;
    const answer = await props.submit({ identification, pin: flow.pin });
    move(answer.ok ? { kind: 'left' } : { kind: 'refused', failure: answer.failure });
  }

  if (flow.step !== 'pin') {
    return (
      <section className="approval" aria-label="Approval">
        <ScreenHeading level={2}>{props.question}</ScreenHeading>
        <p>Which {ROLE_WORDS[props.approver].toLowerCase()} agrees?</p>
        <WhoChoice
          people={people.filter(({ role }) => role === props.approver)}
          onChoose={({ operatorId, displayName }) =>
            move({
              kind: 'person-named',
              candidate: { identification: { method: 'name', operatorId }, label: displayName },
            })
          }
          onNumberOrBadge={(typed) => {
            const candidate = candidateOf(typed.trim());
            if (candidate !== null) move({ kind: 'person-named', candidate });
          }}
        />
      </section>
    );
  }
  return (
    <section className="approval" aria-label="Approval">
      <PinStep
        heading={
          <>
            <ScreenHeading level={2}>{props.question}</ScreenHeading>
            <p>PIN of {flow.candidate.label}</p>
          </>
        }
        message={<PinMessage problem={problem} waitMs={waitMs} />}
        pad={{
          pin: flow.pin,
          canSubmit: isPinLongEnough(flow.pin),
          isDisabled: flow.isChecking || waitMs > 0,
          onDigit: (digit) => move({ kind: 'digit-typed', digit }),
          onErase: () => move({ kind: 'digit-erased' }),
          onSubmit: () => void submit(),
        }}
        onLeave={() => move({ kind: 'left' })}
      />
    </section>
  );
}
