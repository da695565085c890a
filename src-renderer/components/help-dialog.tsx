import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { CONTROLS, type ControlName } from '../text/controls.ts';
import { Button } from './button.tsx';

/** What this screen is for, and what each of its controls does (GLI-31 3.2.4a). */
export function HelpDialog(props: {
  readonly guide: string;
  readonly controls: readonly ControlName[];
  readonly onClose: () => void;
}): ReactNode {
  const { guide, controls, onClose } = props;
  return (
    <ModalOverlay className="dialog-overlay" isOpen onOpenChange={onClose}>
      <Modal className="dialog-frame">
        <Dialog className="dialog">
          <header className="dialog-header">
            <Heading slot="title">Help</Heading>
            <Button control="help.close" icon={X} onPress={onClose}>
              Close help
            </Button>
          </header>
          <div className="dialog-body">
            <p className="help-guide">{guide}</p>
            <dl className="help-list">
              {controls.map((control) => (
                <div key={control}>
                  <dt>{CONTROLS[control].name}</dt>
                  <dd>{CONTROLS[control].help}</dd>
                </div>
              ))}
            </dl>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
