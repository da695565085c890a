import type { Log } from '#main/ports/log.ts';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import type { TerminalCore } from '../application/terminal-core.ts';

/** How a demonstration's till becomes its RSU. */
export interface DemoInvitation {
  readonly centralUrl: string;
  readonly code: string;
  readonly fingerprint: string;
}

/**
 * Does what a technician does at a real till: enrols it, once. Until the returned function is called.
 */
export function runDemo(core: TerminalCore, invitation: DemoInvitation, log: Log): () => void {
  let isBusy = false;

  async function help({ phase }: Snapshot): Promise<void> {
    if (phase.kind === 'needs-enrolment') {
      const { centralUrl: address, code, fingerprint } = invitation;
      report(await core.handlers['enrolment.begin']({ address, code, fingerprint }));
    }
  }

  function report(outcome: { readonly ok: boolean; readonly failure?: unknown }): void {
    if (!outcome.ok) log.warn({ failure: outcome.failure }, 'the demonstration was refused');
  }

  function consider(snapshot: Snapshot): void {
    if (isBusy) return;
    isBusy = true;
    help(snapshot)
      .catch((error: unknown) => log.error({ error }, 'the demonstration failed'))
      .finally(() => {
        isBusy = false;
        const later = core.snapshot();
        if (later.phase.kind !== snapshot.phase.kind) consider(later);
      });
  }

  consider(core.snapshot());
  return core.onSnapshotChanged(consider);
}
