import { AppWindow } from 'lucide-react';
import type { ReactNode } from 'react';

/** Another window shows the till now; two would confuse the seller. */
export function OtherWindowScreen(): ReactNode {
  return (
    <main className="screen screen-warning">
      <div className="screen-centre" role="alert">
        <AppWindow className="screen-spinner" aria-hidden="true" />
        <h1 className="screen-huge">The till is open in another window</h1>
        <p className="screen-lead">Go on selling there, and close this window.</p>
      </div>
    </main>
  );
}
