import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const LONGEST_WAIT_MS = 15_000;
const POLL_MS = 100;

const noted = z.array(z.object({ processId: z.number(), program: z.string() }));

/** A process that must not outlive its start, and a part of its command line that tells it from others. */
export type NotedProcess = z.infer<typeof noted>[number];

/** Notes what runs on this data, for the next start in case this one is killed. */
export function noteProcesses(dataDirectory: string, processes: readonly NotedProcess[]): void {
  mkdirSync(dataDirectory, { recursive: true });
  writeFileSync(noteIn(dataDirectory), JSON.stringify(processes));
}

/**
 * Waits until nothing of a killed start works on this data any more. Its processes stop by
 * themselves once they notice; one that has not after 15 s is killed. Throws when this user may not
 * kill it: waiting longer would not help.
 *
 * A process number may belong to somebody else by now, so only one whose command line still names the
 * program counts. Where command lines cannot be read there is nothing to wait for.
 */
export async function clearLeftovers(
  dataDirectory: string,
  report: (line: string) => void,
): Promise<void> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  let left = readNote(dataDirectory).filter(isRunning);
  if (left.length > 0) report('Waiting for the last start, which was killed, to stop');
  while (left.length > 0) {
    await delay(POLL_MS);
    left = left.filter(isRunning);
    if (Date.now() > deadline) for (const { processId } of left) kill(processId);
  }
}

function readNote(dataDirectory: string): readonly NotedProcess[] {
  const file = noteIn(dataDirectory);
  if (!existsSync(file)) return [];
  try {
    return noted.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Half written by a start that was killed: then it had started nothing that it could note.
    return [];
  }
}

function isRunning({ processId, program }: NotedProcess): boolean {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, 'utf8').includes(program);
  } catch {
    return false;
  }
}

function kill(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPERM') {
      throw new Error(
        `Process ${processId} of a killed start still runs; its owner has to stop it`,
      );
    }
    // It has ended since it was last looked at.
    if (code !== 'ESRCH') throw error;
  }
}

function noteIn(dataDirectory: string): string {
  return path.join(dataDirectory, 'running.json');
}
