-- Append-only tables: nothing in them ever changes or goes.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is not allowed: its rows are kept for ever', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

DO $$
DECLARE
    append_only TEXT;
    kept TEXT;
BEGIN
    FOREACH append_only IN ARRAY ARRAY[
        'journal_entries', 'journal_verdicts', 'critical_events', 'audit_log', 'print_log',
        'print_jobs', 'raffle_event_state_history', 'raffle_event_profiles', 'validation_prefixes',
        'order_allocations', 'order_payments', 'rsu_allocation_numbers', 'allocation_requests',
        'system_epochs', 'rsu_heartbeats', 'rsu_sales_ends'
    ] LOOP
        EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION refuse_change()', append_only);
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', append_only);
    END LOOP;
    FOREACH kept IN ARRAY ARRAY[
        'raffle_events', 'rsus', 'rsu_allocations', 'validation_number_blocks', 'orders', 'tickets',
        'payments', 'chains', 'journal_quarantine', 'operators', 'enrolment_codes', 'server_secrets',
        'raffle_event_number_pools', 'draw_executions', 'draw_results', 'prize_claims'
    ] LOOP
        EXECUTE format('CREATE TRIGGER refuse_delete BEFORE DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
    END LOOP;
END $$;

-- Columns that stay as they were first written. Their names are the trigger's arguments.
CREATE FUNCTION refuse_change_of_frozen_columns() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before_image JSONB := to_jsonb(OLD);
    after_image JSONB := to_jsonb(NEW);
    frozen TEXT;
BEGIN
    FOREACH frozen IN ARRAY TG_ARGV LOOP
        IF before_image -> frozen IS DISTINCT FROM after_image -> frozen THEN
            RAISE EXCEPTION '%.% does not change once it is written', TG_TABLE_NAME, frozen
                USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

CREATE TRIGGER frozen_columns BEFORE UPDATE ON orders FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'validation_number', 'event_id', 'package_id', 'rsu_id', 'rsu_allocation_id',
        'total_amount', 'currency', 'ticket_count', 'source', 'operator_id', 'is_offline_sale',
        'offline_created_at', 'checkout_id', 'shift_id', 'chain_id', 'journal_seq', 'issued_at');
CREATE TRIGGER frozen_columns BEFORE UPDATE ON tickets FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'event_id', 'draw_number', 'order_id', 'sold_at', 'sold_by');
CREATE TRIGGER frozen_columns BEFORE UPDATE ON payments FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'checkout_id', 'rsu_id', 'tender', 'amount', 'tendered', 'change_given', 'currency');
CREATE TRIGGER frozen_columns BEFORE UPDATE ON rsu_allocations FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'raffle_event_id', 'rsu_id', 'number_mode', 'start_number', 'end_number', 'total_tickets');
CREATE TRIGGER frozen_columns BEFORE UPDATE ON validation_number_blocks FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'rsu_id', 'raffle_event_id', 'prefix', 'block_size');
CREATE TRIGGER frozen_columns BEFORE UPDATE ON chains FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'rsu_id', 'device_public_key', 'machine_fingerprint', 'enrolled_at');
CREATE TRIGGER frozen_columns BEFORE UPDATE ON journal_quarantine FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'chain_id', 'seq', 'hash', 'rsu_id', 'reason', 'order_ids', 'subject_ids', 'quarantined_at');

-- What a buyer was promised does not change after sales have begun (GLI-31 2.2.3).
CREATE FUNCTION refuse_change_after_start() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    raffle_event UUID := CASE WHEN TG_OP = 'DELETE' THEN OLD.event_id ELSE NEW.event_id END;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.event_id <> NEW.event_id
       OR (SELECT state FROM raffle_events WHERE id = raffle_event) <> 'created' THEN
        RAISE EXCEPTION '% of % is not allowed after the raffle event has started', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER frozen_after_start BEFORE INSERT OR UPDATE OR DELETE ON ticket_packages FOR EACH ROW
    EXECUTE FUNCTION refuse_change_after_start();
CREATE TRIGGER frozen_after_start BEFORE INSERT OR UPDATE OR DELETE ON prizes FOR EACH ROW
    EXECUTE FUNCTION refuse_change_after_start();

-- Who is at work: set for a transaction by the program, otherwise the database's own user.
CREATE FUNCTION current_actor() RETURNS TEXT LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('counterfoil.actor', TRUE), ''), 'database:' || session_user)
$$;

-- The id part of an actor such as 'rsu:<uuid>', for the audit log's UUID column.
CREATE FUNCTION actor_id(actor TEXT) RETURNS UUID LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN actor ~ ':[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                THEN split_part(actor, ':', 2)::UUID END
$$;

