import { ArrowLeft, FileCog } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Screen } from '../../components/screen.tsx';
import { useStores } from '../../stores/store-context.tsx';
import { GUIDES } from '../../text/guides.ts';
import { ApprovalForm } from '../approval/approval-form.tsx';

/** A technician accepts the changed settings of this computer (GLI-31 3.2.2b). */
export function ConfigurationChangedScreen(): ReactNode {
  const { client } = useStores();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Screen
      title="The settings have changed"
      icon={FileCog}
      tone="warning"
      guide={GUIDES.configuration}
      actions={
        isAsking ? (
          <Button control="back" icon={ArrowLeft} onPress={() => setIsAsking(false)}>
            Back
          </Button>
        ) : (
          <Button control="configuration.approve" look="primary" onPress={() => setIsAsking(true)}>
            Approve the settings
          </Button>
        )
      }
    >
      {isAsking ? (
        <ApprovalForm
          approver="technician"
          question="Approve the settings"
          submit={(approval) => client.request('configuration.approve', { approval })}
        />
      ) : (
        <div className="screen-centre">
          <p className="screen-lead">Nobody can sell until a technician has approved them.</p>
          <p>Sales made before are safe, and are still being sent.</p>
        </div>
      )}
    </Screen>
  );
}
