/** The one channel on which the page asks. */
export const REQUEST_CHANNEL = 'counterfoil:request';

/** The one channel on which the terminal tells the page something. */
export const EVENT_CHANNEL = 'counterfoil:event';
