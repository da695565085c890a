import { PowerOff } from 'lucide-react';
import type { ReactNode } from 'react';

/** The terminal is gone. The page comes back by itself once it answers again. */
export function TillStoppedScreen(): ReactNode {
  return (
    <main className="screen screen-danger">
      <div className="screen-centre" role="alert">
        <PowerOff className="screen-spinner" aria-hidden="true" />
        <h1 className="screen-huge">Till stopped</h1>
        <p className="screen-lead">Take no money now. Nothing that was sold is lost.</p>
        <p>
          This screen comes back by itself. If it does not within a minute, start the till again or
          call the technician.
        </p>
      </div>
    </main>
  );
}
