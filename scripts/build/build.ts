import { exclusively } from '../set-up/exclusive.mjs';
import { buildPart } from './build-part.ts';
import { mainProcessPart } from './main-process-part.ts';
import { rendererPart } from './renderer-part.ts';

const LONGEST_BUILD_MS = 5 * 60_000;

const PARTS = { renderer: rendererPart, main: mainProcessPart };

/** A folder below `dist/`. */
export type PartName = keyof typeof PARTS;

/** Builds the named parts where their sources changed; throws when a source does not compile. */
export async function build(
  root: string,
  names: readonly PartName[],
  report: (line: string) => void,
): Promise<void> {
  const lock = {
    purpose: 'build',
    folder: root,
    waitMs: LONGEST_BUILD_MS,
    onWait: () => report('Another command is building; waiting for it'),
    refusal: `Another command has been building ${root} for too long. Stop it and try again.`,
  };
  await exclusively(lock, async () => {
    for (const name of names) {
      await buildPart(root, PARTS[name](root), report);
    }
  });
}
