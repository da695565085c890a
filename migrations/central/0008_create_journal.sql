-- Every entry as it arrived, byte for byte. Both branches of a forked chain are here.
CREATE TABLE journal_entries (
    chain_id         UUID NOT NULL REFERENCES chains(id) ON DELETE RESTRICT,
    seq              BIGINT NOT NULL,
    hash             BYTEA NOT NULL,
    previous_hash    BYTEA NOT NULL,
    body             BYTEA NOT NULL,
    signature        BYTEA,
    received_at      TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (chain_id, seq, hash),
    CONSTRAINT ck_journal_entries_seq CHECK (seq > 0),
    CONSTRAINT ck_journal_entries_hash CHECK (octet_length(hash) = 32)
);

-- The first verdict on an entry. A repeat is answered from here.
CREATE TABLE journal_verdicts (
    chain_id         UUID NOT NULL,
    seq              BIGINT NOT NULL,
    hash             BYTEA NOT NULL,
    outcome          TEXT NOT NULL,
    reason           TEXT,
    explanation      TEXT,
    decided_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (chain_id, seq, hash),
    CONSTRAINT fk_journal_verdicts_entry FOREIGN KEY (chain_id, seq, hash)
        REFERENCES journal_entries(chain_id, seq, hash) ON DELETE RESTRICT,
    CONSTRAINT ck_journal_verdicts_outcome CHECK (
        (outcome = 'accepted' AND reason IS NULL) OR (outcome = 'quarantined' AND reason IS NOT NULL)
    )
);

-- What waits for a person, and what the person decided.
CREATE TABLE journal_quarantine (
    chain_id         UUID NOT NULL,
    seq              BIGINT NOT NULL,
    hash             BYTEA NOT NULL,
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    reason           TEXT NOT NULL,
    explanation      TEXT NOT NULL,
    order_ids        UUID[] NOT NULL DEFAULT '{}',
    subject_ids      UUID[] NOT NULL DEFAULT '{}',
    state            TEXT NOT NULL DEFAULT 'open',
    resolution       TEXT,
    quarantined_at   TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    resolved_at      TIMESTAMPTZ,
    resolved_by      TEXT,
    PRIMARY KEY (chain_id, seq, hash),
    CONSTRAINT fk_journal_quarantine_entry FOREIGN KEY (chain_id, seq, hash)
        REFERENCES journal_entries(chain_id, seq, hash) ON DELETE RESTRICT,
    CONSTRAINT ck_journal_quarantine_state CHECK (state IN ('open', 'accepted', 'voided')),
    CONSTRAINT ck_journal_quarantine_resolved CHECK (
        (state = 'open') = (resolved_at IS NULL) AND (state = 'open') = (resolved_by IS NULL)
    )
);

CREATE INDEX idx_journal_quarantine_rsu ON journal_quarantine(rsu_id, state);
CREATE INDEX idx_journal_quarantine_subjects ON journal_quarantine USING gin (subject_ids) WHERE state = 'open';
