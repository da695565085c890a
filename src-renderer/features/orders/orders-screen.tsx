import { ChevronDown, List, Search, SearchX, Tickets } from 'lucide-react';
import type { ReactNode } from 'react';
import { BackButton } from '../../components/back-button.tsx';
import { Button } from '../../components/button.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Keypad } from '../../components/keypad.tsx';
import { Screen } from '../../components/screen.tsx';
import { useStores } from '../../stores/store-context.tsx';
import { GUIDES } from '../../text/guides.ts';
import { OrderRow } from './order-row.tsx';
import { useOrderList } from './use-order-list.ts';

/** A validation number has this many digits; no search needs more. */
const MOST_DIGITS = 18;

/** The sales of this raffle on this till (GLI-31 3.4.1a), found by digits of their numbers. */
export function OrdersScreen({ search }: { readonly search: string }): ReactNode {
  const { navigation } = useStores();
  const list = useOrderList(search);
  const EmptyIcon = search === '' ? Tickets : SearchX;
  const setSearch = (digits: string): void =>
    navigation.setState({ page: { kind: 'orders', search: digits.slice(0, MOST_DIGITS) } });
  return (
    <Screen
      title="Orders"
      icon={List}
      guide={GUIDES.orders}
      actions={<BackButton page={{ kind: 'sell' }} />}
    >
      <div className="orders">
        <section className="orders-list" aria-label="Sales">
          {list.failure === null ? null : <FailureNotice failure={list.failure} />}
          {list.isAnswered && list.orders.length === 0 ? (
            <div className="screen-centre" role="status">
              <EmptyIcon className="screen-spinner" aria-hidden="true" />
              <p className="screen-lead">
                {search === '' ? 'Nothing sold yet.' : `No sale with ${search} in its numbers.`}
              </p>
            </div>
          ) : null}
          <ul>
            {list.orders.map((order) => (
              <OrderRow
                key={order.orderId}
                order={order}
                onOpen={() =>
                  navigation.setState({
                    page: { kind: 'order', orderId: order.orderId, from: { search } },
                  })
                }
              />
            ))}
          </ul>
          {list.hasMore ? (
            <Button control="order.more" icon={ChevronDown} onPress={list.showMore}>
              Show more
            </Button>
          ) : null}
        </section>
        <section className="orders-search" aria-label="Search">
          <p className="orders-digits" aria-live="polite">
            <Search aria-hidden="true" />
            {search === '' ? <span className="orders-hint">Digits of a number</span> : search}
          </p>
          <Keypad
            use="order"
            onDigit={(digit) => setSearch(`${search}${digit}`)}
            onErase={() => setSearch(search.slice(0, -1))}
            submit={null}
          />
        </section>
      </div>
    </Screen>
  );
}
