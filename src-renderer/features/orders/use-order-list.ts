import { useEffect, useEffectEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { OrderSummary } from '#shared/contract/terminal/orders.ts';
import { useStores } from '../../stores/store-context.tsx';
import type { ScreenFailure } from '../../transport/screen-failure.ts';

/** The orders found so far. */
export interface OrderList {
  readonly orders: readonly OrderSummary[];
  /** Whether the terminal has answered the present search. */
  readonly isAnswered: boolean;
  readonly failure: ScreenFailure | null;
  readonly hasMore: boolean;
  readonly showMore: () => void;
}

interface Found {
  readonly search: string;
  readonly orders: readonly OrderSummary[];
  readonly nextCursor: string | null;
  readonly failure: ScreenFailure | null;
}

/** Orders of this raffle event whose numbers contain `search`, newest first; asked again as they change. */
export function useOrderList(search: string): OrderList {
  const { client, terminal } = useStores();
  const changes = useStore(terminal, ({ snapshot }) => changeMark(snapshot?.sync ?? null));
  const [found, setFound] = useState<Found | null>(null);

  async function ask(cursor: string | null, before: readonly OrderSummary[]): Promise<void> {
    const answer = await client.request('order.list', { search, cursor });
    setFound(
      answer.ok
        ? {
            search,
            orders: [...before, ...answer.value.orders],
            nextCursor: answer.value.nextCursor,
            failure: null,
          }
        : { search, orders: before, nextCursor: null, failure: answer.failure },
    );
  }

  const askAnew = useEffectEvent((_cause: readonly [string, string]) => void ask(null, []));
  useEffect(() => askAnew([search, changes]), [search, changes]);
  const isAnswered = found?.search === search;
  return {
    orders: found?.orders ?? [],
    isAnswered,
    failure: found?.failure ?? null,
    hasMore: isAnswered && found.nextCursor !== null,
    showMore: () => void ask(found?.nextCursor ?? null, found?.orders ?? []),
  };
}

function changeMark(sync: { orderCount: number; sentOrderCount: number } | null): string {
  return sync === null ? '' : `${sync.orderCount}/${sync.sentOrderCount}`;
}
