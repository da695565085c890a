import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';

/** The terminal is saving the sale. There is nothing to tap. */
export function SavingPane(): ReactNode {
  return (
    <section className="pay-pane saving-pane" aria-label="Payment" aria-busy="true">
      <LoaderCircle className="pane-icon is-turning" aria-hidden="true" />
      <p role="status">Saving the sale</p>
    </section>
  );
}
