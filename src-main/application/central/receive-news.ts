import type { CentralProblem } from '#main/ports/central-client.ts';
import type { SyncNews } from '#main/ports/sync-link.ts';
import type { ChainStanding, Verdict } from '#shared/contract/central/journal.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { Mirror } from '#shared/contract/mirror/mirror.ts';
import type { Jackpot } from '#shared/contract/mirror/raffle-event.ts';
import { assertNever } from '#shared/kernel/invariant.ts';
import type { HeadsComparison } from './heads-comparison.ts';
import type { ArrivingNumbers } from './receive-numbers.ts';

type Contact = Extract<SyncNews, { kind: 'contact' }>;

/** What becomes of each kind of news. */
export interface NewsHandlers {
  contact(contact: Contact): Promise<void>;
  problem(problem: CentralProblem): Promise<void>;
  standing(standing: ChainStanding, verdicts: readonly Verdict[]): Promise<void>;
  lostEntries(entries: readonly JournalEntry[]): Promise<void>;
  forked(seq: number): Promise<void>;
  mirror(mirror: Mirror): Promise<void>;
  numbers(numbers: ArrivingNumbers): Promise<void>;
  jackpot(jackpot: Jackpot | null): void;
  stalled(sinceMs: number): Promise<void>;
}

/** What taking in news works with. */
export interface ReceiveNewsDependencies {
  readonly handlers: NewsHandlers;
  readonly comparison: Pick<HeadsComparison, 'isPending'>;
  onChanged(): void;
  onFault(error: unknown): void;
}

/**
 * Takes in what the sync worker reports, one piece after the other, in order.
 *
 * What must be journaled waits until the heads were compared. Resolves when this piece is dealt with
 * or waits.
 */
export function createReceiveNews(
  dependencies: ReceiveNewsDependencies,
): (news: SyncNews) => Promise<void> {
  const { handlers, comparison } = dependencies;
  let postponed: SyncNews[] = [];
  let queue = Promise.resolve();

  async function take(news: SyncNews): Promise<void> {
    if (comparison.isPending() && mustBeJournaled(news)) {
      postponed.push(news);
      return;
    }
    await handle(handlers, news);
    if (comparison.isPending() || postponed.length === 0) return;
    const due = postponed;
    postponed = [];
    for (const late of due) await handle(handlers, late);
  }

  return (news) => {
    queue = queue
      .then(() => take(news))
      .catch(dependencies.onFault)
      .then(dependencies.onChanged);
    return queue;
  };
}

function mustBeJournaled({ kind }: SyncNews): boolean {
  return kind === 'mirror' || kind === 'numbers';
}

async function handle(handlers: NewsHandlers, news: SyncNews): Promise<void> {
  switch (news.kind) {
    case 'contact':
      return handlers.contact(news);
    case 'problem':
      return handlers.problem(news.problem);
    case 'standing':
      return handlers.standing(news.standing, news.verdicts);
    case 'lost-entries':
      return handlers.lostEntries(news.entries);
    case 'forked':
      return handlers.forked(news.seq);
    case 'mirror':
      return handlers.mirror(news.mirror);
    case 'numbers':
      return handlers.numbers(news);
    case 'jackpot':
      return handlers.jackpot(news.jackpot);
    case 'stalled':
      return handlers.stalled(news.sinceMs);
    default:
      return assertNever(news);
  }
}
