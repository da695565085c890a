import { createApplyControl } from './central/apply-control.ts';
import { createReceiveContact } from './central/receive-contact.ts';
import { createReceiveMirror } from './central/receive-mirror.ts';
import type { NewsHandlers } from './central/receive-news.ts';
import { createReceiveNumbers } from './central/receive-numbers.ts';
import { createReceiveProblem } from './central/receive-problem.ts';
import { createReceiveStanding } from './central/receive-standing.ts';
import { createSettleHeads } from './central/settle-heads.ts';
import type { Services } from './create-services.ts';
import { createReviewSession } from './session/review-session.ts';
import { significantEvent } from './significant-event.ts';
import type { TerminalCoreDependencies } from './terminal-core-dependencies.ts';

/** Wires what becomes of the central's news. `onSettled` runs once entries may be appended. */
export function createNewsHandlers(
  dependencies: TerminalCoreDependencies,
  services: Services,
  onSettled: () => Promise<void>,
): NewsHandlers {
  const { unitOfWork, clock, vault } = dependencies;
  const { rows } = unitOfWork;
  const { ledger, session, time, connection, comparison, alarm, storageFault, jackpots } = services;
  const { secretBox } = vault;
  const receiveNumbers = createReceiveNumbers({ rows, ledger, secretBox, alarm, storageFault });
  const reviewSession = createReviewSession({ rows, ledger, session });
  const receiveContact = createReceiveContact({
    connection,
    time,
    clock,
    ledger,
    unitOfWork,
    applyControl: createApplyControl({ rows, ledger, alarm, onApplied: services.endSales }),
  });
  const receiveMirror = createReceiveMirror({
    ledger,
    secretBox,
    alarm,
    storageFault,
    receiveNumbers: (numbers) => receiveNumbers({ ...numbers, requestId: null }),
    async onReceived() {
      await reviewSession();
      await services.endSales();
      await services.chooseOnlyRaffleEvent();
      await services.watchNumbers();
    },
  });
  const settleHeads = createSettleHeads({ rows, ledger, comparison, onSettled });
  const receiveStanding = createReceiveStanding({ unitOfWork, ledger });

  return {
    contact: receiveContact,
    problem: createReceiveProblem({ connection, ledger }),
    async standing(standing, verdicts) {
      if (!(await settleHeads(standing))) return stopForked(services, standing.highWaterSeq);
      connection.noteProgress();
      await receiveStanding(standing, verdicts);
    },
    async lostEntries(entries) {
      const last = entries.at(-1);
      if (last === undefined) return;
      // Even if they cannot be written now: an entry in their place would fork the chain.
      comparison.noteLost();
      const adopted = unitOfWork.adopt(entries);
      if (!adopted.ok) return storageFault.note(adopted.failure);
      storageFault.clear();
      comparison.noteAdopted(last.seq);
      await ledger.settled();
    },
    async forked(seq) {
      stopForked(services, seq);
    },
    mirror: receiveMirror,
    async numbers(numbers) {
      await receiveNumbers(numbers);
      await services.watchNumbers();
    },
    jackpot: jackpots.show,
    async stalled(sinceMs) {
      if (!connection.noteStall(sinceMs)) return;
      const event = significantEvent('sync.stalled', { sinceMs });
      await ledger.recordByItself('significant-event.noted', event);
    },
  };
}

/** A second till writes the same chain: one of the two is a copy, and neither may sell. */
function stopForked({ goOutOfService }: Services, seq: number): void {
  goOutOfService([
    { check: 'journal chain', detail: `the central holds another entry ${seq} of this journal` },
  ]);
}
