import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { raffleEventPlanSchema } from '../raffle-event-plan.ts';
import type { AdminRefusal } from './admin-command.ts';

/** Reads a raffle event's plan from a JSON file. Refuses what is not there or does not fit, in one line. */
export function readPlan(
  file: string,
): Result<z.infer<typeof raffleEventPlanSchema>, AdminRefusal> {
  const content = readJson(file);
  if (!content.ok) return content;
  const parsed = raffleEventPlanSchema.safeParse(content.value);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return refusePlan(`${file}: ${issue?.path.join('.')}: ${issue?.message}`);
}

function readJson(file: string): Result<unknown, AdminRefusal> {
  try {
    return ok(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return refusePlan(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}

function refusePlan(detail: string): Result<never, AdminRefusal> {
  return refuse({ code: 'file.invalid', detail });
}
