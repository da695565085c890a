-- Every change of what a till must know raises the version of its mirror, in the same transaction,
-- and wakes the API processes that hold its stream open.
CREATE FUNCTION start_mirror_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO mirror_versions (rsu_id) VALUES (NEW.id);
    RETURN NULL;
END $$;

CREATE TRIGGER start_mirror_version AFTER INSERT ON rsus FOR EACH ROW
    EXECUTE FUNCTION start_mirror_version();

CREATE FUNCTION announce_mirror_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('mirror_changed', NEW.rsu_id::TEXT);
    RETURN NULL;
END $$;

CREATE TRIGGER announce_mirror_version AFTER UPDATE ON mirror_versions FOR EACH ROW
    EXECUTE FUNCTION announce_mirror_version();

CREATE FUNCTION raise_mirror_of_rsu() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE mirror_versions SET version = version + 1
    WHERE rsu_id = (to_jsonb(NEW) ->> TG_ARGV[0])::UUID;
    RETURN NULL;
END $$;

-- In the order of the ids, so that two such changes at once cannot wait for each other.
CREATE FUNCTION raise_mirrors_of_organization(organization UUID) RETURNS VOID LANGUAGE sql AS $$
    WITH affected AS (
        SELECT version.rsu_id FROM mirror_versions version
        JOIN rsus ON rsus.id = version.rsu_id
        WHERE rsus.organization_id = organization
        ORDER BY version.rsu_id
        FOR UPDATE OF version
    )
    UPDATE mirror_versions SET version = version + 1
    WHERE rsu_id IN (SELECT rsu_id FROM affected)
$$;

CREATE FUNCTION raise_mirrors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM raise_mirrors_of_organization((to_jsonb(NEW) ->> TG_ARGV[0])::UUID);
    RETURN NULL;
END $$;

CREATE FUNCTION raise_mirrors_for_operator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM raise_mirrors_of_organization(organization_id) FROM operators WHERE id = NEW.operator_id;
    RETURN NULL;
END $$;

CREATE FUNCTION raise_mirrors_for_configuration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM raise_mirrors_of_organization(id) FROM organizations;
    RETURN NULL;
END $$;

CREATE TRIGGER raise_mirrors AFTER UPDATE ON organizations FOR EACH ROW
    EXECUTE FUNCTION raise_mirrors('id');
CREATE TRIGGER raise_mirrors AFTER INSERT OR UPDATE ON venues FOR EACH ROW
    EXECUTE FUNCTION raise_mirrors('organization_id');
CREATE TRIGGER raise_mirrors AFTER INSERT OR UPDATE ON operators FOR EACH ROW
    EXECUTE FUNCTION raise_mirrors('organization_id');
CREATE TRIGGER raise_mirrors AFTER INSERT OR UPDATE ON operator_credentials FOR EACH ROW
    EXECUTE FUNCTION raise_mirrors_for_operator();
CREATE TRIGGER raise_mirrors AFTER INSERT OR UPDATE OF name, event_identifier, state, configuration
    ON raffle_events FOR EACH ROW EXECUTE FUNCTION raise_mirrors('organization_id');
CREATE TRIGGER raise_mirrors AFTER INSERT OR UPDATE ON system_configurations FOR EACH STATEMENT
    EXECUTE FUNCTION raise_mirrors_for_configuration();
CREATE TRIGGER raise_mirror AFTER UPDATE OF name, venue_id, state, is_active ON rsus FOR EACH ROW
    EXECUTE FUNCTION raise_mirror_of_rsu('id');
CREATE TRIGGER raise_mirror AFTER INSERT OR UPDATE OF state ON rsu_allocations FOR EACH ROW
    EXECUTE FUNCTION raise_mirror_of_rsu('rsu_id');
CREATE TRIGGER raise_mirror AFTER INSERT OR UPDATE OF is_active, expires_at ON validation_number_blocks
    FOR EACH ROW EXECUTE FUNCTION raise_mirror_of_rsu('rsu_id');
CREATE TRIGGER raise_mirror AFTER INSERT OR UPDATE OF state ON journal_quarantine FOR EACH ROW
    EXECUTE FUNCTION raise_mirror_of_rsu('rsu_id');
CREATE TRIGGER raise_mirror AFTER UPDATE OF state ON chains FOR EACH ROW
    EXECUTE FUNCTION raise_mirror_of_rsu('rsu_id');
