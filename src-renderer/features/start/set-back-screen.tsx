import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import { Screen } from '../../components/screen.tsx';
import { GUIDES } from '../../text/guides.ts';
import { DiagnosticsFacts } from '../status/diagnostics-facts.tsx';
import { useDiagnostics } from '../status/use-diagnostics.ts';
import { StartOverActions, StartOverQuestion } from './start-over.tsx';
import { useStartingOver } from './use-starting-over.ts';

type SetBack = Extract<Snapshot['phase'], { kind: 'set-back' }>;

const SEARCH_WORDS = {
  asking: 'The till is asking the raffle office for the missing part. Stay on Wi-Fi.',
  unreachable:
    'The raffle office cannot be reached. As soon as it can, the till fetches the missing part and goes on by itself.',
  'not-found':
    'The raffle office does not have the missing part either. If a newer second copy is on a card, switch the till off, put the card back, and start it again.',
} as const satisfies Readonly<Record<SetBack['search'], string>>;

/** An older copy was put in the place of what this till keeps: it waits for what was sold since. */
export function SetBackScreen({ phase }: { readonly phase: SetBack }): ReactNode {
  const diagnostics = useDiagnostics();
  const startingOver = useStartingOver();
  const isOffered = phase.search !== 'asking';
  return (
    <Screen
      title="Part of the sales is missing"
      icon={History}
      tone="danger"
      guide={GUIDES.setBack}
      isForReading
      actions={<StartOverActions {...{ diagnostics, startingOver, isOffered }} />}
    >
      <p className="screen-lead">Do not sell on this till now. Take another one.</p>
      {isOffered && startingOver.isAsking ? (
        <StartOverQuestion startingOver={startingOver} />
      ) : (
        <>
          <p>
            An older copy is in the place of what this till had saved: it ends with entry{' '}
            {phase.endsAtSeq}, and the till had come to entry {phase.reachedSeq}.
          </p>
          <p role="status">{SEARCH_WORDS[phase.search]}</p>
        </>
      )}
      <DiagnosticsFacts diagnostics={diagnostics} />
    </Screen>
  );
}
