import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import type { Page } from '../stores/navigation-store.ts';
import type { LinkState } from '../transport/terminal-link.ts';

/** Every screen of the till. Which one is shown follows from what the terminal says. */
export type ScreenKind =
  | 'till-stopped'
  | 'other-window'
  | 'starting'
  | 'needs-enrolment'
  | 'out-of-service'
  | 'set-back'
  | 'choose-raffle-event'
  | 'configuration-changed'
  | 'clock-doubt'
  | 'status'
  | 'sales-closed'
  | 'sign-in'
  | 'locked'
  | 'selling';

/** The screen for what the terminal last said and the page somebody asked for. */
export function screenOf(
  link: LinkState,
  snapshot: Snapshot | null,
  page: Page['kind'],
): ScreenKind {
  if (link === 'replaced' || link === 'open-elsewhere') return 'other-window';
  if (link === 'lost') return 'till-stopped';
  if (snapshot === null) return 'starting';
  if (snapshot.phase.kind !== 'ready') return snapshot.phase.kind;
  if (page === 'status') return 'status';
  if (snapshot.selling?.refusal?.code === 'terminal.configuration-changed') {
    return 'configuration-changed';
  }
  if (!snapshot.clock.isTrusted) return 'clock-doubt';
  if (snapshot.selling?.hasEnded === true && showsClosing(snapshot, page)) return 'sales-closed';
  return SESSION_SCREENS[snapshot.session.kind];
}

const SESSION_SCREENS = {
  'signed-out': 'sign-in',
  locked: 'locked',
  active: 'selling',
} as const satisfies Readonly<Record<Snapshot['session']['kind'], ScreenKind>>;

/** After the end of sales the closing screen stands in front, until somebody asks for another page. */
function showsClosing({ session }: Snapshot, page: Page['kind']): boolean {
  return page === 'sell' || (page === 'sign-in' && session.kind === 'active');
}
