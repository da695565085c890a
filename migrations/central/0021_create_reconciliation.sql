-- Sales that count, but that a person has to look at before reconciliation, and that somebody did.
CREATE TABLE order_flag_acknowledgements (
    order_id         UUID PRIMARY KEY REFERENCES orders(id) ON DELETE RESTRICT,
    flags            TEXT[] NOT NULL,
    note             TEXT NOT NULL,
    acknowledged_by  UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    acknowledged_at  TIMESTAMPTZ NOT NULL
);

-- The reconciliation as it was when a person confirmed it (GLI-31 2.6.3): the very text that is hashed.
CREATE TABLE raffle_event_reconciliations (
    raffle_event_id  UUID PRIMARY KEY REFERENCES raffle_events(id) ON DELETE RESTRICT,
    report           JSON NOT NULL,
    report_sha256    TEXT NOT NULL,
    statement        TEXT NOT NULL,
    confirmed_by     UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    confirmed_at     TIMESTAMPTZ NOT NULL,
    CONSTRAINT ck_raffle_event_reconciliations_sha256 CHECK (report_sha256 ~ '^[0-9a-f]{64}$')
);

DO $$
DECLARE
    append_only TEXT;
BEGIN
    FOREACH append_only IN ARRAY ARRAY['order_flag_acknowledgements', 'raffle_event_reconciliations'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION refuse_change()', append_only);
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', append_only);
    END LOOP;
END $$;

CREATE TRIGGER audit_row AFTER INSERT ON order_flag_acknowledgements FOR EACH ROW
    EXECUTE FUNCTION audit_row('order_id');
CREATE TRIGGER audit_row AFTER INSERT ON raffle_event_reconciliations FOR EACH ROW
    EXECUTE FUNCTION audit_row('raffle_event_id');

-- A reconciliation is confirmed once, by a person, and only after all sales are over.
CREATE FUNCTION guard_reconciliation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.reconciliation_confirmed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a confirmed reconciliation does not change'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ck_raffle_events_reconciliation';
    END IF;
    IF OLD.state <> 'closed' OR NEW.reconciliation_confirmed_at IS NULL
       OR NEW.reconciliation_confirmed_by IS NULL THEN
        RAISE EXCEPTION 'a person confirms a reconciliation while the raffle event is closed'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ck_raffle_events_reconciliation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_reconciliation BEFORE UPDATE ON raffle_events FOR EACH ROW
    WHEN (OLD.reconciliation_confirmed_at IS DISTINCT FROM NEW.reconciliation_confirmed_at
          OR OLD.reconciliation_confirmed_by IS DISTINCT FROM NEW.reconciliation_confirmed_by)
    EXECUTE FUNCTION guard_reconciliation();
