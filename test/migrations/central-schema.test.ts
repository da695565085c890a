import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createTestDatabase,
  queryDatabase,
  type TestDatabase,
} from '#test/helpers/central/test-database.ts';

/** The tables and columns of the given schema. */
const GIVEN = {
  raffle_event_states: 'key description',
  ticket_states: 'key description',
  payment_statuses: 'key description',
  order_sources: 'key description',
  rsu_states: 'key description',
  offline_sync_statuses: 'key description',
  organizations:
    'id name description license_number primary_currency settings is_active created_at created_by updated_at updated_by',
  users: 'id cognito_sub display_name last_login is_active created_at',
  organization_users: 'organization_id user_id role is_default joined_at',
  addresses: 'id street city state zip_code country',
  venues:
    'id organization_id name description address_id capacity timezone is_active created_at created_by updated_at updated_by',
  raffle_events:
    'id name description organization_id venue_id event_identifier state configuration ticket_allocation total_sold reconciliation_confirmed_at reconciliation_confirmed_by created_at created_by updated_at updated_by',
  ticket_package_templates:
    'id organization_id name description ticket_count price currency display_order is_active created_at created_by updated_at updated_by',
  ticket_packages:
    'id event_id name description ticket_count price currency display_order is_active active_from active_to perk_ids created_at created_by updated_at updated_by',
  prize_templates:
    'id organization_id name description type value percentage currency metadata created_at created_by updated_at updated_by',
  prizes:
    'id event_id name description type value percentage currency position winner_count created_at created_by updated_at updated_by',
  rsus: 'id organization_id venue_id name description device_identifier state configuration is_active current_operator_id created_at created_by updated_at updated_by',
  rsu_allocations:
    'id raffle_event_id rsu_id start_number end_number next_draw_number total_tickets state tickets_sold tickets_voided tickets_available validation_number_block allocated_at allocated_by exhausted_at metadata',
  validation_number_blocks:
    'id rsu_allocation_id rsu_id raffle_event_id block_start block_end block_size numbers_used next_sequence expires_at is_active created_at',
  orders:
    'id validation_number event_id package_id rsu_id rsu_allocation_id total_amount currency payment_status payment_reference ticket_count customer_info source operator_id is_offline_sale offline_sync_status offline_created_at created_at created_by updated_at updated_by',
  tickets:
    'id event_id draw_number state order_id sold_at sold_by voided_at voided_by voided_reason created_at updated_at',
  draw_executions:
    'id raffle_event_id state started_at rng_seed conducted_by system_checksum created_at updated_at',
  draw_results:
    'id draw_execution_id prize_id position winning_ticket_id winning_number prize_value_at_draw selected_at',
  prize_claims:
    'id draw_result_id claimed_at claimed_by verification_method verified_by created_at',
  critical_events:
    'id event_type event_id rsu_id user_id severity description metadata timestamp ttl',
  system_configurations: 'id version effective_from effective_to settings created_at created_by',
  audit_log: 'id table_name operation record_id old_data new_data changed_by changed_at',
} as const;

const GIVEN_INDEXES = [
  'idx_venues_org',
  'idx_users_last_login',
  'idx_raffle_events_org',
  'idx_raffle_events_state',
  'idx_prizes_event_pos',
  'idx_orders_event',
  'idx_orders_payment_status',
  'idx_tickets_event_state',
  'idx_tickets_order',
  'idx_rsu_alloc_event',
  'idx_draw_results_execution',
  'idx_prize_claims_result',
  'idx_critical_events_type_time',
  'idx_audit_log_table_time',
];

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

function query(text: string, values: readonly unknown[] = []) {
  return queryDatabase(database.url, text, values);
}

