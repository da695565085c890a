import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';

const peopleSchema = z.array(
  z.object({ displayName: z.string(), number: z.string(), pin: z.string() }),
);

/** The people of the demonstration with their PINs, for its sign-in screen. */
export function readDemoPeople(programDirectory: string): NonNullable<Snapshot['demo']> {
  const file = path.join(programDirectory, 'resources', 'demo', 'people.json');
  return { people: peopleSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) };
}
