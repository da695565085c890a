-- One enrolment of a device: one journal, one key. The counts are of stored sales, the claims what
-- the till itself said in its last readable sale (null after one that could not be read).
CREATE TABLE chains (
    id               UUID PRIMARY KEY,
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    device_public_key BYTEA NOT NULL,
    machine_fingerprint TEXT NOT NULL,
    state            TEXT NOT NULL DEFAULT 'active',
    high_water_seq   BIGINT NOT NULL DEFAULT 0,
    head_hash        BYTEA NOT NULL,
    judged_seq       BIGINT NOT NULL DEFAULT 0,
    order_count      BIGINT NOT NULL DEFAULT 0,
    gross            BIGINT NOT NULL DEFAULT 0,
    claimed_order_count BIGINT,
    claimed_gross    BIGINT,
    enrolled_at      TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT ck_chains_public_key CHECK (octet_length(device_public_key) = 32),
    CONSTRAINT ck_chains_head_hash CHECK (octet_length(head_hash) = 32),
    CONSTRAINT ck_chains_high_water CHECK (judged_seq >= 0 AND high_water_seq >= judged_seq),
    CONSTRAINT ck_chains_state CHECK (state IN ('active', 'superseded', 'forked', 'stopped'))
);

CREATE INDEX idx_chains_rsu ON chains(rsu_id);
CREATE UNIQUE INDEX uq_chains_one_active_per_rsu ON chains(rsu_id) WHERE state = 'active';

CREATE TABLE enrolment_codes (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    code_hash        BYTEA NOT NULL UNIQUE,
    expires_at       TIMESTAMPTZ NOT NULL,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by       TEXT NOT NULL,
    used_at          TIMESTAMPTZ,
    chain_id         UUID REFERENCES chains(id) ON DELETE RESTRICT,
    CONSTRAINT ck_enrolment_codes_used CHECK ((used_at IS NULL) = (chain_id IS NULL))
);

-- Nonces that a device may sign once. Rows go when they have expired.
CREATE TABLE device_nonces (
    nonce_hash       BYTEA PRIMARY KEY,
    expires_at       TIMESTAMPTZ NOT NULL
);

CREATE INDEX idx_device_nonces_expiry ON device_nonces(expires_at);

-- What a device said about itself, each time it did (GLI-31 5.4.2, 2.8.1).
CREATE TABLE rsu_heartbeats (
    id               BIGSERIAL PRIMARY KEY,
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    chain_id         UUID NOT NULL REFERENCES chains(id) ON DELETE RESTRICT,
    epoch            INTEGER NOT NULL REFERENCES system_epochs(epoch) ON DELETE RESTRICT,
    report           JSONB NOT NULL,
    received_at      TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE INDEX idx_rsu_heartbeats_rsu ON rsu_heartbeats(rsu_id, id DESC);

-- Which till has said, since the epoch began, which numbers it holds and has used.
CREATE TABLE epoch_reports (
    epoch            INTEGER NOT NULL REFERENCES system_epochs(epoch) ON DELETE RESTRICT,
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    kind             TEXT NOT NULL,
    detail           JSONB NOT NULL DEFAULT '{}'::JSONB,
    reported_at      TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (epoch, rsu_id),
    CONSTRAINT ck_epoch_reports_kind CHECK (kind IN ('reported', 'skipped'))
);

-- Money and numbers of one till in one raffle event, from its accepted entries. Each till has its
-- own row, so that tills never wait for each other.
CREATE TABLE rsu_totals (
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    order_count      BIGINT NOT NULL DEFAULT 0,
    ticket_count     BIGINT NOT NULL DEFAULT 0,
    gross            BIGINT NOT NULL DEFAULT 0,
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (rsu_id, raffle_event_id)
);

-- Counts every change of what a till must know. The number after the epoch in a mirror version.
CREATE TABLE mirror_versions (
    rsu_id           UUID PRIMARY KEY REFERENCES rsus(id) ON DELETE RESTRICT,
    version          BIGINT NOT NULL DEFAULT 1
);

-- The moment from which a till itself knew that its sales were over. Sales after it do not count.
CREATE TABLE rsu_sales_ends (
    chain_id         UUID NOT NULL REFERENCES chains(id) ON DELETE RESTRICT,
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    seq              BIGINT NOT NULL,
    PRIMARY KEY (chain_id, raffle_event_id)
);
