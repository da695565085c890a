import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { assertNever } from '#shared/kernel/invariant.ts';
import { screenOf } from './features/screen-of.ts';
import { SalesClosedScreen } from './features/sell/sales-closed-screen.tsx';
import { SellerPage } from './features/seller-page.tsx';
import { LockedScreen } from './features/sign-in/locked-screen.tsx';
import { SignInScreen } from './features/sign-in/sign-in-screen.tsx';
import { ChooseRaffleEventScreen } from './features/start/choose-raffle-event-screen.tsx';
import { ClockDoubtScreen } from './features/start/clock-doubt-screen.tsx';
import { ConfigurationChangedScreen } from './features/start/configuration-changed-screen.tsx';
import { EnrolmentScreen } from './features/start/enrolment-screen.tsx';
import { OtherWindowScreen } from './features/start/other-window-screen.tsx';
import { OutOfServiceScreen } from './features/start/out-of-service-screen.tsx';
import { SetBackScreen } from './features/start/set-back-screen.tsx';
import { StartingScreen } from './features/start/starting-screen.tsx';
import { TillStoppedScreen } from './features/start/till-stopped-screen.tsx';
import { StatusScreen } from './features/status/status-screen.tsx';
import { StoreProvider, useStores } from './stores/store-context.tsx';
import type { Stores } from './stores/stores.ts';

/** The whole screen of a till. */
export function App({ stores }: { readonly stores: Stores }): ReactNode {
  return (
    <StoreProvider stores={stores}>
      <CurrentScreen />
    </StoreProvider>
  );
}

function CurrentScreen(): ReactNode {
  const { terminal, navigation, appearance } = useStores();
  const { link, snapshot } = useStore(terminal);
  const page = useStore(navigation, (state) => state.page.kind);
  const { theme, panel } = useStore(appearance);
  useEffect(() => {
    Object.assign(document.documentElement.dataset, { theme, panel });
  }, [theme, panel]);
  const screen = screenOf(link, snapshot, page);
  const phase = snapshot?.phase;
  switch (screen) {
    case 'till-stopped':
      return <TillStoppedScreen />;
    case 'other-window':
      return <OtherWindowScreen />;
    case 'starting':
      return <StartingScreen />;
    case 'needs-enrolment':
      return phase?.kind === 'needs-enrolment' ? <EnrolmentScreen phase={phase} /> : null;
    case 'out-of-service':
      return phase?.kind === 'out-of-service' ? <OutOfServiceScreen phase={phase} /> : null;
    case 'set-back':
      return phase?.kind === 'set-back' ? <SetBackScreen phase={phase} /> : null;
    case 'choose-raffle-event':
      return phase?.kind === 'choose-raffle-event' ? (
        <ChooseRaffleEventScreen phase={phase} />
      ) : null;
    case 'configuration-changed':
      return <ConfigurationChangedScreen />;
    case 'clock-doubt':
      return <ClockDoubtScreen />;
    case 'status':
      return <StatusScreen />;
    case 'sales-closed':
      return <SalesClosedScreen />;
    case 'sign-in':
      return <SignInScreen />;
    case 'locked':
      return <LockedScreen />;
    case 'selling':
      return <SellerPage />;
    default:
      return assertNever(screen);
  }
}
