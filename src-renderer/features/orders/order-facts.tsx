import type { ReactNode } from 'react';
import type { OrderDetails } from '#shared/contract/terminal/orders.ts';
import { FactList } from '../../components/fact-list.tsx';
import { MoneyText } from '../../components/money-text.tsx';
import { useDrawNumberText } from '../../stores/use-draw-number-text.ts';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { asSentence } from '../../text/as-sentence.ts';
import { countOf, formatValidation } from '../../text/format-numbers.ts';
import { formatDayAndTime } from '../../text/format-time.ts';
import { STANDING_WORDS } from '../../text/standing-words.ts';
import { TICKET_WORDS } from '../../text/ticket-words.ts';

/** What is known of one order. */
export function OrderFacts({ order }: { readonly order: OrderDetails }): ReactNode {
  const timeZone = useTimeZone();
  const drawNumberText = useDrawNumberText();
  const numbers = order.drawNumbers
    .map(({ first, last }) =>
      first === last ? drawNumberText(first) : `${drawNumberText(first)} – ${drawNumberText(last)}`,
    )
    .join(', ');
  return (
    <FactList
      title={`${countOf(order.numberCount, 'number')}`}
      facts={[
        { label: 'Price', value: <MoneyText amount={order.amount} /> },
        { label: 'Draw numbers', value: numbers },
        { label: 'Validation number', value: formatValidation(order.validationNumber) },
        { label: 'Sold', value: formatDayAndTime(order.soldAt, timeZone) },
        { label: 'Seller', value: order.sellerName },
        {
          label: 'Sale',
          value:
            order.reviewReason === null
              ? STANDING_WORDS[order.standing]
              : `${STANDING_WORDS[order.standing]}: ${order.reviewReason}`,
        },
        { label: 'Ticket', value: asSentence(TICKET_WORDS[order.ticket.state]) },
        { label: 'Reprints', value: String(order.reprintCount) },
      ]}
    />
  );
}
