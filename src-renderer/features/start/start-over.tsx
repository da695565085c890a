import { ArrowLeft, PlugZap, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { DiagnosticsActions } from '../status/diagnostics-actions.tsx';
import type { Diagnostics } from '../status/use-diagnostics.ts';
import type { StartingOver } from './use-starting-over.ts';

/** The buttons of a till that cannot go on: save what there is, and give up the rest if it may be. */
export function StartOverActions(props: {
  readonly diagnostics: Diagnostics;
  readonly startingOver: StartingOver;
  readonly isOffered: boolean;
}): ReactNode {
  const { diagnostics, startingOver, isOffered } = props;
  const { ask, isAsking, takeBack, operation } = startingOver;
  if (!isOffered || !isAsking) {
    return (
      <>
        <DiagnosticsActions diagnostics={diagnostics} />
        {isOffered ? (
          <Button control="enrolment.start-over" icon={PlugZap} onPress={ask}>
            Set up again
          </Button>
        ) : null}
      </>
    );
  }
  return (
    <>
      <Button control="back" icon={ArrowLeft} onPress={takeBack}>
        Back
      </Button>
      <Button
        control="enrolment.start-over-confirm"
        look="primary"
        isDisabled={operation.call.state === 'waiting'}
        onPress={() => void operation.run({})}
      >
        Yes, set up again
      </Button>
    </>
  );
}

/** What giving up means, for whoever is about to do it. */
export function StartOverQuestion({
  startingOver: { operation },
}: {
  readonly startingOver: StartingOver;
}): ReactNode {
  return (
    <>
      <Callout tone="warning" icon={TriangleAlert}>
        <p>
          Export first, and keep the paper copies. You need a new enrolment sheet from the raffle
          office.
        </p>
        <p>
          The old sales of this till are put aside on this computer and not deleted. Those that had
          been sent are safe at the raffle office; those that had not are counted there as
          unaccounted. The till gets new numbers, and the old ones are not sold again.
        </p>
      </Callout>
      {operation.call.state === 'refused' ? (
        <FailureNotice failure={operation.call.failure} />
      ) : null}
    </>
  );
}
