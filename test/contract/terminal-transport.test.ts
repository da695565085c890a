import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowserHost } from '#main/hosts/browser/start-browser-host.ts';
import { startElectronStandIn } from '#test/helpers/electron-stand-in/start-electron-stand-in.ts';
import { writeEchoRenderer } from '#test/integration/hosts/fixtures/echo-renderer.ts';
import { createEchoTerminal } from '#test/integration/hosts/fixtures/echo-terminal.ts';
import { enter, openScreen } from '#test/integration/hosts/fixtures/http-client.ts';
import {
  runTerminalTransportContract,
  type TransportHarness,
} from './terminal-transport.contract.ts';

runTerminalTransportContract('in memory', startInMemory);
runTerminalTransportContract('over a WebSocket', startWebSocket);
runTerminalTransportContract('over the Electron stand-in', startStandIn);

async function startInMemory(): Promise<TransportHarness> {
  const { transport, stop } = createEchoTerminal();
  return {
    async connect() {
      return {
        request: transport.handle,
        async listen() {
          const seen: unknown[] = [];
          const unsubscribe = transport.subscribe((event) => seen.push(event));
          return {
            async stop() {
              unsubscribe();
              return seen;
            },
          };
        },
        async leave() {},
      };
    },
    stop,
  };
}

async function startWebSocket(): Promise<TransportHarness> {
  const renderer = await writeEchoRenderer();
  const host = await startBrowserHost({
    transport: createEchoTerminal().transport,
    rendererDirectory: renderer.directory,
    monotonicMs: () => performance.now(),
  });
  const cookie = await enter(host.issueLink(60_000));
  return {
    async connect() {
      const screen = await openScreen(host.origin, { origin: host.origin, cookie });
      return {
        request: screen.ask,
        async listen() {
          const from = screen.frames.length;
          return {
            async stop() {
              return screen.frames.slice(from).filter(isEvent);
            },
          };
        },
        async leave() {
          screen.socket.close();
          await screen.closed;
        },
      };
    },
    async stop() {
      await host.stop();
      await renderer.remove();
    },
  };
}

async function startStandIn(): Promise<TransportHarness> {
  const renderer = await writeEchoRenderer();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'counterfoil-data-'));
  const till = await startElectronStandIn({
    args: ['--data', dataDirectory, '--renderer', renderer.directory],
    replacedModules: {
      '#main/terminal/start-terminal.ts': new URL(
        '../integration/hosts/fixtures/echo-start-terminal.ts',
        import.meta.url,
      ).href,
    },
  });
  const { page } = till;
  return {
    async connect() {
      return {
        request: (frame) => page.evaluate(`counterfoil.request(${JSON.stringify(frame)})`),
        async listen() {
          await page.evaluate(`{
            globalThis.seen = [];
            globalThis.unlisten = counterfoil.onEvent((event) => seen.push(event));
          }`);
          return { stop: () => page.evaluate('unlisten(), seen') };
        },
        async leave() {
          await page.reload();
        },
      };
    },
    async stop() {
      await till.kill();
      await renderer.remove();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

function isEvent(frame: unknown): boolean {
  return typeof frame === 'object' && frame !== null && 'kind' in frame && frame.kind === 'event';
}
