import { Banknote, CreditCard } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Money } from '#shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { MoneyText } from '../../components/money-text.tsx';
import { useSale, useSnapshot, useStores } from '../../stores/store-context.tsx';
import { changeOf } from './amounts.ts';
import { useAmounts } from './use-amounts.ts';
import { usePayDead } from './use-pay-dead.ts';

/** The ways to pay: exact cash, the next two notes, other cash, card. */
export function PayBlock(): ReactNode {
  const { actions } = useStores().sale;
  const { lines } = useSale();
  const { selling } = useSnapshot();
  const amounts = useAmounts();
  const isDead = usePayDead();
  const isDisabled = isDead || lines.length === 0 || selling?.refusal !== null;
  const hasCard = selling?.tenders.includes('card') === true;
  return (
    <div className={`pay-block ${hasCard ? 'has-card' : ''}`}>
      <Button
        control="pay.exact"
        look="pay"
        size="touch"
        className="pay-exact"
        isDisabled={isDisabled}
        onPress={actions.payExact}
      >
        <span className="pay-word">CASH EXACT</span>
        {lines.length === 0 ? null : <MoneyText amount={amounts.inCash} className="pay-amount" />}
      </Button>
      {[0, 1].map((place) => (
        <NoteButton key={place} tendered={amounts.notes[place]} isDisabled={isDisabled} />
      ))}
      <Button
        control="pay.other-cash"
        size="touch"
        icon={Banknote}
        className="pay-other"
        isDisabled={isDisabled}
        onPress={actions.openCash}
      >
        OTHER CASH
      </Button>
      {hasCard ? (
        <Button
          control="pay.card"
          size="touch"
          icon={CreditCard}
          className="pay-card"
          isDisabled
          onPress={() => undefined}
        >
          CARD <span className="pay-reason">No card reader</span>
        </Button>
      ) : null}
    </div>
  );
}

/** A note that the customer may hand over. Its place stays while there is nothing to pay. */
function NoteButton(props: {
  readonly tendered: Money | undefined;
  readonly isDisabled: boolean;
}): ReactNode {
  const { actions } = useStores().sale;
  const amounts = useAmounts();
  const { tendered, isDisabled } = props;
  if (tendered === undefined) return <div className="pay-note pay-note-empty" />;
  const change = changeOf(amounts, tendered);
  return (
    <Button
      control="pay.note"
      look="pay"
      size="touch"
      className="pay-note"
      isDisabled={isDisabled}
      onPress={() => actions.payNote(tendered)}
    >
      <span className="visually-hidden">CASH</span>
      <MoneyText amount={tendered} className="pay-amount" />
      {change === null ? null : (
        <span className="pay-change">
          change <MoneyText amount={change} />
        </span>
      )}
    </Button>
  );
}
