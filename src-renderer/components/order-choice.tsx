import type { ReactNode } from 'react';
import type { OrderId } from '#shared/kernel/ids.ts';
import type { OrderOrigin } from '../stores/navigation-store.ts';
import { useStores } from '../stores/store-context.tsx';
import { Button } from './button.tsx';

/** One ticket of a short list, to tap for its details. */
export function OrderChoice(props: {
  readonly orderId: OrderId;
  /** The list, to come back to. */
  readonly from: OrderOrigin;
  readonly title: ReactNode;
  readonly facts: ReactNode;
}): ReactNode {
  const { orderId, from, title, facts } = props;
  const { navigation } = useStores();
  return (
    <Button
      control="order.open"
      className="choice"
      onPress={() => navigation.setState({ page: { kind: 'order', orderId, from } })}
    >
      <span className="choice-title">{title}</span>
      <span className="choice-facts">{facts}</span>
    </Button>
  );
}
