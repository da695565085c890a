import { parentPort } from 'node:worker_threads';
import { createJournalFileWriter } from '#main/adapters/system/journal-file-writer.ts';
import type { WriterRequest } from '#main/adapters/system/journal-writer-messages.ts';
import { invariant } from '#shared/kernel/invariant.ts';

/**
 * The thread that writes the second journal file: a slow card holds up nobody but those who wait.
 *
 * What arrives while the disk is busy is written together.
 */

const port = parentPort;
invariant(port !== null, 'the journal writer runs as a worker thread');

const serve = createJournalFileWriter((answer) => port.postMessage(answer));
let waiting: WriterRequest[] = [];

port.on('message', (request: WriterRequest) => {
  waiting.push(request);
  if (waiting.length > 1) return;
  setImmediate(() => {
    const requests = waiting;
    waiting = [];
    serve(requests);
  });
});
