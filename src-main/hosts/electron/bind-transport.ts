import type { BrowserWindow, IpcMain } from 'electron';
import type { TerminalTransport } from '#main/transport/terminal-transport.ts';
import { failure } from '#shared/contract/failures.ts';
import { type ReplyFrame, requestFrameSchema } from '#shared/contract/terminal/frames.ts';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from './bridge-channels.ts';
import { isTrustedSender, senderOf } from './sender-guard.ts';

/**
 * Joins one window to the terminal: frames in on one channel, events out on another.
 *
 * A caller that is not the till's own page is answered with `caller.untrusted`, so that it cannot
 * take silence for success.
 */
export function bindTransport(
  ipcMain: IpcMain,
  window: BrowserWindow,
  transport: TerminalTransport,
): void {
  const { webContents } = window;
  ipcMain.handle(REQUEST_CHANNEL, (event, frame: unknown) =>
    isTrustedSender(senderOf(event, webContents))
      ? transport.handle(frame)
      : untrustedCaller(frame),
  );
  const unsubscribe = transport.subscribe((event) => {
    if (!webContents.isDestroyed()) webContents.send(EVENT_CHANNEL, event);
  });
  window.once('closed', () => {
    unsubscribe();
    ipcMain.removeHandler(REQUEST_CHANNEL);
  });
}

function untrustedCaller(frame: unknown): ReplyFrame {
  const parsed = requestFrameSchema.safeParse(frame);
  return {
    kind: 'reply',
    id: parsed.success ? parsed.data.id : null,
    outcome: { ok: false, failure: failure('caller.untrusted') },
  };
}
