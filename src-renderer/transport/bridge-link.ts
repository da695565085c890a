import type { ScreenBridge } from '#shared/contract/terminal/screen-bridge.ts';
import type { TerminalLink } from './terminal-link.ts';

/**
 * The link through Electron's preload.
 *
 * It is never lost: the main process is the terminal, and the window does not outlive it.
 */
export function createBridgeLink(bridge: ScreenBridge): TerminalLink {
  let nextId = 0;
  return {
    async request(operation, input) {
      const id = nextId;
      nextId += 1;
      const { outcome } = await bridge.request({ kind: 'request', id, operation, input });
      return outcome;
    },
    onEvent: (listener) => bridge.onEvent(listener),
    state: () => 'connected',
    onStateChanged: () => () => undefined,
  };
}
