import { CircleHelp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ControlName } from '../text/controls.ts';
import { Button } from './button.tsx';
import { controlsOnScreen } from './controls-on-screen.ts';
import { HelpDialog } from './help-dialog.tsx';

/** Opens the help of the screen it stands on. */
export function HelpButton(props: {
  readonly guide: string;
  readonly size: 'touch' | 'normal';
}): ReactNode {
  const [controls, setControls] = useState<readonly ControlName[] | null>(null);
  return (
    <>
      <Button
        control="help.open"
        size={props.size}
        icon={CircleHelp}
        onPress={() => setControls(controlsOnScreen(document))}
      >
        Help
      </Button>
      {controls === null ? null : (
        <HelpDialog guide={props.guide} controls={controls} onClose={() => setControls(null)} />
      )}
    </>
  );
}
