import type { CSSProperties, ReactNode } from 'react';
import { Keypad } from '../../components/keypad.tsx';
import { ScreenHeading } from '../../components/screen-heading.tsx';
import { useSale, useStores } from '../../stores/store-context.tsx';
import { NoticeStrip } from './notice-strip.tsx';
import { PackageTiles } from './package-tiles.tsx';
import { PayPane } from './pay-pane.tsx';
import { SellActions } from './sell-actions.tsx';
import { StatusStrip } from './status-strip.tsx';
import { usePanelLayout } from './use-panel-layout.ts';

/** The one screen that sells. Cash is two taps: a package, then EXACT or a note. */
export function SellScreen(): ReactNode {
  const layout = usePanelLayout();
  const { actions } = useStores().sale;
  const { flow } = useSale();
  const rows: CSSProperties & Record<'--cart-rows', number> = { '--cart-rows': layout.cartRows };
  return (
    <main className={`sell sell-${layout.orientation} sell-rows-${layout.cartRows}`} style={rows}>
      <ScreenHeading className="visually-hidden">Sell tickets</ScreenHeading>
      <StatusStrip />
      <NoticeStrip />
      {flow.step === 'cash' ? (
        <section className="sell-keypad" aria-label="Cash received">
          <Keypad
            use="cash"
            onDigit={actions.typeDigit}
            onErase={actions.eraseDigit}
            submit={null}
            onEnter={actions.payTyped}
          />
        </section>
      ) : (
        <PackageTiles orientation={layout.orientation} />
      )}
      <SellActions />
      <PayPane cartRows={layout.cartRows} />
    </main>
  );
}
