import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { EventFrame } from '#shared/contract/terminal/frames.ts';
import { SCREEN_BRIDGE, type ScreenBridge } from '#shared/contract/terminal/screen-bridge.ts';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from './bridge-channels.ts';

/** The page gets these two functions and no other way out of its sandbox: no channel names, no IPC. */
const bridge = {
  request: (frame) => ipcRenderer.invoke(REQUEST_CHANNEL, frame),
  onEvent: (listener) => {
    const forward = (_event: IpcRendererEvent, event: EventFrame): void => listener(event);
    ipcRenderer.on(EVENT_CHANNEL, forward);
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, forward);
    };
  },
} satisfies ScreenBridge;

contextBridge.exposeInMainWorld(SCREEN_BRIDGE, bridge);
