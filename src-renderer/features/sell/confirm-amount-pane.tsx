import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Money } from '#shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { MoneyText } from '../../components/money-text.tsx';
import { useStores } from '../../stores/store-context.tsx';
import { changeOf } from './amounts.ts';
import { useAmounts } from './use-amounts.ts';
import { usePayDead } from './use-pay-dead.ts';

/** Asks once about an amount that is probably a typing error. */
export function ConfirmAmountPane(props: { readonly tendered: Money }): ReactNode {
  const { actions } = useStores().sale;
  const amounts = useAmounts();
  const isDead = usePayDead();
  const change = changeOf(amounts, props.tendered);
  return (
    <section className="pay-pane confirm-pane" aria-label="Payment" role="alert">
      <div className="confirm-words">
        <CircleHelp className="pane-icon" aria-hidden="true" />
        <h2>
          Really <MoneyText amount={props.tendered} />?
        </h2>
        <p>
          The total is <MoneyText amount={amounts.inCash} />.
          {change === null ? null : (
            <>
              {' '}
              You would give back <MoneyText amount={change} />.
            </>
          )}
        </p>
      </div>
      <div className="pay-block">
        <Button
          control="cash.correct"
          size="touch"
          look="primary"
          className="pay-exact"
          isDisabled={isDead}
          onPress={actions.correctAmount}
        >
          No, count again
        </Button>
        <div />
        <Button
          control="cash.confirm"
          size="touch"
          className="pay-wide"
          isDisabled={isDead}
          onPress={actions.confirmAmount}
        >
          Yes, I have <MoneyText amount={props.tendered} />
        </Button>
      </div>
    </section>
  );
}
