import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TerminalConfiguration } from '#main/terminal/configuration.ts';
import { startTerminal } from '#main/terminal/start-terminal.ts';
import type { Terminal } from '#main/terminal/terminal.ts';
import type {
  OperationInput,
  OperationName,
  OperationOutput,
} from '#shared/contract/terminal/operations.ts';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';

const LONGEST_WAIT_MS = 60_000;
const LOOK_EVERY_MS = 50;

/** A whole till with its own data, threads and virtual printer, without a screen. */
export interface RealTill {
  /** Runs an operation; throws if it is refused. */
  run<Name extends OperationName>(
    operation: Name,
    input: OperationInput<Name>,
  ): Promise<OperationOutput<Name>>;
  /** Waits until the screen would show what `isSo` looks for; gives that snapshot. */
  until(what: string, isSo: (snapshot: Snapshot) => boolean): Promise<Snapshot>;
  /** Sells one of the package with this name for the exact amount. */
  sell(packageName: string): Promise<void>;
  /** Stops it, as its computer's shutdown would. Its data stays. */
  stop(): Promise<void>;
  /** Starts it again on its data. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

/** Starts a till that nobody has enrolled. */
export async function startRealTill(): Promise<RealTill> {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-real-till-'));
  const configuration = configurationIn(folder);
  mkdirSync(configuration.dataDirectory);
  let terminal: Terminal | undefined = await started(configuration);
  const till: RealTill = {
    run: (operation, input) => answerOf(terminal, operation, input),
    async until(what, isSo) {
      const deadline = performance.now() + LONGEST_WAIT_MS;
      for (;;) {
        const snapshot = await till.run('terminal.show', {});
        if (isSo(snapshot)) return snapshot;
        if (performance.now() > deadline) {
          throw new Error(`waited in vain for ${what}: ${JSON.stringify(snapshot, null, 1)}`);
        }
        await sleep(LOOK_EVERY_MS);
      }
    },
    async sell(packageName) {
      const tileIn = ({ selling }: Snapshot) =>
        selling?.packages.find(({ name }) => name === packageName);
      const open = await till.until(
        `an open sale of ${packageName}`,
        (snapshot) => snapshot.selling?.refusal === null && tileIn(snapshot)?.refusal === null,
      );
      const tile = tileIn(open);
      if (tile === undefined) throw new Error(`no package ${packageName}`);
      const lines = [{ packageId: tile.packageId, quantity: 1 }];
      const { checkoutId } = await till.run('checkout.change', { checkoutId: null, lines });
      const receipt = await till.run('sale.complete', {
        checkoutId,
        lines,
        expectedTotalMinor: tile.price.minor,
        payment: { tender: 'cash', tenderedMinor: null, isConfirmed: false },
      });
      if (receipt.tickets.length !== 1) throw new Error('one ticket for one package');
    },
    async stop() {
      await terminal?.stop();
      terminal = undefined;
    },
    async start() {
      terminal ??= await started(configuration);
    },
    async remove() {
      await till.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return till;
}

function configurationIn(folder: string): TerminalConfiguration {
  const programDirectory = fileURLToPath(new URL('../../../', import.meta.url));
  return {
    dataDirectory: join(folder, 'data'),
    secondJournalDirectory: join(folder, 'card'),
    vaultDirectory: join(folder, 'vault'),
    programDirectory,
    rendererDirectory: join(programDirectory, 'src-renderer'),
    centralUrl: null,
    printer: { kind: 'virtual', columns: 48 },
    demo: null,
    configurationHash: createHash('sha256').digest('hex') as never,
  };
}

async function started(configuration: TerminalConfiguration): Promise<Terminal> {
  const result = await startTerminal(configuration);
  if (!result.ok) throw new Error(result.failure);
  return result.value;
}

async function answerOf<Name extends OperationName>(
  terminal: Terminal | undefined,
  operation: Name,
  input: OperationInput<Name>,
): Promise<OperationOutput<Name>> {
  if (terminal === undefined) throw new Error('the till is stopped');
  const frame = { kind: 'request', id: 1, operation, input };
  const { outcome } = await terminal.transport.handle(frame);
  if (!outcome.ok) throw new Error(`${operation}: ${JSON.stringify(outcome.failure)}`);
  return outcome.value as OperationOutput<Name>;
}
