import { ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { epochOf } from '#shared/kernel/instant.ts';
import { BigAmount } from '../../components/big-amount.tsx';
import { Button } from '../../components/button.tsx';
import { ticketCount } from '../../stores/cart.ts';
import { useSale, useSnapshot } from '../../stores/store-context.tsx';
import { useTerminalTime } from '../../stores/use-terminal-time.ts';
import { countOf } from '../../text/format-numbers.ts';
import { formatCountdown } from '../../text/format-time.ts';
import { useAmounts } from './use-amounts.ts';
import type { CartPage } from './use-cart-page.ts';

/** Before the end of sales, how long the seconds stand beside the total. */
const LAST_SECONDS_MS = 60_000;

/** What the customer has to pay, and in the last minute how long there is to sell it. */
export function TotalRow(props: { readonly page: CartPage }): ReactNode {
  const { lines } = useSale();
  const { page } = props;
  const { total } = useAmounts();
  const place = `${page.first === page.last ? page.first : `${page.first}–${page.last}`} of ${page.count}`;
  return (
    <div className="total-row">
      {page.count > page.lines.length ? (
        <Button
          control="cart.next-lines"
          size="touch"
          icon={ChevronsUpDown}
          className="cart-next"
          name={`Lines ${place}, more lines`}
          onPress={page.showNext}
        >
          {place}
        </Button>
      ) : null}
      <LastSeconds />
      <div className="total" aria-live="polite">
        <span className="total-label">
          TOTAL <TicketHint count={ticketCount(lines)} />
        </span>
        <BigAmount amount={total} use="total" />
      </div>
    </div>
  );
}

function TicketHint({ count }: { readonly count: number }): ReactNode {
  const { selling } = useSnapshot();
  const age = selling?.minimumAge ?? null;
  if (count === 0 && age === null) return null;
  return (
    <span className="total-hint">
      {count === 0 ? null : `prints ${countOf(count, 'ticket')}`}
      {age === null ? null : (
        <span className="age-mark">
          <span className="visually-hidden">Buyers must be </span>
          {age}+
        </span>
      )}
    </span>
  );
}

function LastSeconds(): ReactNode {
  const { selling } = useSnapshot();
  const nowMs = useTerminalTime();
  const leftMs = selling === null ? 0 : epochOf(selling.salesEnd) - nowMs;
  if (leftMs <= 0 || leftMs > LAST_SECONDS_MS) return null;
  return (
    <p className="last-seconds" role="timer">
      <span className="last-seconds-count">{formatCountdown(leftMs)}</span>
      <span className="last-seconds-words">must be SOLD before 0:00</span>
    </p>
  );
}
