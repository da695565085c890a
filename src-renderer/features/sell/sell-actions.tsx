import { List, Lock, Repeat } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { HelpButton } from '../../components/help-button.tsx';
import { useSale, useSnapshot, useStores } from '../../stores/store-context.tsx';
import { useOperation } from '../../stores/use-operation.ts';
import { SELL_GUIDE } from '../../text/guides.ts';
import { canRepeat } from './can-repeat.ts';

/** Repeat last, Orders, Help, Lock. */
export function SellActions(): ReactNode {
  const { sale, navigation } = useStores();
  const state = useSale();
  const { selling } = useSnapshot();
  const lock = useOperation('session.lock');
  const isSaving = state.flow.step === 'saving';
  return (
    <nav className="sell-actions" aria-label="More">
      <Button
        control="sale.repeat"
        size="touch"
        icon={Repeat}
        isDisabled={!canRepeat(state, selling)}
        onPress={sale.actions.repeatLast}
      >
        Repeat last
      </Button>
      <Button
        control="orders.open"
        size="touch"
        icon={List}
        isDisabled={isSaving}
        onPress={() => navigation.setState({ page: { kind: 'orders', search: '' } })}
      >
        Orders
      </Button>
      <HelpButton guide={SELL_GUIDE} size="touch" />
      <Button
        control="lock"
        size="touch"
        icon={Lock}
        isDisabled={isSaving}
        onPress={() => void lock.run({})}
      >
        Lock
      </Button>
    </nav>
  );
}
