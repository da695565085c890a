import {
  allocationAnswerSchema,
  allocationRequestSchema,
  holdingsAnswerSchema,
  holdingsReportSchema,
} from '#shared/contract/central/allocations.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import type { Central } from '../../central.ts';
import { authenticateDevice, authenticatedBy } from '../../plugins/authenticate-device.ts';
import { sendRefusal } from '../../plugins/refusals.ts';
import { responses, rsuParams, type TypedApp } from '../../typed-app.ts';
import { answerFields } from '../devices/control.ts';
import { takeHoldings } from '../epoch/service.ts';
import { topUp } from './service.ts';

/** Numbers for tills, and what tills say they hold. */
export function registerAllocations(app: TypedApp, central: Central): void {
  app.post(
    CENTRAL_ROUTES.allocations,
    {
      onRequest: authenticateDevice(central, 'full'),
      schema: {
        params: rsuParams,
        body: allocationRequestSchema,
        response: responses(allocationAnswerSchema),
      },
    },
    async (request, reply) => {
      const result = await topUp(central, authenticatedBy(request).device, request.body);
      return result.ok ? result.value : sendRefusal(central, reply, result.failure);
    },
  );

  app.post(
    CENTRAL_ROUTES.holdings,
    {
      // Open to stopped devices: a till that may not sell still holds its numbers.
      onRequest: authenticateDevice(central, 'upload'),
      schema: {
        params: rsuParams,
        body: holdingsReportSchema,
        response: responses(holdingsAnswerSchema),
      },
    },
    async (request) => {
      const { device } = authenticatedBy(request);
      await takeHoldings(central.database, device, request.body);
      return answerFields(central, central.database, device);
    },
  );
}
