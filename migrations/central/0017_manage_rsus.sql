-- Tills whose sales of a raffle event can never be reconciled: entered by one person, confirmed by
-- another (GLI-31 2.8.1g). Only a confirmed row that was not withdrawn counts.
CREATE TABLE rsu_corruption_log (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    reason           TEXT NOT NULL,
    operator_id      UUID REFERENCES operators(id) ON DELETE RESTRICT,
    money_collected  BIGINT NOT NULL,
    heartbeat_id     BIGINT REFERENCES rsu_heartbeats(id) ON DELETE RESTRICT,
    entered_by       UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    entered_at       TIMESTAMPTZ NOT NULL,
    confirmed_by     UUID REFERENCES users(id) ON DELETE RESTRICT,
    confirmed_at     TIMESTAMPTZ,
    withdrawn_by     UUID REFERENCES users(id) ON DELETE RESTRICT,
    withdrawn_at     TIMESTAMPTZ,
    CONSTRAINT ck_rsu_corruption_log_reason CHECK (length(reason) BETWEEN 1 AND 500),
    CONSTRAINT ck_rsu_corruption_log_money CHECK (money_collected >= 0),
    CONSTRAINT ck_rsu_corruption_log_two_people CHECK (confirmed_by <> entered_by),
    CONSTRAINT ck_rsu_corruption_log_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
    CONSTRAINT ck_rsu_corruption_log_withdrawn CHECK (
        (withdrawn_by IS NULL) = (withdrawn_at IS NULL) AND (withdrawn_by IS NULL OR confirmed_by IS NULL)
    )
);

CREATE UNIQUE INDEX uq_rsu_corruption_log_one ON rsu_corruption_log(rsu_id, raffle_event_id)
    WHERE withdrawn_at IS NULL;
CREATE INDEX idx_rsu_corruption_log_event ON rsu_corruption_log(raffle_event_id, entered_at);

-- Who reported a till as missing, what was last known of it, and how that ended.
CREATE TABLE rsu_missing_reports (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    reason           TEXT NOT NULL,
    facts            JSONB NOT NULL,
    reported_by      UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    reported_at      TIMESTAMPTZ NOT NULL,
    outcome          TEXT,
    ended_by         UUID REFERENCES users(id) ON DELETE RESTRICT,
    ended_at         TIMESTAMPTZ,
    CONSTRAINT ck_rsu_missing_reports_reason CHECK (length(reason) BETWEEN 1 AND 500),
    CONSTRAINT ck_rsu_missing_reports_outcome CHECK (outcome IN ('back', 'imported', 'given-up')),
    CONSTRAINT ck_rsu_missing_reports_ended CHECK (
        (outcome IS NULL) = (ended_by IS NULL) AND (outcome IS NULL) = (ended_at IS NULL)
    )
);

CREATE UNIQUE INDEX uq_rsu_missing_reports_one_open ON rsu_missing_reports(rsu_id) WHERE outcome IS NULL;

-- Who has which till, where, and with how much money. The last row of a till says how it is now; one
-- without an operator says that the till was handed back.
CREATE TABLE rsu_assignments (
    id               BIGSERIAL PRIMARY KEY,
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    operator_id      UUID REFERENCES operators(id) ON DELETE RESTRICT,
    section          TEXT,
    float_amount     BIGINT,
    currency         CHAR(3),
    assigned_by      UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    assigned_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT ck_rsu_assignments_float CHECK (
        (float_amount IS NULL) = (currency IS NULL) AND float_amount >= 0
    ),
    CONSTRAINT ck_rsu_assignments_handed_back CHECK (
        operator_id IS NOT NULL OR (section IS NULL AND float_amount IS NULL)
    )
);

CREATE INDEX idx_rsu_assignments_rsu ON rsu_assignments(rsu_id, id DESC);
CREATE INDEX idx_rsu_assignments_operator ON rsu_assignments(operator_id, id DESC);

