import { Plug, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Screen } from '../../components/screen.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useOperation } from '../../stores/use-operation.ts';
import { GUIDES } from '../../text/guides.ts';

type NeedsEnrolment = Extract<Snapshot['phase'], { kind: 'needs-enrolment' }>;

/** Connects a till to its raffle office: a fresh one, or one that lost all that it kept. */
export function EnrolmentScreen({ phase }: { readonly phase: NeedsEnrolment }): ReactNode {
  const { call, run } = useOperation('enrolment.begin');
  const [address, setAddress] = useState('https://');
  const [code, setCode] = useState('');
  const [fingerprint, setFingerprint] = useState('');
  const isComplete = address.length > 'https://'.length && code !== '' && fingerprint !== '';
  const isWaiting = call.state === 'waiting';
  return (
    <Screen
      title="Set up this till"
      icon={Plug}
      guide={GUIDES.enrolment}
      actions={
        <Button
          control="enrolment.submit"
          look="primary"
          isDisabled={!isComplete || isWaiting}
          onPress={() =>
            void run({
              address: address.trim(),
              code: code.trim(),
              fingerprint: fingerprint.trim(),
            })
          }
        >
          {isWaiting ? 'Setting up' : 'Set up this till'}
        </Button>
      }
    >
      <div className="form">
        {phase.lost === undefined ? null : <LostJournalNotice />}
        <p>Type what stands on the enrolment sheet from the raffle office.</p>
        <TextField
          control="enrolment.address"
          label="Address"
          hint="Starts with https://"
          value={address}
          onChange={setAddress}
          inputMode="url"
          maxLength={300}
        />
        <TextField
          control="enrolment.code"
          label="Code"
          hint="Valid once, and for a short time"
          value={code}
          onChange={setCode}
          maxLength={40}
        />
        <TextField
          control="enrolment.fingerprint"
          label="Fingerprint"
          hint="Proves that the address is really the raffle office"
          value={fingerprint}
          onChange={setFingerprint}
          maxLength={80}
        />
        {call.state === 'refused' ? <FailureNotice failure={call.failure} /> : null}
      </div>
    </Screen>
  );
}

function LostJournalNotice(): ReactNode {
  return (
    <Callout tone="warning" icon={TriangleAlert}>
      <p>
        This till has sold before, and neither copy of its sales can be used. If a second copy is on
        a card, switch the till off and put the card back instead.
      </p>
      <p>
        Sales that had been sent are safe at the raffle office; of the others keep the paper. The
        till gets new numbers, and the old ones are not sold again.
      </p>
    </Callout>
  );
}
