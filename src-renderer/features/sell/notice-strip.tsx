import { ChevronRight, CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSnapshot, useStores } from '../../stores/store-context.tsx';
import { useTerminalTime } from '../../stores/use-terminal-time.ts';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { type Notice, noticesOf } from './notices.ts';

const ICONS = { info: Info, warning: TriangleAlert, danger: CircleAlert } as const;

/**
 * The strip above the packages: the most urgent message, or quietly which raffle this is. It always
 * keeps its place, so that nothing moves under a finger when a message comes.
 */
export function NoticeStrip(): ReactNode {
  const snapshot = useSnapshot();
  const nowMs = useTerminalTime();
  const notices = noticesOf(snapshot, nowMs, { timeZone: useTimeZone() });
  const [first] = notices;
  return (
    <div className="notice-place">
      {first === undefined ? (
        <RaffleName />
      ) : (
        <NoticeMessage notice={first} othersCount={notices.length - 1} />
      )}
    </div>
  );
}

function RaffleName(): ReactNode {
  const { selling, terminal, demo } = useSnapshot();
  return (
    <p className="raffle-name">
      <span>
        <strong>{selling?.name}</strong> {terminal?.venueName}
      </span>
      {demo === null ? null : <span className="demo-mark">Demo: tickets are not valid</span>}
    </p>
  );
}

function NoticeMessage(props: {
  readonly notice: Notice;
  readonly othersCount: number;
}): ReactNode {
  const { navigation } = useStores();
  const { tone, text, leadsTo } = props.notice;
  const Icon = ICONS[tone];
  const words = (
    <>
      <Icon className="notice-icon" aria-hidden="true" />
      <span className="notice-text">{text}</span>
      {props.othersCount === 0 ? null : (
        <span className="notice-others">+{props.othersCount} more</span>
      )}
    </>
  );
  if (leadsTo === null) {
    return (
      <p className={`notice notice-${tone}`} role="status">
        {words}
      </p>
    );
  }
  return (
    <button
      type="button"
      className={`notice notice-${tone}`}
      data-control="notice.open"
      onClick={() => navigation.setState({ page: { kind: leadsTo } })}
    >
      {words}
      <ChevronRight className="notice-icon" aria-hidden="true" />
    </button>
  );
}
