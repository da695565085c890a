import { Activity, LogOut, Moon, MoveDiagonal, Sun, Volume2, VolumeX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { BackButton } from '../../components/back-button.tsx';
import { Button } from '../../components/button.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { Screen } from '../../components/screen.tsx';
import { useSnapshot, useStores } from '../../stores/store-context.tsx';
import { useOperation } from '../../stores/use-operation.ts';
import { useTerminalTime } from '../../stores/use-terminal-time.ts';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { GUIDES } from '../../text/guides.ts';
import { DiagnosticsActions } from './diagnostics-actions.tsx';
import { DiagnosticsFacts } from './diagnostics-facts.tsx';
import { statusSections } from './status-sections.ts';
import { useDiagnostics } from './use-diagnostics.ts';

/** How the till is doing, in full; and what is not needed while selling. */
export function StatusScreen(): ReactNode {
  const snapshot = useSnapshot();
  const nowMs = useTerminalTime();
  const timeZone = useTimeZone();
  const diagnostics = useDiagnostics();
  const signOut = useOperation('session.sign-out');
  return (
    <Screen
      title="Status"
      icon={Activity}
      guide={GUIDES.status}
      isForReading
      actions={
        <>
          <BackButton page={{ kind: 'sell' }} />
          <AppearanceActions />
          <DiagnosticsActions diagnostics={diagnostics} />
          {snapshot.session.kind === 'signed-out' ? null : (
            <Button control="sign-out" icon={LogOut} onPress={() => void signOut.run({})}>
              Sign out
            </Button>
          )}
        </>
      }
    >
      <DiagnosticsFacts diagnostics={diagnostics} />
      <div className="status-sections">
        {statusSections(snapshot, nowMs, timeZone).map(({ title, facts }) => (
          <FactList key={title} title={title} facts={facts} />
        ))}
      </div>
    </Screen>
  );
}

function AppearanceActions(): ReactNode {
  const { appearance } = useStores();
  const { theme, panel, sound } = useStore(appearance);
  const isDark = theme === 'dark';
  return (
    <>
      <Button
        control="appearance.theme"
        icon={isDark ? Sun : Moon}
        onPress={() => appearance.setState({ theme: isDark ? 'light' : 'dark' })}
      >
        {isDark ? 'Light' : 'Dark'}
      </Button>
      <Button
        control="appearance.panel"
        icon={MoveDiagonal}
        isPressed={panel === 'eight-inch'}
        onPress={() =>
          appearance.setState({ panel: panel === 'eight-inch' ? 'ten-inch' : 'eight-inch' })
        }
      >
        Large buttons
      </Button>
      <Button
        control="appearance.sound"
        icon={sound === 'on' ? Volume2 : VolumeX}
        isPressed={sound === 'on'}
        onPress={() => appearance.setState({ sound: sound === 'on' ? 'off' : 'on' })}
      >
        Sound
      </Button>
    </>
  );
}
