import {
  journalDownloadAnswerSchema,
  journalDownloadQuerySchema,
  journalHeadAnswerSchema,
  journalUploadAnswerSchema,
  journalUploadSchema,
} from '#shared/contract/central/journal.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import type { Central } from '../../central.ts';
import { authenticateDevice, authenticatedBy } from '../../plugins/authenticate-device.ts';
import { sendRefusal } from '../../plugins/refusals.ts';
import { responses, rsuParams, type TypedApp } from '../../typed-app.ts';
import { readEntriesAfter, readHead, takeUpload } from './service.ts';

/** Journal intake, open to every enrolled device: what was sold always arrives. */
export function registerJournal(app: TypedApp, central: Central): void {
  const onRequest = authenticateDevice(central, 'upload');

  app.post(
    CENTRAL_ROUTES.journal,
    {
      onRequest,
      schema: {
        params: rsuParams,
        body: journalUploadSchema,
        response: responses(journalUploadAnswerSchema),
      },
    },
    async (request, reply) => {
      const result = await takeUpload(central, authenticatedBy(request).device, request.body);
      return result.ok ? result.value : sendRefusal(central, reply, result.failure);
    },
  );

  app.get(
    CENTRAL_ROUTES.journal,
    {
      onRequest,
      schema: {
        params: rsuParams,
        querystring: journalDownloadQuerySchema,
        response: responses(journalDownloadAnswerSchema),
      },
    },
    (request) => readEntriesAfter(central, authenticatedBy(request).device, request.query.after),
  );

  app.get(
    CENTRAL_ROUTES.journalHead,
    { onRequest, schema: { params: rsuParams, response: responses(journalHeadAnswerSchema) } },
    (request) => readHead(central, authenticatedBy(request).device),
  );
}
