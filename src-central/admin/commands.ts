import type { AdminCommand } from './admin-command.ts';
import { ORGANISATION_COMMANDS } from './organisation-commands.ts';
import { RAFFLE_EVENT_COMMANDS } from './raffle-event-commands.ts';
import { RSU_COMMANDS } from './rsu-commands.ts';
import { SELLER_COMMANDS } from './seller-commands.ts';

/** Everything that `central:admin` can do. */
export const ADMIN_COMMANDS: readonly AdminCommand[] = [
  ...ORGANISATION_COMMANDS,
  ...SELLER_COMMANDS,
  ...RAFFLE_EVENT_COMMANDS,
  ...RSU_COMMANDS,
];
