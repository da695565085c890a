import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The network between a till and its central. */
export interface CuttableLink {
  /** The central as the till reaches it. */
  readonly url: string;
  /** From now on nothing gets through, and what was open breaks. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A network that works. */
export async function openLink(centralUrl: string): Promise<CuttableLink> {
  const { port } = new URL(centralUrl);
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((till) => {
    if (isCut) {
      till.destroy();
      return;
    }
    const central = connect(Number(port), '127.0.0.1');
    for (const socket of [till, central]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        open.delete(socket);
        till.destroy();
        central.destroy();
      });
    }
    till.pipe(central).pipe(till);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakAll = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      breakAll();
    },
    mend() {
      isCut = false;
    },
    async close() {
      server.close();
      breakAll();
      await once(server, 'close');
    },
  };
}
