-- Templates and profiles are retired, never deleted: raffle events were made from them.
ALTER TABLE prize_templates ADD COLUMN cap BIGINT;
ALTER TABLE prize_templates ADD COLUMN is_active BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE prize_templates ADD CONSTRAINT ck_prize_templates_award CHECK (
    (type = 'fixed' AND value > 0 AND currency IS NOT NULL AND percentage IS NULL AND cap IS NULL)
    OR (type = 'percentage' AND percentage > 0 AND percentage <= 100 AND value IS NULL
        AND (cap IS NULL OR (cap > 0 AND currency IS NOT NULL)))
);

CREATE UNIQUE INDEX uq_ticket_package_templates_name ON ticket_package_templates(organization_id, lower(name))
    WHERE is_active;
CREATE UNIQUE INDEX uq_prize_templates_name ON prize_templates(organization_id, lower(name)) WHERE is_active;

ALTER TABLE jurisdiction_profiles ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE jurisdiction_profiles ADD COLUMN is_active BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE jurisdiction_profiles ADD COLUMN updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW();
ALTER TABLE jurisdiction_profiles ADD COLUMN updated_by UUID;

-- What a profile said at any time: which of these a raffle event froze can be told for ever.
CREATE TABLE jurisdiction_profile_versions (
    jurisdiction_profile_id UUID NOT NULL REFERENCES jurisdiction_profiles(id) ON DELETE RESTRICT,
    version          INTEGER NOT NULL,
    profile          JSONB NOT NULL,
    made_by          TEXT NOT NULL,
    made_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (jurisdiction_profile_id, version),
    CONSTRAINT ck_jurisdiction_profile_versions_version CHECK (version > 0)
);

INSERT INTO jurisdiction_profile_versions (jurisdiction_profile_id, version, profile, made_by, made_at)
SELECT id, version, profile, current_actor(), created_at FROM jurisdiction_profiles;

CREATE FUNCTION count_profile_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + CASE WHEN NEW.profile = OLD.profile THEN 0 ELSE 1 END;
    RETURN NEW;
END $$;

CREATE FUNCTION keep_profile_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jurisdiction_profile_versions (jurisdiction_profile_id, version, profile, made_by)
    VALUES (NEW.id, NEW.version, NEW.profile, current_actor());
    RETURN NULL;
END $$;

CREATE TRIGGER count_version BEFORE UPDATE ON jurisdiction_profiles FOR EACH ROW
    EXECUTE FUNCTION count_profile_version();
CREATE TRIGGER keep_first_version AFTER INSERT ON jurisdiction_profiles FOR EACH ROW
    EXECUTE FUNCTION keep_profile_version();
CREATE TRIGGER keep_version AFTER UPDATE ON jurisdiction_profiles FOR EACH ROW
    WHEN (NEW.version <> OLD.version) EXECUTE FUNCTION keep_profile_version();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON jurisdiction_profile_versions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON jurisdiction_profile_versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A spare credential belongs to whoever it was given to last; without a name it lies in the drawer.
ALTER TABLE operators ADD COLUMN spare_name TEXT;

CREATE TABLE operator_bindings (
    id               BIGSERIAL PRIMARY KEY,
    operator_id      UUID NOT NULL REFERENCES operators(id) ON DELETE RESTRICT,
    real_name        TEXT,
    bound_by         UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    bound_at         TIMESTAMPTZ NOT NULL,
    CONSTRAINT ck_operator_bindings_real_name CHECK (length(real_name) BETWEEN 1 AND 60)
);

CREATE INDEX idx_operator_bindings_operator ON operator_bindings(operator_id, id);
CREATE INDEX idx_operators_organization ON operators(organization_id, display_name, id);
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON operator_bindings
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON operator_bindings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_row AFTER INSERT ON operator_bindings FOR EACH ROW EXECUTE FUNCTION audit_row('id');

-- An address belongs to one venue.
CREATE UNIQUE INDEX uq_venues_address ON venues(address_id) WHERE address_id IS NOT NULL;
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON addresses FOR EACH ROW
    EXECUTE FUNCTION audit_row('id');

DO $$
DECLARE
    kept TEXT;
BEGIN
    FOREACH kept IN ARRAY ARRAY['organizations', 'venues', 'addresses', 'jurisdiction_profiles',
                                'ticket_package_templates', 'prize_templates', 'operator_credentials'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_delete BEFORE DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
    END LOOP;
END $$;
