import { Plug } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Screen } from '../../components/screen.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useOperation } from '../../stores/use-operation.ts';
import { GUIDES } from '../../text/guides.ts';

/** Connects a fresh till to its raffle office. */
export function EnrolmentScreen(): ReactNode {
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
