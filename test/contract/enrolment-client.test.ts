import {
  createFakeEnrolmentClient,
  TEST_CENTRAL,
} from '#test/helpers/fakes/fake-enrolment-client.ts';
import { TEST_START } from '#test/helpers/fakes/fake-time.ts';
import { runEnrolmentClientContract } from './enrolment-client.contract.ts';

runEnrolmentClientContract('the stand-in of the tests', async () => ({
  client: createFakeEnrolmentClient(() => TEST_START),
  centralUrl: TEST_CENTRAL.address,
  code: TEST_CENTRAL.code,
  dispose: async () => undefined,
}));
