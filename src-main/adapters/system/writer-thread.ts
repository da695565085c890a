import { Worker } from 'node:worker_threads';
import type { WriterAnswer, WriterRequest } from './journal-writer-messages.ts';

/** A request without the number that its answer is known by. */
type Question = WriterRequest extends infer Request
  ? Request extends WriterRequest
    ? Omit<Request, 'id'>
    : never
  : never;

/** The writer's thread as the main thread sees it. */
export interface WriterThread {
  /** Never rejects: a thread that dies answers `failed`, and the next question starts another. */
  ask(question: Question): Promise<WriterAnswer>;
  /** Waits for the answers that are due, at most `longestWaitMs`, and ends the thread. */
  close(longestWaitMs: number): Promise<void>;
}

/** Starts the thread with the first question. */
export function createWriterThread(script: URL): WriterThread {
  const due = new Map<number, (answer: WriterAnswer) => void>();
  let worker: Worker | undefined;
  let lastId = 0;

  const settle = (answer: WriterAnswer): void => {
    due.get(answer.id)?.(answer);
    due.delete(answer.id);
  };
  const failAll = (cause: string): void => {
    worker = undefined;
    for (const id of [...due.keys()]) settle({ kind: 'failed', id, cause });
  };
  const start = (): Worker => {
    const started = new Worker(script);
    started.on('message', settle);
    started.on('error', (error) => failAll(`the writer failed: ${String(error)}`));
    started.on('exit', () => {
      if (worker === started) failAll('the writer ended');
    });
    return started;
  };

  return {
    ask: (question) =>
      new Promise((resolve) => {
        lastId += 1;
        due.set(lastId, resolve);
        worker ??= start();
        worker.postMessage({ ...question, id: lastId });
      }),
    close: async (longestWaitMs) => {
      const answered = Promise.all([...due.keys()].map((id) => whenSettled(due, id)));
      await Promise.race([answered, patience(longestWaitMs)]);
      const ending = worker;
      worker = undefined;
      await ending?.terminate();
    },
  };
}

function whenSettled(due: Map<number, (answer: WriterAnswer) => void>, id: number): Promise<void> {
  return new Promise((resolve) => {
    const settle = due.get(id);
    due.set(id, (answer) => {
      settle?.(answer);
      resolve();
    });
  });
}

function patience(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
