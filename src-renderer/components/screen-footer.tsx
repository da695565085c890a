import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../stores/store-context.tsx';
import { HelpButton } from './help-button.tsx';

/** The bottom of a screen: its actions, the help, and which till and program this is (GLI-31 3.5.1). */
export function ScreenFooter(props: {
  readonly guide: string;
  readonly children?: ReactNode;
}): ReactNode {
  const snapshot = useStore(useStores().terminal, (state) => state.snapshot);
  return (
    <footer className="screen-footer">
      {props.children}
      <HelpButton guide={props.guide} size="normal" />
      {snapshot === null ? null : (
        <p className="screen-identity">
          {snapshot.terminal === null ? null : <>{snapshot.terminal.rsuName} · </>}
          Counterfoil {snapshot.software.version} · {snapshot.software.checksum.slice(0, 8)}
        </p>
      )}
    </footer>
  );
}
