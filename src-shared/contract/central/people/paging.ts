import { z } from 'zod';

/** The most rows of one page. */
const LARGEST_PAGE = 200;

/** Which part of a list is asked for; spread into the query of every list. */
export const pageQuery = {
  /** `nextCursor` of the page before; absent for the first page. */
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50),
};

/** A page of a list. `nextCursor` is null on the last page. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** A yes or no in a query. */
export const yesOrNoSchema = z.enum(['true', 'false']).transform((text) => text === 'true');
