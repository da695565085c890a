-- A raffle event's rules may be given with it, and may change until its start.
ALTER TABLE raffle_event_profiles ALTER COLUMN jurisdiction_profile_id DROP NOT NULL;
ALTER TABLE raffle_event_profiles ADD COLUMN jurisdiction_profile_version INTEGER;

DROP TRIGGER refuse_change ON raffle_event_profiles;
UPDATE raffle_event_profiles kept SET jurisdiction_profile_version =
    (SELECT version FROM jurisdiction_profiles WHERE id = kept.jurisdiction_profile_id);
ALTER TABLE raffle_event_profiles ADD CONSTRAINT ck_raffle_event_profiles_source
    CHECK ((jurisdiction_profile_id IS NULL) = (jurisdiction_profile_version IS NULL));

CREATE FUNCTION guard_started_profile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.raffle_event_id <> OLD.raffle_event_id
       OR (SELECT state FROM raffle_events WHERE id = OLD.raffle_event_id) <> 'created' THEN
        RAISE EXCEPTION 'the rules do not change after the raffle event has started'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ck_raffle_events_frozen',
                  COLUMN = 'profile';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_started BEFORE UPDATE ON raffle_event_profiles FOR EACH ROW
    EXECUTE FUNCTION guard_started_profile();
CREATE TRIGGER refuse_delete BEFORE DELETE ON raffle_event_profiles FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

-- Settings of the whole system: a version never changes, it only ends when another one begins.
ALTER TABLE system_configurations ADD COLUMN reason TEXT;
ALTER TABLE system_configurations ADD CONSTRAINT uq_system_configurations_version UNIQUE (version);
ALTER TABLE system_configurations ADD CONSTRAINT ck_system_configurations_times
    CHECK (effective_to >= effective_from);
ALTER TABLE system_configurations ADD CONSTRAINT ex_system_configurations_overlap
    EXCLUDE USING gist (tstzrange(effective_from, effective_to) WITH &&) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION guard_configuration_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.effective_to IS NULL OR NEW.effective_to > OLD.effective_to THEN
        RAISE EXCEPTION 'a version of the system configuration only ends earlier, never later'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER frozen_columns BEFORE UPDATE ON system_configurations FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'version', 'effective_from', 'settings', 'created_at', 'created_by', 'reason');
CREATE TRIGGER guard_end BEFORE UPDATE ON system_configurations FOR EACH ROW
    WHEN (OLD.effective_to IS DISTINCT FROM NEW.effective_to)
    EXECUTE FUNCTION guard_configuration_end();
CREATE TRIGGER refuse_delete BEFORE DELETE ON system_configurations FOR EACH ROW
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON system_configurations FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();

-- Whose a record is, so that an organisation's people can search their own and nobody else's. What
-- concerns the system as a whole belongs to no organisation.
ALTER TABLE critical_events ADD COLUMN organization_id UUID REFERENCES organizations(id) ON DELETE RESTRICT;
ALTER TABLE audit_log ADD COLUMN organization_id UUID;

CREATE FUNCTION own_critical_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.organization_id := coalesce(NEW.organization_id,
        (SELECT organization_id FROM rsus WHERE id = NEW.rsu_id),
        (SELECT organization_id FROM raffle_events WHERE id = NEW.event_id));
    RETURN NEW;
END $$;

CREATE TRIGGER own BEFORE INSERT ON critical_events FOR EACH ROW EXECUTE FUNCTION own_critical_event();

-- The organisation that an audited row belongs to, by what the row refers to; null if to none.
CREATE FUNCTION organization_of(table_name TEXT, image JSONB) RETURNS UUID LANGUAGE plpgsql STABLE AS $$
DECLARE
    own UUID := coalesce(image ->> 'organization_id',
                         CASE WHEN table_name = 'organizations' THEN image ->> 'id' END)::UUID;
    raffle_event UUID := coalesce(image ->> 'raffle_event_id', image ->> 'event_id')::UUID;
    rsu UUID := (image ->> 'rsu_id')::UUID;
    operator UUID := (image ->> 'operator_id')::UUID;
    result UUID := (image ->> 'draw_result_id')::UUID;
    execution UUID := (image ->> 'draw_execution_id')::UUID;
    in_order UUID := (image ->> 'order_id')::UUID;
BEGIN
    IF own IS NOT NULL THEN
        RETURN own;
    ELSIF table_name = 'addresses' THEN
        RETURN (SELECT organization_id FROM venues WHERE address_id = (image ->> 'id')::UUID);
    END IF;
    IF raffle_event IS NULL AND in_order IS NOT NULL THEN
        SELECT event_id INTO raffle_event FROM orders WHERE id = in_order;
    END IF;
    IF result IS NOT NULL THEN
        SELECT draw_execution_id INTO execution FROM draw_results WHERE id = result;
    END IF;
    IF raffle_event IS NULL AND execution IS NOT NULL THEN
        SELECT raffle_event_id INTO raffle_event FROM draw_executions WHERE id = execution;
    END IF;
    IF raffle_event IS NOT NULL THEN
        RETURN (SELECT organization_id FROM raffle_events WHERE id = raffle_event);
    ELSIF rsu IS NOT NULL THEN
        RETURN (SELECT organization_id FROM rsus WHERE id = rsu);
    ELSIF operator IS NOT NULL THEN
        RETURN (SELECT organization_id FROM operators WHERE id = operator);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION own_audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.organization_id := organization_of(NEW.table_name, coalesce(NEW.new_data, NEW.old_data));
    RETURN NEW;
END $$;

CREATE TRIGGER own BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION own_audit_row();

-- Records from before are given their owners; nothing else about them changes.
ALTER TABLE critical_events DISABLE TRIGGER refuse_change;
UPDATE critical_events noted SET organization_id = coalesce(
    (SELECT organization_id FROM rsus WHERE id = noted.rsu_id),
    (SELECT organization_id FROM raffle_events WHERE id = noted.event_id));
ALTER TABLE critical_events ENABLE TRIGGER refuse_change;
ALTER TABLE audit_log DISABLE TRIGGER refuse_change;
UPDATE audit_log SET organization_id = organization_of(table_name, coalesce(new_data, old_data));
ALTER TABLE audit_log ENABLE TRIGGER refuse_change;

CREATE INDEX idx_critical_events_organization_time ON critical_events(organization_id, timestamp DESC, id DESC);
CREATE INDEX idx_audit_log_organization ON audit_log(organization_id, id DESC);
CREATE INDEX idx_audit_log_record ON audit_log(table_name, record_id, id);
