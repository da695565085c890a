CREATE TABLE critical_events (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    event_type       TEXT NOT NULL,
    event_id         UUID,
    rsu_id           UUID,
    user_id          UUID,
    severity         TEXT NOT NULL,
    description      TEXT,
    metadata         JSONB DEFAULT '{}'::JSONB,
    timestamp        TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    ttl              BIGINT,
    component_id     TEXT,
    chain_id         UUID,
    seq              BIGINT,
    received_at      TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT ck_critical_events_severity CHECK (severity IN ('INFO', 'WARN', 'ERROR')),
    CONSTRAINT ck_critical_events_never_expire CHECK (ttl IS NULL)
);

CREATE INDEX idx_critical_events_type_time ON critical_events(event_type, timestamp DESC);
CREATE INDEX idx_critical_events_rsu_time ON critical_events(rsu_id, timestamp DESC);

CREATE TABLE system_configurations (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    version          TEXT NOT NULL,
    effective_from   TIMESTAMPTZ NOT NULL,
    effective_to     TIMESTAMPTZ,
    settings         JSONB NOT NULL,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by       UUID
);

INSERT INTO system_configurations (version, effective_from, settings) VALUES ('1', NOW(), '{}');

CREATE TABLE audit_log (
    id               BIGSERIAL PRIMARY KEY,
    table_name       TEXT NOT NULL,
    operation        TEXT NOT NULL CHECK (operation IN ('INSERT','UPDATE','DELETE')),
    record_id        UUID NOT NULL,
    old_data         JSONB,
    new_data         JSONB,
    changed_by       UUID,
    changed_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    record_key       TEXT NOT NULL,
    actor            TEXT NOT NULL
);

CREATE INDEX idx_audit_log_table_time ON audit_log(table_name, changed_at DESC);

-- A restore or a fail-over starts a new epoch. The server's identity tells when one happened.
CREATE TABLE system_epochs (
    epoch            INTEGER PRIMARY KEY,
    database_identity TEXT NOT NULL,
    reason           TEXT NOT NULL,
    started_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT ck_system_epochs_positive CHECK (epoch > 0)
);

-- Keys that the central keeps, encrypted by the server key. Outside the audit images.
CREATE TABLE server_secrets (
    kind             TEXT NOT NULL,
    subject_id       UUID NOT NULL,
    sealed           BYTEA NOT NULL,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (kind, subject_id),
    CONSTRAINT ck_server_secrets_kind CHECK (kind IN ('validation-block-key', 'identity-key', 'token-key'))
);
