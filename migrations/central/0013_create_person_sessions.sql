-- One person's time in the system, from the first request with a token to sign-out, expiry or idleness.
CREATE TABLE person_sessions (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id          UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    session_key      BYTEA NOT NULL,
    logon_name       TEXT NOT NULL,
    address          TEXT NOT NULL,
    started_at       TIMESTAMPTZ NOT NULL,
    last_seen_at     TIMESTAMPTZ NOT NULL,
    expires_at       TIMESTAMPTZ NOT NULL,
    ended_at         TIMESTAMPTZ,
    end_reason       TEXT,
    CONSTRAINT ck_person_sessions_session_key CHECK (octet_length(session_key) = 32),
    CONSTRAINT ck_person_sessions_end CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    CONSTRAINT ck_person_sessions_end_reason CHECK (end_reason IN ('signed-out', 'expired', 'idle'))
);

CREATE UNIQUE INDEX uq_person_sessions_one_open ON person_sessions(user_id, session_key) WHERE ended_at IS NULL;
CREATE INDEX idx_person_sessions_user ON person_sessions(user_id, started_at DESC);

-- Which parts of the system were opened in a session. What was changed is in the audit log.
CREATE TABLE person_session_areas (
    session_id       UUID NOT NULL REFERENCES person_sessions(id) ON DELETE RESTRICT,
    area             TEXT NOT NULL,
    first_seen_at    TIMESTAMPTZ NOT NULL,
    last_seen_at     TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (session_id, area)
);

-- The answer to a command that was sent with a key, so that sending it again does it once.
CREATE TABLE idempotency_keys (
    user_id          UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    key              TEXT NOT NULL,
    request_hash     BYTEA NOT NULL,
    answer           JSONB,
    created_at       TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, key),
    CONSTRAINT ck_idempotency_keys_request_hash CHECK (octet_length(request_hash) = 32)
);

CREATE INDEX idx_idempotency_keys_created ON idempotency_keys(created_at);

ALTER TABLE audit_log ADD COLUMN session_id UUID
    DEFAULT nullif(current_setting('counterfoil.session', TRUE), '')::UUID;
CREATE INDEX idx_audit_log_session ON audit_log(session_id) WHERE session_id IS NOT NULL;

ALTER TABLE organization_users ADD CONSTRAINT ck_organization_users_role
    CHECK (role IN ('admin', 'supervisor', 'operator', 'regulator'));
CREATE UNIQUE INDEX uq_organization_users_one_default ON organization_users(user_id) WHERE is_default;
CREATE INDEX idx_organization_users_user ON organization_users(user_id);

CREATE TRIGGER refuse_delete BEFORE DELETE ON person_sessions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON person_sessions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_delete BEFORE DELETE ON person_session_areas FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON person_session_areas FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen_columns BEFORE UPDATE ON person_sessions FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'user_id', 'session_key', 'logon_name', 'address', 'started_at');
