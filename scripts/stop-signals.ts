import { createInterface } from 'node:readline';

/** One Ctrl-C arrives up to three times: from the terminal, from npm and from our own starter. */
const SAME_CTRL_C_MS = 1_000;

/** What the person at the keyboard, or whoever started us, wants. */
export interface Wishes {
  /** Aborted by a signal or by the end of standard input, which means that our starter is gone. */
  readonly stopping: AbortSignal;
  readonly onEnter: (listener: () => void) => void;
}

/** Listens for wishes. A second Ctrl-C ends this process at once, and the parts notice its end. */
export function listenForWishes(): Wishes {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt !== undefined && performance.now() - firstAt > SAME_CTRL_C_MS) process.exit(130);
    firstAt ??= performance.now();
    controller.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const lines = createInterface({ input: process.stdin });
  lines.once('close', () => controller.abort());
  return {
    stopping: controller.signal,
    onEnter: (listener) => void lines.on('line', listener),
  };
}