describe('the given schema', () => {
  test.each(Object.entries(GIVEN))('%s has its given columns', async (table, columns) => {
    const found = await query(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1`,
      [table],
    );
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(columns.split(' ')));
  });

  test('has its given indexes', async () => {
    const found = await query(
      `SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public'`,
    );
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(GIVEN_INDEXES));
  });

  test('has its given uniqueness and checks', async () => {
    const found = await query(
      `SELECT conrelid::REGCLASS::TEXT AS relation, contype AS kind, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint WHERE contype IN ('u', 'c')`,
    );
    const definitions = found.map(({ relation, definition }) => `${relation}: ${definition}`);
    expect(definitions).toEqual(
      expect.arrayContaining([
        'users: UNIQUE (cognito_sub)',
        'raffle_events: UNIQUE (event_identifier)',
        'rsus: UNIQUE (device_identifier)',
        'orders: UNIQUE (validation_number)',
        'tickets: UNIQUE (event_id, draw_number)',
        'ticket_packages: CHECK ((ticket_count > 0))',
        'ticket_packages: CHECK ((price >= 0))',
        'ticket_package_templates: CHECK ((ticket_count > 0))',
        'ticket_package_templates: CHECK ((price >= 0))',
        'orders: CHECK ((total_amount >= 0))',
        'orders: CHECK ((ticket_count > 0))',
        `audit_log: CHECK ((operation = ANY (ARRAY['INSERT'::text, 'UPDATE'::text, 'DELETE'::text])))`,
      ]),
    );
  });

  test('never deletes sales data by cascade', async () => {
    const found = await query(
      `SELECT DISTINCT conrelid::REGCLASS::TEXT AS relation FROM pg_constraint
       WHERE contype = 'f' AND confdeltype = 'c' ORDER BY 1`,
    );
    expect(found.map(({ relation }) => relation)).toEqual([
      'organization_users',
      'prize_templates',
      'ticket_package_templates',
    ]);
  });
});

describe('what the database refuses by itself', () => {
  test('a new RSU is un-enrolled and disabled', async () => {
    await query(`INSERT INTO organizations (id, name, primary_currency)
      VALUES ('00000000-0000-0000-0000-0000000000aa', 'O', 'CAD')`);
    await query(`INSERT INTO rsus (organization_id, name, device_identifier)
      VALUES ('00000000-0000-0000-0000-0000000000aa', 'Till', 'till')`);
    expect(await query('SELECT state, is_active FROM rsus')).toEqual([
      { state: 'unenrolled', is_active: false },
    ]);
  });

  test('two tills with one number, up to the largest number there is', async () => {
    await query(`INSERT INTO raffle_events
        (id, name, organization_id, event_identifier, state, configuration, ticket_allocation)
      VALUES ('00000000-0000-0000-0000-0000000000bb', 'E', '00000000-0000-0000-0000-0000000000aa', 'E',
        'created', '{}', '{}')`);
    const allocate = (first: number, last: number) =>
      query(
        `INSERT INTO rsu_allocations (raffle_event_id, rsu_id, number_mode, start_number, end_number,
           next_draw_number, total_tickets, tickets_available, state, validation_number_block)
         SELECT '00000000-0000-0000-0000-0000000000bb', id, 'sequential', $1, $2, $1,
           $2::INTEGER - $1::INTEGER + 1, $2::INTEGER - $1::INTEGER + 1, 'active', '{}' FROM rsus`,
        [first, last],
      );
    await allocate(2_147_483_600, 2_147_483_647);
    await expect(allocate(2_147_483_647, 2_147_483_647)).rejects.toThrow(
      'ex_rsu_allocations_overlap',
    );
    await allocate(2_147_483_500, 2_147_483_599);
  });

  test('a critical event that expires', async () => {
    await expect(
      query(`INSERT INTO critical_events (event_type, severity, ttl) VALUES ('x', 'INFO', 1)`),
    ).rejects.toThrow('ck_critical_events_never_expire');
  });
});

test('audit rows name what changed, before and after, and who changed it', async () => {
  await query(`UPDATE organizations SET name = 'P' WHERE name = 'O'`);
  await query(`INSERT INTO users (id, cognito_sub, display_name)
    VALUES ('00000000-0000-0000-0000-0000000000cc', 's', 'U')`);
  await query(`INSERT INTO organization_users (organization_id, user_id, role)
    VALUES ('00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-0000000000cc', 'admin')`);
  const [renamed] = await query(
    `SELECT old_data ->> 'name' AS before, new_data ->> 'name' AS after, actor FROM audit_log
     WHERE table_name = 'organizations' AND operation = 'UPDATE'`,
  );
  expect(renamed).toEqual({ before: 'O', after: 'P', actor: 'database:counterfoil' });
  expect(
    await query(`SELECT record_key, record_id IS NOT NULL AS "hasId" FROM audit_log
      WHERE table_name = 'organization_users'`),
  ).toEqual([
    {
      record_key: '00000000-0000-0000-0000-0000000000aa/00000000-0000-0000-0000-0000000000cc',
      hasId: true,
    },
  ]);
});
