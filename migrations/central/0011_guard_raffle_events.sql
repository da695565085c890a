-- What may change in a raffle event that has started, which state follows which, and why.
ALTER TABLE raffle_event_state_history ADD COLUMN reason TEXT;

-- Why something is done: set for a transaction by the program, like the actor.
CREATE FUNCTION current_reason() RETURNS TEXT LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('counterfoil.reason', TRUE), '')
$$;

CREATE OR REPLACE FUNCTION record_raffle_event_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO raffle_event_state_history (raffle_event_id, from_state, to_state, changed_by, reason)
    VALUES (NEW.id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END, NEW.state, current_actor(),
            current_reason());
    RETURN NULL;
END $$;

CREATE FUNCTION may_raffle_event_follow(from_state TEXT, to_state TEXT) RETURNS BOOLEAN
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE from_state
        WHEN 'created'    THEN to_state IN ('active', 'cancelled')
        WHEN 'active'     THEN to_state IN ('suspended', 'closing', 'closed', 'cancelled')
        WHEN 'suspended'  THEN to_state IN ('active', 'closing', 'closed', 'cancelled')
        WHEN 'closing'    THEN to_state = 'closed'
        WHEN 'closed'     THEN to_state = 'reconciled'
        WHEN 'reconciled' THEN to_state = 'drawn'
        ELSE FALSE
    END
$$;

CREATE FUNCTION guard_raffle_event_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'created' THEN
            RAISE EXCEPTION 'a raffle event begins as created, not as %', NEW.state
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ck_raffle_events_state_change';
        END IF;
    ELSIF NEW.state <> OLD.state AND NOT may_raffle_event_follow(OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'a raffle event that is % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ck_raffle_events_state_change';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_state BEFORE INSERT OR UPDATE OF state ON raffle_events FOR EACH ROW
    EXECUTE FUNCTION guard_raffle_event_state();

-- What a buyer was promised does not change after the start (GLI-31 2.2.3). The end of sales may
-- move earlier; it may move later only if the profile says so. Both only before it is reached.
CREATE FUNCTION guard_started_raffle_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before_image JSONB := to_jsonb(OLD);
    after_image JSONB := to_jsonb(NEW);
    frozen TEXT;
    old_end TIMESTAMPTZ;
    new_end TIMESTAMPTZ;
BEGIN
    FOREACH frozen IN ARRAY ARRAY['id', 'name', 'organization_id', 'venue_id', 'event_identifier',
                                  'ticket_allocation'] LOOP
        IF before_image -> frozen IS DISTINCT FROM after_image -> frozen THEN
            RAISE EXCEPTION '% does not change after the raffle event has started', frozen
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ck_raffle_events_frozen',
                      COLUMN = frozen;
        END IF;
    END LOOP;
    IF OLD.configuration - 'salesEnd' <> NEW.configuration - 'salesEnd' THEN
        RAISE EXCEPTION 'configuration does not change after the raffle event has started'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ck_raffle_events_frozen',
                  COLUMN = 'configuration';
    END IF;
    IF OLD.configuration -> 'salesEnd' IS DISTINCT FROM NEW.configuration -> 'salesEnd' THEN
        old_end := (OLD.configuration ->> 'salesEnd')::TIMESTAMPTZ;
        new_end := (NEW.configuration ->> 'salesEnd')::TIMESTAMPTZ;
        IF new_end IS NULL OR OLD.state NOT IN ('active', 'suspended')
           OR old_end <= clock_timestamp() OR new_end <= clock_timestamp() THEN
            RAISE EXCEPTION 'the end of sales moves only while it lies ahead, and not into the past'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ck_raffle_events_sales_end';
        END IF;
        IF new_end > old_end AND NOT coalesce((SELECT (profile ->> 'mayExtendSales')::BOOLEAN
                FROM raffle_event_profiles WHERE raffle_event_id = OLD.id), FALSE) THEN
            RAISE EXCEPTION 'the profile does not let the end of sales move later'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ck_raffle_events_sales_end';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_started BEFORE UPDATE ON raffle_events FOR EACH ROW
    WHEN (OLD.state <> 'created') EXECUTE FUNCTION guard_started_raffle_event();

-- The number space and the currency lie in other tables, and are as frozen as the rest.
CREATE FUNCTION guard_started_number_pool() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.raffle_event_id <> OLD.raffle_event_id OR NEW.end_number <> OLD.end_number
       AND (SELECT state FROM raffle_events WHERE id = OLD.raffle_event_id) <> 'created' THEN
        RAISE EXCEPTION 'the number space does not change after the raffle event has started'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ck_raffle_events_frozen',
                  COLUMN = 'ticket_allocation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_started BEFORE UPDATE ON raffle_event_number_pools FOR EACH ROW
    EXECUTE FUNCTION guard_started_number_pool();

CREATE FUNCTION guard_organization_currency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM raffle_events WHERE organization_id = OLD.id AND state <> 'created') THEN
        RAISE EXCEPTION 'the currency does not change after a raffle event has started'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ck_organizations_currency_frozen',
                  COLUMN = 'primary_currency';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_currency BEFORE UPDATE ON organizations FOR EACH ROW
    WHEN (OLD.primary_currency <> NEW.primary_currency)
    EXECUTE FUNCTION guard_organization_currency();

-- Every end of sales that tills were ever told. One of them may still have believed a former one.
CREATE TABLE raffle_event_sales_ends (
    id               BIGSERIAL PRIMARY KEY,
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    sales_end        TIMESTAMPTZ NOT NULL,
    published_by     TEXT NOT NULL,
    published_at     TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    reason           TEXT
);

CREATE INDEX idx_raffle_event_sales_ends_event ON raffle_event_sales_ends(raffle_event_id, id);

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON raffle_event_sales_ends
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON raffle_event_sales_ends
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

INSERT INTO raffle_event_sales_ends (raffle_event_id, sales_end, published_by)
SELECT id, (configuration ->> 'salesEnd')::TIMESTAMPTZ, current_actor() FROM raffle_events
WHERE state <> 'created' AND configuration ->> 'salesEnd' IS NOT NULL;

CREATE FUNCTION record_sales_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO raffle_event_sales_ends (raffle_event_id, sales_end, published_by, reason)
    SELECT NEW.id, (NEW.configuration ->> 'salesEnd')::TIMESTAMPTZ, current_actor(), current_reason()
    WHERE NEW.configuration ->> 'salesEnd' IS NOT NULL;
    RETURN NULL;
END $$;

CREATE TRIGGER record_sales_end AFTER UPDATE OF state, configuration ON raffle_events FOR EACH ROW
    WHEN (NEW.state <> 'created' AND (OLD.state = 'created'
          OR OLD.configuration -> 'salesEnd' IS DISTINCT FROM NEW.configuration -> 'salesEnd'))
    EXECUTE FUNCTION record_sales_end();
