-- The event manager's word that the voids are in order, and which voids these were (GLI-31 2.6.3).
CREATE TABLE raffle_event_void_acknowledgements (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    voided_count     INTEGER NOT NULL,
    misprinted_count INTEGER NOT NULL,
    numbers_sha256   TEXT NOT NULL,
    acknowledged_by  UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    acknowledged_at  TIMESTAMPTZ NOT NULL,
    CONSTRAINT ck_raffle_event_void_acknowledgements_counts CHECK (voided_count >= 0 AND misprinted_count >= 0),
    CONSTRAINT ck_raffle_event_void_acknowledgements_sha256 CHECK (numbers_sha256 ~ '^[0-9a-f]{64}$')
);

CREATE INDEX idx_raffle_event_void_acknowledgements_event
    ON raffle_event_void_acknowledgements(raffle_event_id, acknowledged_at);

-- A ticket row is the electronic counterfoil of its draw number: one number, with all that the bearer
-- ticket says (GLI-31 2.4.1).
CREATE VIEW counterfoils AS
SELECT ticket.id AS ticket_id, ticket.event_id AS raffle_event_id, ticket.order_id, ticket.draw_number,
       ticket.state, event.event_identifier, coalesce(sold.issued_at, ticket.sold_at) AS issued_at,
       sold.total_amount, sold.currency, sold.validation_number, sold.rsu_id
FROM tickets ticket
JOIN orders sold ON sold.id = ticket.order_id
JOIN raffle_events event ON event.id = ticket.event_id;

