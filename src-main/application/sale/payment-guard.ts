/** Knows whether a payment is being saved: the screen must stay as it is until its answer. */
export interface PaymentGuard {
  during<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Resolves once no payment is being saved; at once if none is. */
  whenIdle(): Promise<void>;
}

/** A guard with no payment running. */
export function createPaymentGuard(): PaymentGuard {
  const running = new Set<Promise<unknown>>();
  return {
    async during(work) {
      const payment = work();
      running.add(payment);
      try {
        return await payment;
      } finally {
        running.delete(payment);
      }
    },
    async whenIdle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
