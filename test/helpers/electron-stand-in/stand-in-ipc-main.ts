/** Where a message came from, as Electron describes it to a handler. */
export interface StandInSenderFrame {
  readonly url: string;
  readonly parent: StandInSenderFrame | null;
}

/** What a handler is told about the sender of a message. */
export interface StandInInvokeEvent {
  readonly sender: object;
  readonly senderFrame: StandInSenderFrame;
}

type Handler = (event: StandInInvokeEvent, ...args: readonly unknown[]) => unknown;

const handlers = new Map<string, Handler>();

/** Stands in for Electron's `ipcMain`. */
export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`a second handler for ${channel}`);
    handlers.set(channel, handler);
  },
  removeHandler(channel: string): void {
    handlers.delete(channel);
  },
};

/** Runs the handler of a channel, as `ipcRenderer.invoke` does. Rejects if there is none. */
export async function invokeHandler(
  channel: string,
  event: StandInInvokeEvent,
  args: readonly unknown[],
): Promise<unknown> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  return handler(event, ...args);
}
