import { z } from 'zod';
import { instantFromEpoch } from '#shared/kernel/instant.ts';

/** A time with its zone, such as `2026-11-28T18:00:00-08:00`. */
export const timeOption = z.iso
  .datetime({ offset: true, message: 'must be a time with its zone: 2026-11-28T18:00:00-08:00' })
  .transform((text) => instantFromEpoch(Date.parse(text)));

/** A whole number that is more than 0. */
export const countOption = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'must be a whole number')
  .transform(Number);
