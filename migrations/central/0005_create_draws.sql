CREATE TABLE draw_executions (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    state            TEXT NOT NULL,
    started_at       TIMESTAMPTZ NOT NULL,
    rng_seed         TEXT NOT NULL,
    conducted_by     UUID NOT NULL,
    system_checksum  TEXT NOT NULL,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE TABLE draw_results (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    draw_execution_id UUID NOT NULL REFERENCES draw_executions(id) ON DELETE RESTRICT,
    prize_id         UUID NOT NULL REFERENCES prizes(id) ON DELETE RESTRICT,
    position         SMALLINT NOT NULL,
    winning_ticket_id UUID NOT NULL REFERENCES tickets(id) ON DELETE RESTRICT,
    winning_number   INTEGER NOT NULL,
    prize_value_at_draw BIGINT NOT NULL,
    selected_at      TIMESTAMPTZ NOT NULL
);

CREATE TABLE prize_claims (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    draw_result_id   UUID NOT NULL REFERENCES draw_results(id) ON DELETE RESTRICT,
    claimed_at       TIMESTAMPTZ NOT NULL,
    claimed_by       UUID NOT NULL,
    verification_method TEXT NOT NULL,
    verified_by      UUID,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE INDEX idx_draw_results_execution ON draw_results(draw_execution_id);
CREATE INDEX idx_prize_claims_result    ON prize_claims(draw_result_id);