-- What a till is told to do, and what became of it. The body is the contract's for its kind.
CREATE TABLE rsu_commands (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    kind             TEXT NOT NULL,
    body             JSONB NOT NULL,
    issued_by        UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    issued_at        TIMESTAMPTZ NOT NULL,
    answer           TEXT,
    answer_reason    TEXT,
    answered_at      TIMESTAMPTZ,
    answer_chain_id  UUID REFERENCES chains(id) ON DELETE RESTRICT,
    answer_seq       BIGINT,
    withdrawn_by     UUID REFERENCES users(id) ON DELETE RESTRICT,
    withdrawn_at     TIMESTAMPTZ,
    CONSTRAINT ck_rsu_commands_kind CHECK (kind IN ('come-home', 'disable', 'message', 'void-request')),
    CONSTRAINT ck_rsu_commands_answer CHECK (answer IN ('seen', 'done', 'refused')),
    CONSTRAINT ck_rsu_commands_answered CHECK (
        (answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answer_chain_id IS NULL)
        AND (answer IS NULL) = (answer_seq IS NULL) AND (answer IS NOT NULL OR answer_reason IS NULL)
    ),
    CONSTRAINT ck_rsu_commands_withdrawn CHECK (
        (withdrawn_by IS NULL) = (withdrawn_at IS NULL) AND (withdrawn_by IS NULL OR answer IS NULL)
    )
);

CREATE INDEX idx_rsu_commands_rsu ON rsu_commands(rsu_id, issued_at);
CREATE INDEX idx_rsu_commands_open ON rsu_commands(rsu_id) WHERE answer IS NULL AND withdrawn_at IS NULL;

-- Numbers belong to one enrolment of an RSU: a device that is enrolled later must not sell again what
-- the former one may have sold.
ALTER TABLE rsu_allocations ADD COLUMN chain_id UUID REFERENCES chains(id) ON DELETE RESTRICT;
ALTER TABLE validation_number_blocks ADD COLUMN chain_id UUID REFERENCES chains(id) ON DELETE RESTRICT;

UPDATE rsu_allocations allocation SET chain_id = (
    SELECT id FROM chains WHERE rsu_id = allocation.rsu_id
    ORDER BY enrolled_at > allocation.allocated_at, enrolled_at DESC LIMIT 1);
UPDATE validation_number_blocks block SET chain_id = (
    SELECT id FROM chains WHERE rsu_id = block.rsu_id
    ORDER BY enrolled_at > block.created_at, enrolled_at DESC LIMIT 1);

CREATE INDEX idx_rsu_allocations_chain ON rsu_allocations(chain_id, raffle_event_id);
CREATE INDEX idx_validation_number_blocks_chain ON validation_number_blocks(chain_id, raffle_event_id);

-- Unsold numbers that their holder gave back, from this index to the end. They may be dealt again.
ALTER TABLE rsu_allocations ADD COLUMN returned_from INTEGER;
ALTER TABLE rsu_allocations ADD CONSTRAINT ck_rsu_allocations_returned
    CHECK (returned_from BETWEEN start_number AND end_number);
ALTER TABLE rsu_allocations DROP CONSTRAINT ck_rsu_allocations_counters;
ALTER TABLE rsu_allocations ADD CONSTRAINT ck_rsu_allocations_counters CHECK (
    tickets_sold >= 0 AND tickets_voided >= 0 AND tickets_available >= 0
    AND tickets_sold::BIGINT + tickets_voided + tickets_available
        + coalesce(end_number::BIGINT - returned_from + 1, 0) = total_tickets
);
ALTER TABLE rsu_allocations DROP CONSTRAINT ex_rsu_allocations_overlap;
ALTER TABLE rsu_allocations ADD CONSTRAINT ex_rsu_allocations_overlap EXCLUDE USING gist (
    raffle_event_id WITH =,
    int8range(start_number, coalesce(returned_from::BIGINT, end_number::BIGINT + 1), '[)') WITH &&
) WHERE (number_mode = 'sequential');

