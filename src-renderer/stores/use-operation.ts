import { useCallback, useState } from 'react';
import type {
  OperationInput,
  OperationName,
  OperationOutput,
} from '#shared/contract/terminal/operations.ts';
import type { ScreenFailure } from '../transport/screen-failure.ts';
import type { Answer } from '../transport/terminal-client.ts';
import { useStores } from './store-context.tsx';

/** One call of an operation, as the screen that makes it sees it. */
export type Call<Name extends OperationName> =
  | { readonly state: 'idle' }
  | { readonly state: 'waiting' }
  | { readonly state: 'done'; readonly value: OperationOutput<Name> }
  | { readonly state: 'refused'; readonly failure: ScreenFailure };

/** An operation that one screen calls, and how its last call went. */
export interface Operation<Name extends OperationName> {
  readonly call: Call<Name>;
  readonly run: (input: OperationInput<Name>) => Promise<Answer<Name>>;
}

/** Calls `operation` from one screen. Its state goes with the screen. */
export function useOperation<Name extends OperationName>(operation: Name): Operation<Name> {
  const { client } = useStores();
  const [call, setCall] = useState<Call<Name>>({ state: 'idle' });
  const run = useCallback(
    async (input: OperationInput<Name>) => {
      setCall({ state: 'waiting' });
      const answer = await client.request(operation, input);
      setCall(
        answer.ok
          ? { state: 'done', value: answer.value }
          : { state: 'refused', failure: answer.failure },
      );
      return answer;
    },
    [client, operation],
  );
  return { call, run };
}
