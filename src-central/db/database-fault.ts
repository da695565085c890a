/**
 * What is wrong when a query fails.
 *
 * - `unavailable`: the database cannot be reached, or cannot work now; the same query may succeed later
 * - `conflict`: another transaction was in the way; the same transaction succeeds when it is run again
 * - `refused`: the database does not want this query, however often it is sent
 */
export interface DatabaseFault {
  readonly kind: 'unavailable' | 'conflict' | 'refused';
  /** The SQLSTATE, or the system's name of the fault. */
  readonly code: string;
  /** The constraint that was broken, if the server named one. */
  readonly constraint: string | undefined;
}

/** Serialization failures, deadlocks and locks that were not to be had. */
const CONFLICT = /^(?:40001|40P01|55P03)$/;

/** Lost connections, exhausted resources, a server that stops or starts, faults of its disks. */
const UNAVAILABLE = /^(?:08|53|58|57P0|25006)/;

/** What the driver says, without any code, of a connection that has gone. */
const GONE =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/;

/** The fault behind an error that a query threw; `undefined` if it is a fault of the program. */
export function databaseFaultOf(error: unknown): DatabaseFault | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, constraint } = cause as {
      readonly code?: unknown;
      readonly constraint?: unknown;
    };
    if (typeof code === 'string') {
      return {
        kind: kindOf(code),
        code,
        constraint: typeof constraint === 'string' ? constraint : undefined,
      };
    }
    if (GONE.test(cause.message)) {
      return { kind: 'unavailable', code: 'ECONNRESET', constraint: undefined };
    }
  }
  return undefined;
}

function kindOf(code: string): DatabaseFault['kind'] {
  if (CONFLICT.test(code)) return 'conflict';
  const isOfTheSystem = /^E[A-Z]+$/.test(code);
  return isOfTheSystem || UNAVAILABLE.test(code) ? 'unavailable' : 'refused';
}
