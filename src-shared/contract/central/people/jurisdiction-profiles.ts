import { z } from 'zod';
import type { ProfileId } from '#shared/kernel/ids.ts';
import { jurisdictionProfileSchema } from '../../mirror/jurisdiction-profile.ts';
import { idSchema, instantSchema } from '../../values.ts';
import { pageQuery, pageSchema, yesOrNoSchema } from './paging.ts';

/** The rules of a regulator as an organisation keeps them. A raffle event gets its own frozen copy. */
export const keptProfileSchema = z
  .strictObject({
    profileId: idSchema<ProfileId>(),
    /** Raised by each change of the rules. */
    version: z.int().positive(),
    profile: jurisdictionProfileSchema,
    isActive: z.boolean(),
    revision: z.string(),
  })
  .meta({ id: 'KeptProfile' });

export type KeptProfile = z.infer<typeof keptProfileSchema>;

export const newProfileSchema = z
  .strictObject({ profile: namedProfileSchema() })
  .meta({ id: 'NewProfile' });

export type NewProfile = z.infer<typeof newProfileSchema>;

/** All of it, as it is to be. `isActive` is false for one that is retired. */
export const changedProfileSchema = z
  .strictObject({ profile: namedProfileSchema(), isActive: z.boolean() })
  .meta({ id: 'ChangedProfile' });

export type ChangedProfile = z.infer<typeof changedProfileSchema>;

/** What the rules were at some time. */
export const profileVersionSchema = z
  .strictObject({
    version: z.int().positive(),
    profile: jurisdictionProfileSchema,
    /** `user:<id>`, or the name of a program. */
    madeBy: z.string(),
    madeAt: instantSchema,
  })
  .meta({ id: 'ProfileVersion' });

export type ProfileVersion = z.infer<typeof profileVersionSchema>;

export const profileQuerySchema = z.strictObject({
  ...pageQuery,
  isActive: yesOrNoSchema.optional(),
});

export const profilePageSchema = pageSchema(keptProfileSchema).meta({ id: 'KeptProfilePage' });

export const profileVersionQuerySchema = z.strictObject(pageQuery);

export const profileVersionPageSchema = pageSchema(profileVersionSchema).meta({
  id: 'ProfileVersionPage',
});

/** What tills read without a complaint, and what a person may not have meant. */
function namedProfileSchema() {
  return jurisdictionProfileSchema
    .refine(({ name }) => name.trim() !== '', { message: 'must have a name', path: ['name'] })
    .refine(({ noteDenominationsMinor: notes }) => isAscending(notes), {
      message: 'must be ascending, each once',
      path: ['noteDenominationsMinor'],
    })
    .refine(({ tenders }) => new Set(tenders).size === tenders.length, {
      message: 'must name each tender once',
      path: ['tenders'],
    });
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((each, index) => index === 0 || each > (numbers[index - 1] ?? each));
}
