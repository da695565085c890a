import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { isTerminalAddress } from './terminal-address.ts';

/** Where a message over IPC comes from. */
export interface Sender {
  /** The address of the frame that sent it; undefined if that frame is gone. */
  readonly frameUrl: string | undefined;
  readonly isMainFrame: boolean;
  readonly isOurWindow: boolean;
}

/** Whether a message comes from the till's own page: our window, its main frame, our origin. */
export function isTrustedSender({ frameUrl, isMainFrame, isOurWindow }: Sender): boolean {
  return isOurWindow && isMainFrame && frameUrl !== undefined && isTerminalAddress(frameUrl);
}

/** The facts about the sender of one IPC message. */
export function senderOf(event: IpcMainInvokeEvent, ours: WebContents): Sender {
  return {
    frameUrl: event.senderFrame?.url,
    isMainFrame: event.senderFrame?.parent === null,
    isOurWindow: event.sender === ours,
  };
}
