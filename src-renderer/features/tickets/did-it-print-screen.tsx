import { CheckCheck, CircleHelp, FileX, Scissors } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { PaperAnswer } from '#shared/contract/journal/print-entries.ts';
import type { OpenTicket } from '#shared/contract/terminal/snapshot.ts';
import type { TicketElement } from '#shared/domain/ticket-document.ts';
import { money } from '#shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { MoneyText } from '../../components/money-text.tsx';
import { Screen } from '../../components/screen.tsx';
import { TicketPaper } from '../../components/ticket-paper.tsx';
import { useDeadTime } from '../../components/use-dead-time.ts';
import { useSale } from '../../stores/store-context.tsx';
import { useOperation } from '../../stores/use-operation.ts';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { endOfValidation } from '../../text/format-numbers.ts';
import { formatTimeOfDay } from '../../text/format-time.ts';
import { GUIDES } from '../../text/guides.ts';
import { PrinterCallout } from './printer-callout.tsx';

/** How many lines of a ticket its end is known by. */
const LINES_OF_END = 6;

/**
 * Asks what came out of the printer, about one ticket, after a fault or a crash. It comes by itself, so
 * its answers have a dead time: a tap that was meant for the sale must answer nothing.
 */
export function DidItPrintScreen({ ticket }: { readonly ticket: OpenTicket }): ReactNode {
  const order = useOperation('order.show');
  const answer = useOperation('ticket.answer');
  const timeZone = useTimeZone();
  const { run: showOrder } = order;
  useEffect(() => void showOrder({ orderId: ticket.orderId }), [showOrder, ticket.orderId]);
  const end = endOfValidation(ticket.validationNumber);
  const elements =
    order.call.state === 'done' ? order.call.value.document.elements.slice(-LINES_OF_END) : [];
  const give = (paper: PaperAnswer): void =>
    void answer.run({ printJobId: ticket.printJobId, answer: paper });
  const [shownAtMs] = useState(() => performance.now());
  const isDead = useDeadTime(shownAtMs);
  const isDisabled = isDead || answer.call.state === 'waiting';
  return (
    <Screen title="Look at the paper" icon={CircleHelp} tone="warning" guide={GUIDES.didItPrint}>
      <div className="did-it-print">
        <div className="did-it-print-words">
          <ChangeToGive />
          <PrinterCallout />
          <p className="did-it-print-question">
            Does the paper end with{' '}
            <span className="paper-end">
              <strong>END OF TICKET … {end}</strong>?
            </span>
          </p>
          <p>
            {ticket.packageName}, <MoneyText amount={ticket.amount} />, sold at{' '}
            {formatTimeOfDay(ticket.soldAt, timeZone)}
            {ticket.isProvenUnsent
              ? '. Nothing was sent to the printer yet: “Nothing came out” prints it now.'
              : '.'}
          </p>
          {answer.call.state === 'refused' ? <FailureNotice failure={answer.call.failure} /> : null}
        </div>
        <TicketPaper isEndOnly elements={elements.length > 0 ? elements : [endLine(end)]} />
        <div className="answers">
          <Button
            control="paper.complete"
            size="touch"
            icon={CheckCheck}
            isDisabled={isDisabled}
            onPress={() => give('complete')}
          >
            Yes, complete
          </Button>
          <Button
            control="paper.torn"
            size="touch"
            icon={Scissors}
            isDisabled={isDisabled}
            onPress={() => give('torn')}
          >
            Torn or unreadable
          </Button>
          <Button
            control="paper.nothing"
            size="touch"
            icon={FileX}
            isDisabled={isDisabled}
            onPress={() => give('nothing')}
          >
            Nothing came out
          </Button>
        </div>
      </div>
    </Screen>
  );
}

/** The customer of the last sale may still be waiting for change. */
function ChangeToGive(): ReactNode {
  const { flow } = useSale();
  if (flow.step !== 'sold' || flow.receipt.changeMinor === 0) return null;
  return (
    <p className="change-to-give">
      SOLD. Change <MoneyText amount={money(flow.receipt.changeMinor, flow.receipt.currency)} />
    </p>
  );
}

function endLine(end: string): TicketElement {
  return {
    kind: 'text',
    text: `END OF TICKET … ${end}`,
    align: 'centre',
    size: 'normal',
    isBold: true,
  };
}
