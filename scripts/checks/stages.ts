/** One step of `npm test`. Programs are paths below `node_modules`, or of our own below the root. */
export type Stage =
  | {
      readonly kind: 'check';
      readonly name: string;
      readonly isFast: boolean;
      readonly commands: readonly (readonly [program: string, ...args: string[]])[];
    }
  | { readonly kind: 'vitest'; readonly name: string; readonly isFast: boolean }
  | { readonly kind: 'playwright'; readonly name: string; readonly isFast: boolean };

const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const TSC = 'node_modules/typescript/bin/tsc';
const CRUISER = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
const KNIP = 'node_modules/knip/bin/knip.js';

const SOURCES = ['src-shared', 'src-main', 'src-renderer', 'src-central', 'scripts', 'test'];

/** Everything that is checked, in the order in which it runs: what fails soonest comes first. */
export const STAGES: readonly Stage[] = [
  { kind: 'check', name: 'format', isFast: true, commands: [[BIOME, 'format', '.']] },
  {
    kind: 'check',
    name: 'lint',
    isFast: true,
    commands: [[BIOME, 'check', '--formatter-enabled=false', '--error-on-warnings', '.']],
  },
  {
    kind: 'check',
    name: 'types',
    isFast: true,
    commands: [
      [TSC, '--project', 'tsconfig.json'],
      [TSC, '--project', 'src-renderer/tsconfig.json'],
      [TSC, '--project', 'test/e2e/tsconfig.json'],
    ],
  },
  {
    kind: 'check',
    name: 'layers',
    isFast: true,
    commands: [[CRUISER, '--config', '.dependency-cruiser.mjs', ...SOURCES]],
  },
  { kind: 'check', name: 'dead code', isFast: true, commands: [[KNIP]] },
  { kind: 'vitest', name: 'unit', isFast: true },
  { kind: 'vitest', name: 'property', isFast: true },
  { kind: 'vitest', name: 'contract', isFast: true },
  { kind: 'vitest', name: 'migrations', isFast: true },
  { kind: 'check', name: 'build', isFast: false, commands: [['scripts/build/main.ts']] },
  { kind: 'vitest', name: 'integration', isFast: false },
  { kind: 'vitest', name: 'central', isFast: false },
  { kind: 'playwright', name: 'end-to-end', isFast: false },
];
