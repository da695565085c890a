import { Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { Callout } from '../../components/callout.tsx';
import { useSnapshot } from '../../stores/store-context.tsx';
import { PRINTER_WORDS } from '../../text/printer-words.ts';

/** What is wrong with the printer and what to do, while something is. */
export function PrinterCallout(): ReactNode {
  const { condition } = useSnapshot().printer;
  const { name, action } = PRINTER_WORDS[condition];
  if (action === null) return null;
  return (
    <Callout tone="warning" icon={Printer}>
      <strong>{name}.</strong> {action}.
    </Callout>
  );
}
