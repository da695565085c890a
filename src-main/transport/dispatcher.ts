import { type Failure, failure } from '#shared/contract/failures.ts';
import { type ReplyFrame, requestFrameSchema } from '#shared/contract/terminal/frames.ts';
import {
  isOperationName,
  OPERATIONS,
  SNAPSHOT_EVENT,
} from '#shared/contract/terminal/operations.ts';
import type { Phase, Session, Snapshot } from '#shared/contract/terminal/snapshot.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { OperationHandlers } from '../application/operation-handlers.ts';
import { checkAccess } from './check-access.ts';
import type { TerminalTransport } from './terminal-transport.ts';

/** What the dispatcher needs of the terminal. */
export interface DispatcherDependencies {
  readonly handlers: OperationHandlers;
  phase(): Phase;
  session(): Session;
  onSnapshotChanged(listener: (snapshot: Snapshot) => void): () => void;
  /** Told of every refusal of the boundary itself, for the log and the journal. */
  noteRefusal(operation: string, reason: Failure): void;
  /** Told of every throw: a bug, or damaged critical memory. */
  noteThrow(operation: string, error: unknown): void;
}

/**
 * The one way in: frame parsed, operation known, caller allowed, input parsed, use case run.
 *
 * Whatever fails on the way is a typed refusal and has changed nothing.
 */
export function createDispatcher(dependencies: DispatcherDependencies): TerminalTransport {
  return {
    async handle(frame) {
      const request = requestFrameSchema.safeParse(frame);
      if (!request.success) {
        const reason = failure('frame.malformed', { issue: firstIssueOf(request.error) });
        dependencies.noteRefusal('unknown', reason);
        return reply(idOf(frame), refuse(reason));
      }
      const { id, operation, input } = request.data;
      return reply(id, await answer(dependencies, operation, input));
    },

    subscribe(listener) {
      return dependencies.onSnapshotChanged((snapshot) =>
        listener({ kind: 'event', name: SNAPSHOT_EVENT, payload: snapshot }),
      );
    },
  };
}

async function answer(
  dependencies: DispatcherDependencies,
  operation: string,
  input: unknown,
): Promise<Result<unknown, Failure>> {
  const call = accept(dependencies, operation, input);
  if (!call.ok) {
    dependencies.noteRefusal(operation, call.failure);
    return call;
  }
  try {
    return await call.value();
  } catch (error) {
    dependencies.noteThrow(operation, error);
    const code = error instanceof IntegrityFault ? 'terminal.out-of-service' : 'terminal.fault';
    return refuse(failure(code));
  }
}

/** The call to make, once operation, caller and input are known to be good. */
function accept(
  { handlers, phase, session }: DispatcherDependencies,
  operation: string,
  input: unknown,
): Result<() => Promise<Result<unknown, Failure>>, Failure> {
  if (!isOperationName(operation)) return refuse(failure('operation.unknown', { operation }));
  const denied = checkAccess(operation, phase(), session());
  if (denied !== undefined) return refuse(denied);
  const parsed = OPERATIONS[operation].input.safeParse(input);
  if (!parsed.success) {
    return refuse(failure('input.invalid', { issue: firstIssueOf(parsed.error) }));
  }
  // The compiler cannot see that this input and this handler belong to the same name.
  const handler = handlers[operation] as (input: unknown) => Promise<Result<unknown, Failure>>;
  return ok(() => handler(parsed.data));
}

function reply(id: number | null, result: Result<unknown, Failure>): ReplyFrame {
  return { kind: 'reply', id, outcome: result };
}

function idOf(frame: unknown): number | null {
  if (typeof frame !== 'object' || frame === null || !('id' in frame)) return null;
  return Number.isSafeInteger(frame.id) ? (frame.id as number) : null;
}

function firstIssueOf(error: {
  readonly issues: readonly { path: PropertyKey[]; message: string }[];
}): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'does not fit';
  return `${issue.path.map(String).join('.') || 'whole'}: ${issue.message}`;
}
