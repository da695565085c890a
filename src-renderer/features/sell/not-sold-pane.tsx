import { CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { MoneyText } from '../../components/money-text.tsx';
import type { SaleFlow } from '../../stores/sale-flow.ts';
import { useStores } from '../../stores/store-context.tsx';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { failureText } from '../../text/failure-text.ts';
import { usePayDead } from './use-pay-dead.ts';

/** Nothing was sold: the money goes back, the cart stays. */
export function NotSoldPane(props: {
  readonly flow: Extract<SaleFlow, { step: 'not-sold' }>;
}): ReactNode {
  const { failure, giveBack } = props.flow;
  const { actions } = useStores().sale;
  const isDead = usePayDead();
  const { what, why } = failureText(failure, { timeZone: useTimeZone() });
  return (
    <section className="pay-pane result-pane not-sold-pane" aria-label="Payment" role="alert">
      <div className="result-head">
        <CircleX className="result-icon" aria-hidden="true" />
        <h2>NOT SOLD</h2>
      </div>
      <p className="give-back">
        Give back <MoneyText amount={giveBack} className="give-back-amount" />
      </p>
      <p className="result-reason">
        {what}. {why}
      </p>
      <Button
        control="not-sold.confirm"
        size="touch"
        className="result-only-action"
        isDisabled={isDead}
        onPress={actions.confirmCashGivenBack}
      >
        Money given back
      </Button>
    </section>
  );
}
