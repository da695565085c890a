import { Activity } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../components/button.tsx';
import { ScreenFooter } from '../../components/screen-footer.tsx';
import { ScreenHeading } from '../../components/screen-heading.tsx';
import { useStores } from '../../stores/store-context.tsx';
import { GUIDES } from '../../text/guides.ts';
import { NewPinEntry } from './new-pin-entry.tsx';
import { PinEntry } from './pin-entry.tsx';
import { SignInAside } from './sign-in-aside.tsx';
import { WhoChoice } from './who-choice.tsx';

/** Who sells: a name, number or badge, then the PIN (GLI-31 3.2.2a). */
export function SignInScreen(): ReactNode {
  const { signIn, navigation } = useStores();
  const { flow, people } = useStore(signIn);
  const { actions } = signIn;
  useEffect(() => void actions.loadPeople(), [actions]);
  return (
    <main className="sign-in">
      <SignInAside />
      <section className="sign-in-main" aria-label="Sign in">
        {flow.step === 'who' ? (
          <>
            <ScreenHeading>Who is selling?</ScreenHeading>
            <WhoChoice
              people={people}
              onChoose={actions.choosePerson}
              onNumberOrBadge={actions.nameByNumberOrBadge}
            />
          </>
        ) : null}
        {flow.step === 'pin' ? <PinEntry flow={flow} /> : null}
        {flow.step === 'new-pin' ? <NewPinEntry flow={flow} /> : null}
      </section>
      <ScreenFooter guide={GUIDES.signIn}>
        <Button
          control="status.open"
          icon={Activity}
          onPress={() => navigation.setState({ page: { kind: 'status' } })}
        >
          Status
        </Button>
      </ScreenFooter>
    </main>
  );
}
