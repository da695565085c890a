import { z } from 'zod';
import type { RaffleEventId, RequestId } from '#shared/kernel/ids.ts';
import { allocationSchema, storedValidationBlockSchema } from '../mirror/numbers.ts';
import { raffleEventStateSchema } from '../mirror/raffle-event.ts';
import { idSchema, instantSchema } from '../values.ts';

/** Whether the central lets this till sell. */
export const deviceStateSchema = z.enum(['enabled', 'disabled', 'revoked']);

export type DeviceState = z.infer<typeof deviceStateSchema>;

/** Draw numbers and validation numbers arrived. Each allocation and block is journaled once. */
export const numbersReceivedSchema = z.strictObject({
  requestId: idSchema<RequestId>().nullable(),
  allocations: z.array(allocationSchema),
  validationBlocks: z.array(storedValidationBlockSchema),
});

/** What the central last said about the device and its raffle events: journaled when it changes. */
export const controlReceivedSchema = z.strictObject({
  deviceState: deviceStateSchema,
  raffleEvents: z.array(
    z.strictObject({
      raffleEventId: idSchema<RaffleEventId>(),
      state: raffleEventStateSchema,
      salesEnd: instantSchema,
    }),
  ),
});

/** The till sells for this raffle event from now on. */
export const raffleEventChosenSchema = z.strictObject({
  raffleEventId: idSchema<RaffleEventId>(),
});

/** Sales of a raffle event are over at this till, whatever any clock says later (GLI-31 2.6.2). */
export const salesEndedSchema = z.strictObject({
  raffleEventId: idSchema<RaffleEventId>(),
  cause: z.enum(['published-end', 'closed-by-central', 'cancelled-by-central']),
  salesEnd: instantSchema,
});
