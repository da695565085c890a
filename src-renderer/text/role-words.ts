import type { OperatorRole } from '#shared/contract/mirror/operator.ts';

/** What the roles are called. */
export const ROLE_WORDS = {
  seller: 'Seller',
  supervisor: 'Supervisor',
  technician: 'Technician',
} as const satisfies Readonly<Record<OperatorRole, string>>;
