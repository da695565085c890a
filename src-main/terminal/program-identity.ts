import {
  identifySoftware,
  type SoftwareIdentity,
} from '#main/adapters/system/software-identity.ts';
import type { TerminalConfiguration } from './configuration.ts';

/** The files that are the program: the sources, or the bundles where only those are installed. */
export const PROGRAM_PARTS = [
  'dist/main',
  'dist/renderer',
  'migrations',
  'package.json',
  'src-main',
  'src-shared',
];

/** Which program runs, and what was changed in it since it was shipped (GLI-31 3.5). */
export function identifyProgram({ programDirectory }: TerminalConfiguration): SoftwareIdentity {
  return identifySoftware({ programDirectory, parts: PROGRAM_PARTS });
}
