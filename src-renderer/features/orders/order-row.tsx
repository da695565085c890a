import { CloudCheck, CloudUpload, Copy, SearchAlert, TicketX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OrderSummary } from '#shared/contract/terminal/orders.ts';
import { Button } from '../../components/button.tsx';
import { MoneyText } from '../../components/money-text.tsx';
import { useDrawNumberText } from '../../stores/use-draw-number-text.ts';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { asSentence } from '../../text/as-sentence.ts';
import { countOf, formatValidation } from '../../text/format-numbers.ts';
import { formatDayAndTime } from '../../text/format-time.ts';
import { STANDING_WORDS } from '../../text/standing-words.ts';
import { TICKET_WORDS } from '../../text/ticket-words.ts';

const ICONS = { saved: CloudUpload, sent: CloudCheck, 'under-review': SearchAlert } as const;

/** One sale on the list. */
export function OrderRow(props: {
  readonly order: OrderSummary;
  readonly onOpen: () => void;
}): ReactNode {
  const { order } = props;
  const timeZone = useTimeZone();
  const drawNumberText = useDrawNumberText();
  const Icon = ICONS[order.standing];
  const isTicketGood = order.ticket.state === 'printed' || order.ticket.state === 'sent-not-proven';
  return (
    <li>
      <Button control="order.open" className="order-row" onPress={props.onOpen}>
        <span className="order-numbers">
          <span className="order-draw">
            {drawNumberText(order.firstDrawNumber)}
            {order.numberCount > 1 ? ` + ${order.numberCount - 1}` : null}
          </span>
          <span className="order-validation">{formatValidation(order.validationNumber)}</span>
        </span>
        <span className="order-what">
          <span>
            {countOf(order.numberCount, 'number')} <MoneyText amount={order.amount} />
          </span>
          <span className="order-when">
            {formatDayAndTime(order.soldAt, timeZone)} · {order.sellerName}
          </span>
        </span>
        <span className="order-marks">
          <span className={`mark mark-${order.standing}`}>
            <Icon aria-hidden="true" />
            {STANDING_WORDS[order.standing]}
          </span>
          {isTicketGood ? null : (
            <span className="mark mark-ticket">
              <TicketX aria-hidden="true" />
              {asSentence(TICKET_WORDS[order.ticket.state])}
            </span>
          )}
          {order.reprintCount === 0 ? null : (
            <span className="mark">
              <Copy aria-hidden="true" />
              {countOf(order.reprintCount, 'reprint')}
            </span>
          )}
        </span>
      </Button>
    </li>
  );
}
