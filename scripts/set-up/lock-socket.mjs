import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';

/**
 * Listens at a socket, as long as this process lives or until it is closed.
 *
 * Where sockets are files, one whose listener was killed stays behind. It is removed, and the next
 * call finds the place free.
 *
 * @param {string} name
 * @returns {Promise<import('node:net').Server | undefined>} undefined when the place is taken
 */
export async function listenAt(name) {
  const server = await tryToListen(name);
  if (server === undefined && isFile(name) && (await isAbandoned(name))) {
    rmSync(name, { force: true });
  }
  return server;
}

/**
 * @param {string} name
 * @returns {Promise<import('node:net').Server | undefined>}
 */
function tryToListen(name) {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(name, () => {
      server.unref();
      resolve(server);
    });
  });
}

/**
 * Names in the kernel's own space, as Linux and Windows have them, end with their process.
 *
 * @param {string} name
 */
function isFile(name) {
  return !name.startsWith('\0') && !name.startsWith('\\\\.\\pipe\\');
}

/**
 * @param {string} name
 * @returns {Promise<boolean>}
 */
function isAbandoned(name) {
  return new Promise((resolve) => {
    const connection = connect(name);
    connection.once('connect', () => {
      connection.destroy();
      resolve(false);
    });
    connection.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      resolve(error.code === 'ECONNREFUSED'),
    );
  });
}
