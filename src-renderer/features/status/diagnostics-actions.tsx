import { FileDown, Stethoscope } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import type { Diagnostics } from './use-diagnostics.ts';

/** The buttons for diagnostics and export. */
export function DiagnosticsActions({
  diagnostics,
}: {
  readonly diagnostics: Diagnostics;
}): ReactNode {
  const { show, save } = diagnostics;
  return (
    <>
      <Button
        control="diagnostics.open"
        icon={Stethoscope}
        isDisabled={show.call.state === 'waiting'}
        onPress={() => void show.run({})}
      >
        Diagnostics
      </Button>
      <Button
        control="diagnostics.export"
        icon={FileDown}
        isDisabled={save.call.state === 'waiting'}
        onPress={() => void save.run({})}
      >
        Export
      </Button>
    </>
  );
}
