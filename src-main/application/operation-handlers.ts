import type { Failure } from '#shared/contract/failures.ts';
import type {
  OperationInput,
  OperationName,
  OperationOutput,
} from '#shared/contract/terminal/operations.ts';
import type { Result } from '#shared/kernel/result.ts';

/** The use case behind each operation. Input is parsed and the caller's role checked already. */
export type OperationHandlers = {
  readonly [Name in OperationName]: (
    input: OperationInput<Name>,
  ) => Promise<Result<OperationOutput<Name>, Failure>>;
};
