import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Screen } from '../../components/screen.tsx';
import { useStores } from '../../stores/store-context.tsx';
import { GUIDES } from '../../text/guides.ts';

/** The till checks itself before it sells. */
export function StartingScreen(): ReactNode {
  const phase = useStore(useStores().terminal, ({ snapshot }) => snapshot?.phase);
  return (
    <Screen title="Starting" icon={LoaderCircle} guide={GUIDES.starting}>
      <div className="screen-centre" role="status">
        <LoaderCircle className="screen-spinner is-turning" aria-hidden="true" />
        <p className="screen-lead">
          {phase?.kind === 'starting' ? phase.step : 'Connecting to the till'}
        </p>
        <p>Nothing to do. This takes a few seconds.</p>
      </div>
    </Screen>
  );
}
