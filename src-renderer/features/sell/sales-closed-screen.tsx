import { CircleCheckBig, CloudUpload, List, LogIn, LogOut, OctagonX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { ScreenFooter } from '../../components/screen-footer.tsx';
import { useSnapshot, useStores } from '../../stores/store-context.tsx';
import { useOperation } from '../../stores/use-operation.ts';
import { GUIDES } from '../../text/guides.ts';
import { closingWords } from '../../text/sync-words.ts';

/** Selling is over: readable at two metres, signed in or not, whether the till may be handed in. */
export function SalesClosedScreen(): ReactNode {
  const { selling, terminal, session, sync } = useSnapshot();
  const words = sync === null ? null : closingWords(sync);
  const Icon = words?.isDone === true ? CircleCheckBig : CloudUpload;
  return (
    <main className={`closed ${words?.isDone === true ? 'closed-done' : 'closed-waiting'}`}>
      <header className="closed-head">
        <OctagonX aria-hidden="true" />
        <h1>
          {selling?.state === 'cancelled' ? 'Raffle cancelled.' : 'Sales closed.'} Go to the cash
          desk.
        </h1>
      </header>
      <p className="closed-who">
        {terminal?.rsuName}
        {session.kind === 'signed-out' ? null : <> · {session.displayName}</>}
      </p>
      {words === null ? null : (
        <div className="closed-sent" role="status">
          <Icon className="closed-icon" aria-hidden="true" />
          <p className="closed-text">{words.text}</p>
          <p className="closed-count">{words.count}</p>
          <p className="closed-action">{words.action}</p>
        </div>
      )}
      <ScreenFooter guide={GUIDES.closed}>
        <ClosedActions />
      </ScreenFooter>
    </main>
  );
}

function ClosedActions(): ReactNode {
  const { session } = useSnapshot();
  const { navigation } = useStores();
  const signOut = useOperation('session.sign-out');
  if (session.kind !== 'active') {
    return (
      <Button
        control="sign-in.open"
        icon={LogIn}
        onPress={() => navigation.setState({ page: { kind: 'sign-in' } })}
      >
        Sign in
      </Button>
    );
  }
  return (
    <>
      <Button
        control="orders.open"
        icon={List}
        onPress={() => navigation.setState({ page: { kind: 'orders', search: '' } })}
      >
        Orders
      </Button>
      <Button control="sign-out" icon={LogOut} onPress={() => void signOut.run({})}>
        Sign out
      </Button>
    </>
  );
}
