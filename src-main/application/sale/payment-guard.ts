/** Knows whether a payment is being saved: the screen must stay as it is until its answer. */
export interface PaymentGuard {
  isPaying(): boolean;
  during<Value>(work: () => Promise<Value>): Promise<Value>;
}

/** A guard with no payment running. */
export function createPaymentGuard(): PaymentGuard {
  let running = 0;
  return {
    isPaying: () => running > 0,
    async during(work) {
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
      }
    },
  };
}
