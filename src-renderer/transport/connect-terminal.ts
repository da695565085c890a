import { SCREEN_BRIDGE, type ScreenBridge } from '#shared/contract/terminal/screen-bridge.ts';
import { TRANSPORT_PATH } from '#shared/contract/terminal/screen-socket.ts';
import { createBridgeLink } from './bridge-link.ts';
import { createSocketLink } from './socket-link.ts';
import { createTerminalClient, type TerminalClient } from './terminal-client.ts';

declare global {
  interface Window {
    readonly [SCREEN_BRIDGE]?: ScreenBridge;
  }
}

/** Connects this page to its terminal: through Electron's preload if there is one, else by socket. */
export function connectTerminal(): TerminalClient {
  const bridge = window[SCREEN_BRIDGE];
  return createTerminalClient(
    bridge === undefined ? createSocketLink(openSocket) : createBridgeLink(bridge),
  );
}

function openSocket(): WebSocket {
  const { protocol, host } = window.location;
  return new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${TRANSPORT_PATH}`);
}
