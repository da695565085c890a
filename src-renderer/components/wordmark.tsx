import type { ReactNode } from 'react';

/** The product's mark: a ticket, half of which is the counterfoil that stays. */
export function Wordmark(): ReactNode {
  return (
    <p className="wordmark">
      <svg viewBox="0 0 48 32" aria-hidden="true">
        <path
          className="wordmark-stub"
          d="M3 2h12v28H3a2 2 0 0 1-2-2v-7a5 5 0 0 0 0-10V4a2 2 0 0 1 2-2z"
        />
        <path
          className="wordmark-ticket"
          d="M19 2h26a2 2 0 0 1 2 2v7a5 5 0 0 0 0 10v7a2 2 0 0 1-2 2H19z"
        />
      </svg>
      Counterfoil
    </p>
  );
}
