import type {
  OperationInput,
  OperationName,
  OperationOutput,
  SNAPSHOT_EVENT,
} from '#shared/contract/terminal/operations.ts';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import type { Result } from '#shared/kernel/result.ts';
import { createListeners } from './listeners.ts';
import type { ScreenFailure } from './screen-failure.ts';
import type { LinkState, TerminalLink } from './terminal-link.ts';

/** Spelled out, so that the page does not carry the schemas of every operation. */
const snapshotEvent: typeof SNAPSHOT_EVENT = 'snapshot.changed';

/** What an operation comes back with. */
export type Answer<Name extends OperationName> = Result<OperationOutput<Name>, ScreenFailure>;

/** The terminal, as the stores see it. */
export interface TerminalClient {
  readonly request: <Name extends OperationName>(
    operation: Name,
    input: OperationInput<Name>,
  ) => Promise<Answer<Name>>;
  /** Every snapshot, also the one asked for after each (re)connect. */
  readonly onSnapshot: (listener: (snapshot: Snapshot) => void) => () => void;
  readonly linkState: () => LinkState;
  readonly onLinkStateChanged: (listener: (state: LinkState) => void) => () => void;
  /** Asks for the first snapshot; called once the stores are listening. */
  readonly start: () => void;
}

/** A client that types what goes over `link` by the name of the operation. */
export function createTerminalClient(link: TerminalLink): TerminalClient {
  const snapshots = createListeners<Snapshot>();

  const request = async <Name extends OperationName>(
    operation: Name,
    input: OperationInput<Name>,
  ): Promise<Answer<Name>> => (await link.request(operation, input)) as Answer<Name>;

  async function askForSnapshot(): Promise<void> {
    const shown = await request('terminal.show', {});
    if (shown.ok) snapshots.tell(shown.value);
  }

  link.onEvent((event) => {
    if (event.name === snapshotEvent) snapshots.tell(event.payload as Snapshot);
  });
  link.onStateChanged((state) => {
    if (state === 'connected') void askForSnapshot();
  });
  return {
    request,
    onSnapshot: snapshots.add,
    linkState: link.state,
    onLinkStateChanged: link.onStateChanged,
    start() {
      if (link.state() === 'connected') void askForSnapshot();
    },
  };
}
