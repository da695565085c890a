/** A program of Node with its arguments: a path below `node_modules`, or of our own below the root. */
export type Command = readonly [program: string, ...args: string[]];

/** One step of `npm test`. Fast ones are those of `npm run check`. */
export type Stage =
  | {
      readonly kind: 'check';
      readonly name: string;
      readonly isFast: boolean;
      readonly commands: readonly Command[];
    }
  /** The name is also that of a project in `vitest.config.ts` and of its folder below `test/`. */
  | { readonly kind: 'vitest'; readonly name: string; readonly isFast: boolean }
  | { readonly kind: 'playwright'; readonly name: string; readonly isFast: boolean };

/** A stage of one kind. */
export type StageOf<Kind extends Stage['kind']> = Extract<Stage, { readonly kind: Kind }>;

/** Neighbouring stages of one kind, which run together. */
export type Round = {
  readonly [Kind in Stage['kind']]: {
    readonly kind: Kind;
    readonly stages: readonly StageOf<Kind>[];
  };
}[Stage['kind']];

const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const TSC = 'node_modules/typescript/bin/tsc';
const CRUISER = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
const KNIP = 'node_modules/knip/bin/knip.js';

const SOURCES = ['src-shared', 'src-main', 'src-renderer', 'src-central', 'scripts', 'test'];

/**
 * Everything that is checked, in the order in which it starts. Rounds that fail soonest come first;
 * inside a round the longest, so that nothing long is left for the end of it.
 */
export const STAGES: readonly Stage[] = [
  {
    kind: 'check',
    name: 'types',
    isFast: true,
    commands: [
      [TSC, '--project', 'tsconfig.json'],
      [TSC, '--project', 'test/e2e/tsconfig.json'],
      [TSC, '--project', 'src-renderer/tsconfig.json'],
    ],
  },
  {
    kind: 'check',
    name: 'lint',
    isFast: true,
    commands: [[BIOME, 'check', '--formatter-enabled=false', '--error-on-warnings', '.']],
  },
  {
    kind: 'check',
    name: 'layers',
    isFast: true,
    commands: [[CRUISER, '--config', '.dependency-cruiser.mjs', ...SOURCES]],
  },
  { kind: 'check', name: 'dead code', isFast: true, commands: [[KNIP]] },
  { kind: 'check', name: 'format', isFast: true, commands: [[BIOME, 'format', '.']] },
  { kind: 'vitest', name: 'unit', isFast: true },
  { kind: 'vitest', name: 'property', isFast: true },
  { kind: 'vitest', name: 'contract', isFast: true },
  { kind: 'vitest', name: 'migrations', isFast: true },
  { kind: 'vitest', name: 'full-size', isFast: false },
  { kind: 'check', name: 'build', isFast: false, commands: [['scripts/build/main.ts']] },
  { kind: 'vitest', name: 'integration', isFast: false },
  { kind: 'vitest', name: 'central', isFast: false },
  { kind: 'playwright', name: 'end-to-end', isFast: false },
];

/** The stages in rounds, in their order. */
export function inRounds(stages: readonly Stage[]): readonly Round[] {
  const rounds: { kind: Stage['kind']; stages: Stage[] }[] = [];
  for (const stage of stages) {
    const last = rounds.at(-1);
    if (last?.kind === stage.kind) last.stages.push(stage);
    else rounds.push({ kind: stage.kind, stages: [stage] });
  }
  // A round takes its kind from its first stage and only stages of that kind.
  return rounds as readonly Round[];
}
