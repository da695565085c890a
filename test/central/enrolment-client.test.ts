import { createEnrolmentClient } from '#main/adapters/central/enrolment-client.ts';
import { runEnrolmentClientContract } from '#test/contract/enrolment-client.contract.ts';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
} from '#test/helpers/central/test-central.ts';
import { verifier } from '#test/helpers/sync/key-pair.ts';
import { clock, random } from '#test/helpers/sync/running-till.ts';

runEnrolmentClientContract('over HTTP, with a real central', async () => {
  const central = await startTestCentral();
  const { code } = await createTestRsu(central, await createTestOrganisation(central));
  return {
    client: createEnrolmentClient({ clock, random, verifier }),
    centralUrl: central.url,
    code,
    dispose: () => central.stop(),
  };
});