CREATE TRIGGER kept_when_returned BEFORE UPDATE OF returned_from ON rsu_allocations FOR EACH ROW
    WHEN (OLD.returned_from IS NOT NULL AND (NEW.returned_from IS NULL OR NEW.returned_from > OLD.returned_from))
    EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER raise_mirror AFTER INSERT OR UPDATE OF state, returned_from ON rsu_allocations
    FOR EACH ROW EXECUTE FUNCTION raise_mirror_of_rsu('rsu_id');
CREATE OR REPLACE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE OF
    state, metadata, exhausted_at, validation_number_block, returned_from, chain_id ON rsu_allocations
    FOR EACH ROW EXECUTE FUNCTION audit_row('id');

-- In random mode a number that was given back may be in a second allocation.
ALTER TABLE rsu_allocation_numbers ADD COLUMN is_returned BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE rsu_allocation_numbers DROP CONSTRAINT rsu_allocation_numbers_pkey;
ALTER TABLE rsu_allocation_numbers DROP CONSTRAINT uq_rsu_allocation_numbers_position;
ALTER TABLE rsu_allocation_numbers ADD PRIMARY KEY (rsu_allocation_id, position);
CREATE UNIQUE INDEX uq_rsu_allocation_numbers_held ON rsu_allocation_numbers(raffle_event_id, draw_number)
    WHERE NOT is_returned;
CREATE INDEX idx_rsu_allocation_numbers_number ON rsu_allocation_numbers(raffle_event_id, draw_number);

DROP TRIGGER refuse_change ON rsu_allocation_numbers;
CREATE TRIGGER refuse_delete BEFORE DELETE ON rsu_allocation_numbers FOR EACH ROW
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen_columns BEFORE UPDATE ON rsu_allocation_numbers FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'raffle_event_id', 'draw_number', 'rsu_allocation_id', 'position');
CREATE TRIGGER kept_when_returned BEFORE UPDATE ON rsu_allocation_numbers FOR EACH ROW
    WHEN (OLD.is_returned) EXECUTE FUNCTION refuse_change();

DO $$
DECLARE
    kept TEXT;
BEGIN
    FOREACH kept IN ARRAY ARRAY['rsu_corruption_log', 'rsu_missing_reports', 'rsu_commands'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_delete BEFORE DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
        EXECUTE format('CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION audit_row(''id'')', kept);
    END LOOP;
END $$;

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON rsu_assignments FOR EACH ROW
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON rsu_assignments FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_row AFTER INSERT ON rsu_assignments FOR EACH ROW EXECUTE FUNCTION audit_row('id');

CREATE TRIGGER frozen_columns BEFORE UPDATE ON rsu_corruption_log FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'rsu_id', 'raffle_event_id', 'reason', 'operator_id', 'money_collected', 'heartbeat_id',
        'entered_by', 'entered_at');
CREATE TRIGGER frozen_when_over BEFORE UPDATE ON rsu_corruption_log FOR EACH ROW
    WHEN (OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen_columns BEFORE UPDATE ON rsu_missing_reports FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'rsu_id', 'reason', 'facts', 'reported_by', 'reported_at');
CREATE TRIGGER frozen_when_over BEFORE UPDATE ON rsu_missing_reports FOR EACH ROW
    WHEN (OLD.outcome IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen_columns BEFORE UPDATE ON rsu_commands FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns('id', 'rsu_id', 'kind', 'body', 'issued_by', 'issued_at');
CREATE TRIGGER frozen_when_over BEFORE UPDATE ON rsu_commands FOR EACH ROW
    WHEN (OLD.answer IN ('done', 'refused') OR OLD.withdrawn_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER raise_mirror AFTER INSERT OR UPDATE ON rsu_commands FOR EACH ROW
    EXECUTE FUNCTION raise_mirror_of_rsu('rsu_id');
