import { CircleCheckBig, Repeat, TicketX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SaleReceipt } from '#shared/contract/terminal/snapshot.ts';
import { money } from '#shared/kernel/money.ts';
import { BigAmount } from '../../components/big-amount.tsx';
import { Button } from '../../components/button.tsx';
import { useSale, useSnapshot, useStores } from '../../stores/store-context.tsx';
import { canRepeat } from './can-repeat.ts';
import { SoldTickets } from './sold-tickets.tsx';
import { usePayDead } from './use-pay-dead.ts';

/** The sale is saved: what to give back, and how its tickets are coming along. */
export function SoldPane({ receipt }: { readonly receipt: SaleReceipt }): ReactNode {
  const { sale, navigation } = useStores();
  const state = useSale();
  const { selling } = useSnapshot();
  const isDead = usePayDead();
  const change = money(receipt.changeMinor, receipt.currency);
  const [only] = receipt.tickets;
  return (
    <section className="pay-pane result-pane sold-pane" aria-label="Payment">
      <div className="result-head" role="status">
        <CircleCheckBig className="result-icon" aria-hidden="true" />
        <h2>SOLD</h2>
      </div>
      <div className="result-change" role="status">
        <span className="result-label">CHANGE</span>
        {receipt.changeMinor === 0 ? (
          <span className="no-change">None</span>
        ) : (
          <BigAmount amount={change} use="change" />
        )}
      </div>
      <SoldTickets tickets={receipt.tickets} />
      <div className="result-actions">
        <Button
          control="sale.repeat"
          size="touch"
          icon={Repeat}
          isDisabled={isDead || !canRepeat(state, selling)}
          onPress={sale.actions.repeatLast}
        >
          Repeat last
        </Button>
        <Button
          control="sale.ticket-problem"
          size="touch"
          icon={TicketX}
          isDisabled={isDead}
          onPress={() =>
            navigation.setState({
              page:
                only !== undefined && receipt.tickets.length === 1
                  ? { kind: 'order', orderId: only.orderId, from: 'sell' }
                  : { kind: 'last-tickets' },
            })
          }
        >
          Ticket problem
        </Button>
      </div>
    </section>
  );
}
