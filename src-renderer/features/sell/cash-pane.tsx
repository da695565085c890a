import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { invariant } from '#shared/kernel/invariant.ts';
import { BigAmount } from '../../components/big-amount.tsx';
import { Button } from '../../components/button.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { MoneyText } from '../../components/money-text.tsx';
import { typedAmount } from '../../stores/cash-entry.ts';
import type { SaleFlow } from '../../stores/sale-flow.ts';
import { useSnapshot, useStores } from '../../stores/store-context.tsx';
import { changeOf } from './amounts.ts';
import { useAmounts } from './use-amounts.ts';
import { usePayDead } from './use-pay-dead.ts';

/** The cash that was handed over, as it is typed, and the change it makes. */
export function CashPane(props: { readonly flow: Extract<SaleFlow, { step: 'cash' }> }): ReactNode {
  const { digits, problem } = props.flow;
  const { actions } = useStores().sale;
  const { selling } = useSnapshot();
  invariant(selling, 'cash without a raffle event');
  const amounts = useAmounts();
  const isDead = usePayDead();
  const tendered = typedAmount(digits, selling);
  const change = tendered === null ? null : changeOf(amounts, tendered);
  return (
    <section className="pay-pane cash-pane" aria-label="Payment">
      <dl className="cash-figures">
        <dt>Total</dt>
        <dd>
          <MoneyText amount={amounts.inCash} />
        </dd>
        <dt>Received</dt>
        <dd className="cash-received" aria-live="polite">
          {tendered === null ? <span className="cash-caret">type it</span> : null}
          {tendered === null ? null : <BigAmount amount={tendered} use="received" />}
        </dd>
        <dt>Change</dt>
        <dd className="cash-change" aria-live="polite">
          {change === null ? '–' : <BigAmount amount={change} use="typed-change" />}
        </dd>
      </dl>
      {problem === null ? null : <FailureNotice failure={problem} />}
      <div className="pay-block">
        <Button
          control="cash.take"
          look="pay"
          size="touch"
          className="pay-exact"
          isDisabled={isDead || change === null || selling.refusal !== null}
          onPress={actions.payTyped}
        >
          <span className="pay-word">TAKE</span>
          {tendered === null ? null : <MoneyText amount={tendered} className="pay-amount" />}
        </Button>
        <p className="pay-hint">
          {tendered === null
            ? 'Type what you were given'
            : change === null
              ? 'Not enough yet'
              : 'Tap TAKE, then give the change'}
        </p>
        <Button
          control="cash.back"
          size="touch"
          icon={ArrowLeft}
          className="pay-wide"
          isDisabled={isDead}
          onPress={actions.closeCash}
        >
          Back
        </Button>
      </div>
    </section>
  );
}
