import { Hash, Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Keypad } from '../../components/keypad.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { Person } from '../../stores/sign-in-store.ts';
import { PeopleTiles } from './people-tiles.tsx';

/** The longest text that a badge scans as. */
const LONGEST_BADGE = 64;

/** Who somebody is: by name, or by number or badge. Never by PIN alone. */
export function WhoChoice(props: {
  readonly people: readonly Person[];
  readonly onChoose: (person: Person) => void;
  readonly onNumberOrBadge: (typed: string) => void;
}): ReactNode {
  const [isByNumber, setIsByNumber] = useState(false);
  const [typed, setTyped] = useState('');
  if (!isByNumber && props.people.length > 0) {
    return (
      <div className="who">
        <PeopleTiles people={props.people} onChoose={props.onChoose} />
        <Button control="sign-in.by-number" icon={Hash} onPress={() => setIsByNumber(true)}>
          Number or badge
        </Button>
      </div>
    );
  }
  const submit = (): void => props.onNumberOrBadge(typed);
  return (
    <form
      className="who who-number"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        control="sign-in.number"
        label="Your number, or scan your badge"
        value={typed}
        onChange={setTyped}
        inputMode="numeric"
        maxLength={LONGEST_BADGE}
      />
      <Keypad
        use="pin"
        onDigit={(digit) => setTyped(`${typed}${digit}`.slice(0, LONGEST_BADGE))}
        onErase={() => setTyped(typed.slice(0, -1))}
        submit={{ isDisabled: typed.trim() === '', onPress: submit }}
      />
      {props.people.length === 0 ? null : (
        <Button control="sign-in.by-name" icon={Users} onPress={() => setIsByNumber(false)}>
          Names
        </Button>
      )}
    </form>
  );
}
