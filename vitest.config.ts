import { defineConfig } from 'vitest/config';

/** What one kind of test needs; each has its folder below `test/` and its own `--project` name. */
interface Kind {
  readonly name: string;
  readonly longestTestSeconds: number;
  /** Kept low where every worker runs servers of its own. */
  readonly maxWorkers?: number;
  /** Runs a PostgreSQL for all of its tests. */
  readonly needsDatabase?: boolean;
}

const KINDS: readonly Kind[] = [
  { name: 'unit', longestTestSeconds: 10 },
  { name: 'property', longestTestSeconds: 120 },
  { name: 'contract', longestTestSeconds: 30 },
  { name: 'migrations', longestTestSeconds: 60, maxWorkers: 2, needsDatabase: true },
  { name: 'integration', longestTestSeconds: 90, maxWorkers: 2, needsDatabase: true },
  { name: 'central', longestTestSeconds: 90, maxWorkers: 2, needsDatabase: true },
];

export default defineConfig({
  test: {
    projects: KINDS.map(({ name, longestTestSeconds, maxWorkers, needsDatabase }) => ({
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        environment: 'node',
        testTimeout: longestTestSeconds * 1000,
        hookTimeout: longestTestSeconds * 1000,
        ...(maxWorkers === undefined ? {} : { maxWorkers }),
        ...(needsDatabase === true
          ? { globalSetup: ['test/helpers/central/start-database-server.ts'] }
          : {}),
      },
    })),
  },
});
