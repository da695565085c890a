import { type Operation, useOperation } from '../../stores/use-operation.ts';

/** The two things that a technician can ask of a till, whatever its state. */
export interface Diagnostics {
  readonly show: Operation<'diagnostics.show'>;
  readonly save: Operation<'diagnostics.export'>;
}

/** Diagnostics and export of this till. */
export function useDiagnostics(): Diagnostics {
  return { show: useOperation('diagnostics.show'), save: useOperation('diagnostics.export') };
}
