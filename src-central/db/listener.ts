import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const RECONNECT_MS = 1_000;

/** A connection that waits for notifications. */
export interface Listener {
  /** Ends the connection and stops reconnecting. */
  close(): Promise<void>;
}

/**
 * Calls `onNotification` with the payload of every notification on `channel`.
 *
 * Notifications reach every API process, whichever of them caused the change. After a broken
 * connection `onGap` is called as soon as it is back: what was sent in between is lost.
 */
export async function listenTo(
  url: string,
  channel: string,
  handlers: { onNotification(payload: string): void; onGap(): void },
): Promise<Listener> {
  let isClosed = false;
  let client = await connect();

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    next.on('notification', (message) => handlers.onNotification(message.payload ?? ''));
    next.on('error', () => undefined);
    try {
      await next.connect();
      await next.query(`LISTEN ${next.escapeIdentifier(channel)}`);
    } catch (error) {
      void next.end();
      throw error;
    }
    // Only now: a client that never connected ends too, and whoever tried it tries again already.
    next.once('end', () => void reconnect());
    return next;
  }

  async function reconnect(): Promise<void> {
    while (!isClosed) {
      await sleep(RECONNECT_MS, undefined, { ref: false });
      try {
        client = await connect();
      } catch {
        // The database is still away: the next round tries again, until somebody closes this.
        continue;
      }
      if (isClosed) await client.end();
      else handlers.onGap();
      return;
    }
  }

  return {
    async close() {
      isClosed = true;
      await client.end();
    },
  };
}
