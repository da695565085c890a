-- Who won and how to reach them. Apart from sales, encrypted, and outside the audit images.
CREATE TABLE prize_winners (
    id               UUID PRIMARY KEY,
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    sealed           BYTEA NOT NULL,
    recorded_by      UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    recorded_at      TIMESTAMPTZ NOT NULL
);

-- A claim is made with one person of the organisation, and confirmed by another.
ALTER TABLE prize_claims ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
ALTER TABLE prize_claims ADD COLUMN decided_by UUID REFERENCES users(id) ON DELETE RESTRICT;
ALTER TABLE prize_claims ADD COLUMN decided_at TIMESTAMPTZ;
ALTER TABLE prize_claims ADD COLUMN decision_reason TEXT;
ALTER TABLE prize_claims ADD CONSTRAINT ck_prize_claims_state
    CHECK (state IN ('open', 'confirmed', 'rejected'));
ALTER TABLE prize_claims ADD CONSTRAINT ck_prize_claims_decided CHECK (
    (state = 'open') = (decided_by IS NULL) AND (state = 'open') = (decided_at IS NULL)
    AND (state <> 'rejected' OR decision_reason IS NOT NULL)
);
ALTER TABLE prize_claims ADD CONSTRAINT ck_prize_claims_two_people
    CHECK (state <> 'confirmed' OR decided_by <> verified_by);
CREATE UNIQUE INDEX uq_prize_claims_one_per_result ON prize_claims(draw_result_id)
    WHERE state <> 'rejected';

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON prize_winners FOR EACH ROW
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON prize_winners FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen_columns BEFORE UPDATE ON prize_claims FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns(
        'id', 'draw_result_id', 'claimed_at', 'claimed_by', 'verification_method', 'verified_by', 'created_at');
CREATE TRIGGER frozen_when_decided BEFORE UPDATE ON prize_claims FOR EACH ROW
    WHEN (OLD.state <> 'open') EXECUTE FUNCTION refuse_change();