-- Rows without a UUID of their own get one that follows from their key.
CREATE FUNCTION audited_id(table_name TEXT, record_key TEXT) RETURNS UUID LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN record_key ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                THEN record_key::UUID ELSE md5(table_name || '/' || record_key)::UUID END
$$;

-- One audit row for one changed row. The arguments are the columns of the table's key.
CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before_image JSONB := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    after_image JSONB := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    record_key TEXT := '';
    key_column TEXT;
    actor TEXT := current_actor();
BEGIN
    FOREACH key_column IN ARRAY TG_ARGV LOOP
        record_key := record_key || CASE WHEN record_key = '' THEN '' ELSE '/' END
            || (coalesce(after_image, before_image) ->> key_column);
    END LOOP;
    INSERT INTO audit_log (table_name, operation, record_id, record_key, old_data, new_data, changed_by, actor)
    VALUES (TG_TABLE_NAME, TG_OP, audited_id(TG_TABLE_NAME, record_key), record_key,
            before_image, after_image, actor_id(actor), actor);
    RETURN NULL;
END $$;

-- The same for many inserted rows at once, for tables that tills fill. Their key is `id`.
CREATE FUNCTION audit_inserted_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor TEXT := current_actor();
BEGIN
    INSERT INTO audit_log (table_name, operation, record_id, record_key, new_data, changed_by, actor)
    SELECT TG_TABLE_NAME, 'INSERT', inserted.id, inserted.id::TEXT, to_jsonb(inserted),
           actor_id(actor), actor
    FROM inserted;
    RETURN NULL;
END $$;

DO $$
DECLARE
    audited RECORD;
BEGIN
    FOR audited IN SELECT * FROM (VALUES
        ('organizations', '''id'''), ('users', '''id'''), ('venues', '''id'''),
        ('organization_users', '''organization_id'', ''user_id'''),
        ('operators', '''id'''), ('ticket_packages', '''id'''), ('prizes', '''id'''),
        ('ticket_package_templates', '''id'''), ('prize_templates', '''id'''),
        ('jurisdiction_profiles', '''id'''), ('rsus', '''id'''), ('enrolment_codes', '''id'''),
        ('draw_executions', '''id'''), ('draw_results', '''id'''), ('prize_claims', '''id'''),
        ('system_configurations', '''id'''),
        ('raffle_event_profiles', '''raffle_event_id'''),
        ('journal_quarantine', '''chain_id'', ''seq'', ''hash''')
    ) AS list (name, key) LOOP
        EXECUTE format('CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION audit_row(%s)', audited.name, audited.key);
    END LOOP;
    FOR audited IN SELECT * FROM (VALUES ('orders'), ('payments')) AS list (name) LOOP
        EXECUTE format('CREATE TRIGGER audit_inserted_rows AFTER INSERT ON %I
            REFERENCING NEW TABLE AS inserted
            FOR EACH STATEMENT EXECUTE FUNCTION audit_inserted_rows()', audited.name);
        EXECUTE format('CREATE TRIGGER audit_row AFTER UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION audit_row(''id'')', audited.name);
    END LOOP;
END $$;

-- A ticket follows from its order, which is audited, and its columns are frozen: only what happens
-- to it later is audited. Auditing every inserted number as well would double the cost of a sale.
CREATE TRIGGER audit_row AFTER UPDATE OR DELETE ON tickets FOR EACH ROW
    EXECUTE FUNCTION audit_row('id');

-- Counters move with every sale and follow from the orders, so their changes are not audited.
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE OF
    name, description, organization_id, venue_id, event_identifier, state, configuration,
    ticket_allocation, reconciliation_confirmed_at, reconciliation_confirmed_by ON raffle_events
    FOR EACH ROW EXECUTE FUNCTION audit_row('id');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE OF
    state, metadata, exhausted_at, validation_number_block ON rsu_allocations
    FOR EACH ROW EXECUTE FUNCTION audit_row('id');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE OF
    is_active, expires_at ON validation_number_blocks
    FOR EACH ROW EXECUTE FUNCTION audit_row('id');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE OF state ON chains
    FOR EACH ROW EXECUTE FUNCTION audit_row('id');

CREATE FUNCTION record_raffle_event_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO raffle_event_state_history (raffle_event_id, from_state, to_state, changed_by)
    VALUES (NEW.id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END, NEW.state, current_actor());
    RETURN NULL;
END $$;

CREATE TRIGGER record_state_on_insert AFTER INSERT ON raffle_events FOR EACH ROW
    EXECUTE FUNCTION record_raffle_event_state();
CREATE TRIGGER record_state_on_update AFTER UPDATE OF state ON raffle_events FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION record_raffle_event_state();
