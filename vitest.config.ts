import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What one kind of test needs; each has its folder below `test/` and its own `--project` name. */
interface Kind {
  readonly name: string;
  readonly longestTestSeconds: number;
  /** Its files share a worker's modules: loading them anew for each file costs more than the tests. */
  readonly sharesModules?: boolean;
  /** Runs a PostgreSQL for all of its tests. */
  readonly needsDatabase?: boolean;
}

/** The same for every kind, so that all can run at once; few, because many tests run servers. */
const MAX_WORKERS = Math.min(4, Math.max(2, availableParallelism()));

const KINDS: readonly Kind[] = [
  { name: 'unit', longestTestSeconds: 10, sharesModules: true },
  { name: 'property', longestTestSeconds: 120, sharesModules: true },
  { name: 'contract', longestTestSeconds: 30 },
  { name: 'migrations', longestTestSeconds: 60, needsDatabase: true },
  { name: 'full-size', longestTestSeconds: 600, sharesModules: true, needsDatabase: true },
  { name: 'integration', longestTestSeconds: 90, needsDatabase: true },
  { name: 'central', longestTestSeconds: 90, needsDatabase: true },
];

export default defineConfig({
  test: {
    projects: KINDS.map(({ name, longestTestSeconds, sharesModules, needsDatabase }) => ({
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        environment: 'node',
        testTimeout: longestTestSeconds * 1000,
        hookTimeout: longestTestSeconds * 1000,
        maxWorkers: MAX_WORKERS,
        isolate: sharesModules !== true,
        ...(needsDatabase === true
          ? { globalSetup: ['test/helpers/central/start-database-server.ts'] }
          : {}),
      },
    })),
  },
});
