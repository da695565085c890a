import { createInterface } from 'node:readline';

/** What a host process hears from whoever started it. */
export interface LauncherWishes {
  /** Runs `answer` for every line `link` on standard input. */
  readonly onLinkAsked?: () => void;
  /** Whether the end of standard input is a wish to stop. */
  readonly exitsWithParent: boolean;
}

/**
 * Resolves when the process is asked to stop: by SIGTERM, by SIGINT, or, with `exitsWithParent`, by
 * the end of standard input, which comes also when the launcher was killed.
 */
export function whenAskedToStop({ onLinkAsked, exitsWithParent }: LauncherWishes): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
    outliveOutput();
    const lines = createInterface({ input: process.stdin });
    lines.on('line', (line) => {
      if (line.trim() === 'link') onLinkAsked?.();
    });
    lines.once('close', () => {
      if (exitsWithParent) resolve();
    });
  });
}

/** A launcher that was killed takes its ends of our output with it; stopping cleanly comes first. */
function outliveOutput(): void {
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}

/** Writes one JSON line to standard output, for the program that started this one. */
export function tellLauncher(message: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Writes one line to standard error, for a person. */
export function tellPerson(line: string): void {
  process.stderr.write(`${line}\n`);
}