-- All that the outcome of a draw follows from, apart from the seed (docs/draw.md).
CREATE TABLE draw_inputs (
    draw_execution_id UUID PRIMARY KEY REFERENCES draw_executions(id) ON DELETE RESTRICT,
    method           TEXT NOT NULL,
    pool_sha256      TEXT NOT NULL,
    pool_size        INTEGER NOT NULL,
    pool_ranges      JSONB NOT NULL,
    stays_in         BOOLEAN NOT NULL,
    net_sales        BIGINT NOT NULL,
    currency         CHAR(3) NOT NULL,
    prizes           JSONB NOT NULL,
    CONSTRAINT ck_draw_inputs_method CHECK (method IN ('electronic', 'manual')),
    CONSTRAINT ck_draw_inputs_sha256 CHECK (pool_sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT ck_draw_inputs_size CHECK (pool_size > 0),
    CONSTRAINT ck_draw_inputs_net_sales CHECK (net_sales >= 0)
);

ALTER TABLE draw_executions ADD CONSTRAINT ck_draw_executions_state
    CHECK (state IN ('pending', 'in_progress', 'completed', 'failed'));
CREATE INDEX idx_draw_executions_event ON draw_executions(raffle_event_id, started_at);

-- A second draw adds a result that takes the place of the first, which is kept.
ALTER TABLE draw_results ADD COLUMN replaces_result_id UUID
    REFERENCES draw_results(id) ON DELETE RESTRICT;
ALTER TABLE draw_results ADD CONSTRAINT uq_draw_results_replaces UNIQUE (replaces_result_id);
ALTER TABLE draw_results ADD CONSTRAINT uq_draw_results_position UNIQUE (draw_execution_id, position);
ALTER TABLE draw_results ADD CONSTRAINT ck_draw_results_position CHECK (position > 0);
CREATE INDEX idx_draw_results_prize ON draw_results(prize_id);
CREATE INDEX idx_draw_results_ticket ON draw_results(winning_ticket_id);

-- One person asks for a second draw, another decides.
CREATE TABLE second_draw_requests (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    draw_result_id   UUID NOT NULL REFERENCES draw_results(id) ON DELETE RESTRICT,
    reason           TEXT NOT NULL,
    requested_by     UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    requested_at     TIMESTAMPTZ NOT NULL,
    decision         TEXT,
    decided_by       UUID REFERENCES users(id) ON DELETE RESTRICT,
    decided_at       TIMESTAMPTZ,
    draw_execution_id UUID REFERENCES draw_executions(id) ON DELETE RESTRICT,
    CONSTRAINT ck_second_draw_requests_decision CHECK (decision IN ('approved', 'refused')),
    CONSTRAINT ck_second_draw_requests_decided CHECK (
        (decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL)
        AND (decision IS NOT DISTINCT FROM 'approved') = (draw_execution_id IS NOT NULL)
    ),
    CONSTRAINT ck_second_draw_requests_two_people CHECK (decided_by <> requested_by OR decision = 'refused')
);

CREATE UNIQUE INDEX uq_second_draw_requests_one_open ON second_draw_requests(draw_result_id)
    WHERE decision IS NULL;

-- Counterfoils that were given out for printing. The second time needs a second person, and every
-- number of it is marked as a reprint (GLI-31 2.4.2).
CREATE TABLE counterfoil_prints (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    first_number     INTEGER NOT NULL,
    last_number      INTEGER NOT NULL,
    reason           TEXT,
    requested_by     UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    requested_at     TIMESTAMPTZ NOT NULL,
    state            TEXT NOT NULL,
    approved_by      UUID REFERENCES users(id) ON DELETE RESTRICT,
    approved_at      TIMESTAMPTZ,
    CONSTRAINT ck_counterfoil_prints_range CHECK (first_number >= 0 AND last_number >= first_number),
    CONSTRAINT ck_counterfoil_prints_state CHECK (state IN ('awaiting-approval', 'released')),
    CONSTRAINT ck_counterfoil_prints_two_people CHECK (approved_by <> requested_by),
    CONSTRAINT ck_counterfoil_prints_approved CHECK (
        (approved_by IS NULL) = (approved_at IS NULL) AND (approved_by IS NULL OR state = 'released')
    )
);

CREATE INDEX idx_counterfoil_prints_event ON counterfoil_prints(raffle_event_id, requested_at);

-- Which counterfoils a print holds. Copy 0 is the first print, every other a reprint.
CREATE TABLE counterfoil_print_numbers (
    counterfoil_print_id UUID NOT NULL REFERENCES counterfoil_prints(id) ON DELETE RESTRICT,
    ticket_id        UUID NOT NULL REFERENCES tickets(id) ON DELETE RESTRICT,
    copy_number      INTEGER NOT NULL,
    PRIMARY KEY (counterfoil_print_id, ticket_id),
    CONSTRAINT uq_counterfoil_print_numbers_copy UNIQUE (ticket_id, copy_number),
    CONSTRAINT ck_counterfoil_print_numbers_copy CHECK (copy_number >= 0)
);

DO $$
DECLARE
    append_only TEXT;
    kept TEXT;
BEGIN
    FOREACH append_only IN ARRAY ARRAY[
        'raffle_event_void_acknowledgements', 'draw_inputs', 'draw_results', 'counterfoil_print_numbers'
    ] LOOP
        EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION refuse_change()', append_only);
        EXECUTE format('CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', append_only);
    END LOOP;
    FOREACH kept IN ARRAY ARRAY['second_draw_requests', 'counterfoil_prints'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_delete BEFORE DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
    END LOOP;
    FOREACH kept IN ARRAY ARRAY[
        'raffle_event_void_acknowledgements', 'second_draw_requests', 'counterfoil_prints'
    ] LOOP
        EXECUTE format('CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION audit_row(''id'')', kept);
    END LOOP;
END $$;

CREATE TRIGGER frozen_columns BEFORE UPDATE ON draw_executions FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'raffle_event_id', 'started_at', 'rng_seed', 'conducted_by', 'system_checksum', 'created_at');
CREATE TRIGGER frozen_columns BEFORE UPDATE ON second_draw_requests FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'draw_result_id', 'reason', 'requested_by', 'requested_at');
CREATE TRIGGER frozen_columns BEFORE UPDATE ON counterfoil_prints FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'raffle_event_id', 'first_number', 'last_number', 'reason', 'requested_by', 'requested_at');

-- What has ended stays as it ended.
CREATE TRIGGER frozen_when_over BEFORE UPDATE ON draw_executions FOR EACH ROW
    WHEN (OLD.state IN ('completed', 'failed')) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen_when_decided BEFORE UPDATE ON second_draw_requests FOR EACH ROW
    WHEN (OLD.decision IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen_when_released BEFORE UPDATE ON counterfoil_prints FOR EACH ROW
    WHEN (OLD.state = 'released') EXECUTE FUNCTION refuse_change();
