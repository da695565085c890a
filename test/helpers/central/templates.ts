import { transactAs } from '#central/db/database.ts';
import { insertProfile } from '#central/modules/jurisdiction-profiles/repository.ts';
import { insertPrizeTemplate } from '#central/modules/prize-templates/repository.ts';
import { insertPackageTemplate } from '#central/modules/ticket-package-templates/repository.ts';
import type {
  OrganisationId,
  PackageTemplateId,
  PrizeTemplateId,
  ProfileId,
} from '#shared/kernel/ids.ts';
import { TEST_PROFILE, type TestCentral } from './test-central.ts';

/** One template of each kind and a profile. */
export interface TestTemplates {
  readonly packageTemplateId: PackageTemplateId;
  readonly prizeTemplateId: PrizeTemplateId;
  readonly profileId: ProfileId;
}

/** What a raffle event can be made from: 3 numbers for 500, and half of the sales. */
export function createTestTemplates(
  { central }: TestCentral,
  organisationId: OrganisationId,
): Promise<TestTemplates> {
  const author = { userId: null, now: central.now() };
  return transactAs(central.database, 'test', async (transaction) => ({
    packageTemplateId: await insertPackageTemplate(
      transaction,
      organisationId,
      {
        name: '3 numbers',
        description: null,
        numberCount: 3,
        priceMinor: 500,
        displayOrder: 0,
      },
      author,
    ),
    prizeTemplateId: await insertPrizeTemplate(
      transaction,
      organisationId,
      {
        name: 'Half',
        description: null,
        award: { kind: 'percentage', hundredthsOfPercent: 5_000, capMinor: null },
      },
      author,
    ),
    profileId: await insertProfile(
      transaction,
      organisationId,
      { profile: { ...TEST_PROFILE, name: 'Of a test' } },
      author,
    ),
  }));
}
