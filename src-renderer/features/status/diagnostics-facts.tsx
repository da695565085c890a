import { FileCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Callout } from '../../components/callout.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { countOf } from '../../text/format-numbers.ts';
import type { Diagnostics } from './use-diagnostics.ts';

/** What diagnostics and export came back with. */
export function DiagnosticsFacts({
  diagnostics,
}: {
  readonly diagnostics: Diagnostics;
}): ReactNode {
  const { show, save } = diagnostics;
  return (
    <>
      {save.call.state === 'refused' ? <FailureNotice failure={save.call.failure} /> : null}
      {save.call.state === 'done' ? (
        <Callout tone="good" icon={FileCheck}>
          <strong>Exported.</strong> {countOf(save.call.value.entryCount, 'entry', 'entries')} in{' '}
          <span className="path">{save.call.value.folder}</span>
        </Callout>
      ) : null}
      {show.call.state === 'refused' ? <FailureNotice failure={show.call.failure} /> : null}
      {show.call.state === 'done'
        ? show.call.value.sections.map(({ title, facts }) => (
            <FactList key={title} title={title} facts={facts} />
          ))
        : null}
    </>
  );
}
