import { Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CheckoutLine } from '#shared/contract/terminal/snapshot.ts';
import { multiplyMoney } from '#shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { MoneyText } from '../../components/money-text.tsx';
import { useSnapshot, useStores } from '../../stores/store-context.tsx';
import { countOf } from '../../text/format-numbers.ts';

/** The lines of the cart that are in sight, each with a − and a +. */
export function CartLines(props: { readonly lines: readonly CheckoutLine[] }): ReactNode {
  return (
    <ul className="cart-lines">
      {props.lines.map((line) => (
        <CartLine key={line.packageId} line={line} />
      ))}
    </ul>
  );
}

function CartLine({ line }: { readonly line: CheckoutLine }): ReactNode {
  const { actions } = useStores().sale;
  const { selling } = useSnapshot();
  const offered = selling?.packages.find(({ packageId }) => packageId === line.packageId);
  if (offered === undefined) return null;
  const numbers = countOf(offered.numberCount, 'number');
  return (
    <li className="cart-line">
      <Button
        control="cart.fewer"
        size="touch"
        icon={Minus}
        name={`− one less of ${numbers}`}
        onPress={() => actions.removePackage(line.packageId)}
      >
        <span className="visually-hidden">−</span>
      </Button>
      <p className="cart-line-words">
        <span className="cart-line-quantity">{line.quantity} ×</span>
        <span className="cart-line-name">{numbers}</span>
        <MoneyText
          className="cart-line-amount"
          amount={multiplyMoney(offered.price, line.quantity)}
        />
      </p>
      <Button
        control="cart.more"
        size="touch"
        icon={Plus}
        name={`+ one more of ${numbers}`}
        isDisabled={offered.refusal !== null}
        onPress={() => actions.addPackage(line.packageId)}
      >
        <span className="visually-hidden">+</span>
      </Button>
    </li>
  );
}
