import { Ban } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PackageTile as PackageTileFacts } from '#shared/contract/terminal/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { MoneyText } from '../../components/money-text.tsx';
import { quantityOf } from '../../stores/cart.ts';
import { mayChangeCart } from '../../stores/sale-flow.ts';
import { useSale, useSnapshot, useStores } from '../../stores/store-context.tsx';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { failureText } from '../../text/failure-text.ts';
import { countOf } from '../../text/format-numbers.ts';
import { type PanelLayout, tileColumns } from './panel-layout.ts';

/** From here on down a tile says how often its package can still be sold. */
const FEW_SALES = 10;

/** The packages. One tap puts one into the cart. */
export function PackageTiles(props: {
  readonly orientation: PanelLayout['orientation'];
}): ReactNode {
  const { selling } = useSnapshot();
  const tiles = [...(selling?.packages ?? [])].sort(
    (left, right) => left.displayOrder - right.displayOrder,
  );
  const columns = tileColumns(tiles.length, props.orientation);
  return (
    <section className={`tiles tiles-${columns}`} aria-label="Packages">
      {tiles.map((tile) => (
        <PackageTile key={tile.packageId} tile={tile} isSelling={selling?.refusal === null} />
      ))}
    </section>
  );
}

function PackageTile(props: {
  readonly tile: PackageTileFacts;
  readonly isSelling: boolean;
}): ReactNode {
  const { packageId, name, numberCount, price, salesLeft, refusal } = props.tile;
  const { actions } = useStores().sale;
  const { lines, flow } = useSale();
  const reason = useReason(refusal);
  const quantity = quantityOf(lines, packageId);
  const numbers = countOf(numberCount, 'number');
  const isDisabled = !props.isSelling || refusal !== null || !mayChangeCart(flow);
  return (
    <Button
      control="package"
      look="tile"
      size="touch"
      isDisabled={isDisabled}
      onPress={() => actions.addPackage(packageId)}
    >
      <MoneyText amount={price} className="tile-price" />
      <span className="tile-count">{numbers}</span>
      {isOwnName(name, numberCount) ? <span className="tile-name">{name}</span> : null}
      {reason === null ? null : (
        <span className="tile-reason">
          <Ban aria-hidden="true" />
          {reason}
        </span>
      )}
      {reason === null && salesLeft <= FEW_SALES ? (
        <span className="tile-left">{salesLeft} left</span>
      ) : null}
      {quantity > 0 ? (
        <span className="tile-badge">
          {quantity}
          <span className="visually-hidden"> in cart</span>
        </span>
      ) : null}
    </Button>
  );
}

function useReason(refusal: PackageTileFacts['refusal']): string | null {
  const timeZone = useTimeZone();
  return refusal === null ? null : failureText(refusal, { timeZone }).what;
}

/** Whether a package's name says more than how many numbers it has. */
function isOwnName(name: string, numberCount: number): boolean {
  return !new RegExp(`^${numberCount}\\b`).test(name);
}
