import { type JournalFile, openJournalFile } from './journal-file.ts';
import type { WriterAnswer, WriterRequest } from './journal-writer-messages.ts';

/**
 * Serves requests to one second journal file, in order.
 *
 * Appends that wait for each other are written together and flushed once. After a failure the file is
 * closed: what it holds then is known only once it is opened again.
 */
export function createJournalFileWriter(
  answer: (answer: WriterAnswer) => void,
): (requests: readonly WriterRequest[]) => void {
  let file: JournalFile | undefined;

  const open = (request: Extract<WriterRequest, { kind: 'open' }>): void => {
    try {
      file?.close();
      file = undefined;
      file = openJournalFile(request.path);
      answer({ kind: 'opened', id: request.id, last: file.last });
    } catch (error) {
      answer({ kind: 'failed', id: request.id, cause: wordsOf(error) });
    }
  };
  const append = (waiting: readonly Extract<WriterRequest, { kind: 'append' }>[]): void => {
    if (waiting.length === 0) return;
    const cause = tryAppend(waiting.map(({ lines }) => lines).join(''));
    for (const { id } of waiting) {
      answer(cause === undefined ? { kind: 'flushed', id } : { kind: 'failed', id, cause });
    }
  };
  const tryAppend = (lines: string): string | undefined => {
    if (file === undefined) return 'the file is not open';
    try {
      file.append(lines);
      return undefined;
    } catch (error) {
      file.close();
      file = undefined;
      return wordsOf(error);
    }
  };

  return (requests) => {
    let waiting: Extract<WriterRequest, { kind: 'append' }>[] = [];
    for (const request of requests) {
      if (request.kind === 'append') {
        waiting.push(request);
        continue;
      }
      append(waiting);
      waiting = [];
      open(request);
    }
    append(waiting);
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
