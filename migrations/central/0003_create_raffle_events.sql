CREATE TABLE raffle_events (
    id                       UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name                     TEXT NOT NULL,
    description              TEXT,
    organization_id          UUID NOT NULL REFERENCES organizations(id) ON DELETE RESTRICT,
    venue_id                 UUID REFERENCES venues(id),
    event_identifier         TEXT UNIQUE NOT NULL,
    state                    TEXT NOT NULL REFERENCES raffle_event_states(key),
    configuration            JSONB NOT NULL,
    ticket_allocation        JSONB NOT NULL,
    total_sold               INTEGER NOT NULL DEFAULT 0,
    reconciliation_confirmed_at TIMESTAMPTZ,
    reconciliation_confirmed_by UUID,
    created_at               TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by               UUID,
    updated_at               TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_by               UUID
);

CREATE TABLE ticket_package_templates (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id  UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    name             TEXT NOT NULL,
    description      TEXT,
    ticket_count     INTEGER NOT NULL CHECK (ticket_count > 0),
    price            INTEGER NOT NULL CHECK (price >= 0),
    currency         CHAR(3) NOT NULL,
    display_order    INTEGER,
    is_active        BOOLEAN NOT NULL DEFAULT TRUE,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by       UUID,
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_by       UUID
);

CREATE TABLE ticket_packages (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    event_id         UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    name             TEXT NOT NULL,
    description      TEXT,
    ticket_count     INTEGER NOT NULL CHECK (ticket_count > 0),
    price            INTEGER NOT NULL CHECK (price >= 0),
    currency         CHAR(3) NOT NULL,
    display_order    INTEGER,
    is_active        BOOLEAN NOT NULL DEFAULT TRUE,
    active_from      TIMESTAMPTZ,
    active_to        TIMESTAMPTZ,
    perk_ids         UUID[] DEFAULT '{}',
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by       UUID,
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_by       UUID
);

CREATE TABLE prize_templates (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id  UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    name             TEXT NOT NULL,
    description      TEXT,
    type             TEXT NOT NULL,
    value            BIGINT,
    percentage       NUMERIC(5,2),
    currency         CHAR(3),
    metadata         JSONB DEFAULT '{}'::JSONB,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by       UUID,
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_by       UUID
);

CREATE TABLE prizes (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    event_id         UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    name             TEXT NOT NULL,
    description      TEXT,
    type             TEXT NOT NULL,
    value            BIGINT,
    percentage       NUMERIC(5,2),
    cap              BIGINT,
    currency         CHAR(3),
    position         SMALLINT NOT NULL,
    winner_count     SMALLINT NOT NULL DEFAULT 1,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by       UUID,
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_by       UUID,
    CONSTRAINT ck_prizes_award CHECK (
        (type = 'fixed' AND value IS NOT NULL AND currency IS NOT NULL)
        OR (type = 'percentage' AND percentage IS NOT NULL)
        OR type NOT IN ('fixed', 'percentage')
    )
);

CREATE INDEX idx_raffle_events_org   ON raffle_events(organization_id);
CREATE INDEX idx_raffle_events_state ON raffle_events(state);
CREATE INDEX idx_prizes_event_pos    ON prizes(event_id, position);

CREATE TABLE jurisdiction_profiles (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id  UUID NOT NULL REFERENCES organizations(id) ON DELETE RESTRICT,
    name             TEXT NOT NULL,
    profile          JSONB NOT NULL,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by       UUID,
    CONSTRAINT uq_jurisdiction_profiles_name UNIQUE (organization_id, name)
);

-- The profile as it stood when the raffle event was made: later edits of the profile do not reach it.
CREATE TABLE raffle_event_profiles (
    raffle_event_id  UUID PRIMARY KEY REFERENCES raffle_events(id) ON DELETE RESTRICT,
    jurisdiction_profile_id UUID NOT NULL REFERENCES jurisdiction_profiles(id) ON DELETE RESTRICT,
    profile          JSONB NOT NULL,
    frozen_at        TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE TABLE raffle_event_state_history (
    id               BIGSERIAL PRIMARY KEY,
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    from_state       TEXT REFERENCES raffle_event_states(key),
    to_state         TEXT NOT NULL REFERENCES raffle_event_states(key),
    changed_by       TEXT NOT NULL,
    changed_at       TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE INDEX idx_raffle_event_state_history_event ON raffle_event_state_history(raffle_event_id, id);
