-- What is bought online is sold by an RSU that no device can ever be: one for each organisation.
INSERT INTO rsu_states (key, description) VALUES
    ('virtual', 'No device: it sells what is bought online');

CREATE UNIQUE INDEX uq_rsus_one_virtual ON rsus(organization_id) WHERE state = 'virtual';

CREATE TRIGGER virtual_for_ever BEFORE UPDATE OF state ON rsus FOR EACH ROW
    WHEN (OLD.state = 'virtual' AND NEW.state <> 'virtual') EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_code_of_virtual_rsu() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM rsus WHERE id = NEW.rsu_id) = 'virtual' THEN
        RAISE EXCEPTION 'no device enrols as the RSU that sells online'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER no_code_of_virtual_rsu BEFORE INSERT ON enrolment_codes FOR EACH ROW
    EXECUTE FUNCTION refuse_code_of_virtual_rsu();

ALTER TABLE payments DROP CONSTRAINT ck_payments_tender;
ALTER TABLE payments ADD CONSTRAINT ck_payments_tender CHECK (tender IN ('cash', 'card', 'online'));

-- One payment on the web pays for one purchase.
CREATE UNIQUE INDEX uq_payments_online_reference ON payments(rsu_id, reference) WHERE tender = 'online';

-- What people look orders up by.
CREATE INDEX idx_orders_event_created ON orders(event_id, created_at DESC, id DESC);
CREATE INDEX idx_orders_chain ON orders(chain_id, journal_seq);

-- A number that is out of play never comes back into it (GLI-31 2.3.3).
CREATE TRIGGER out_of_play_for_ever BEFORE UPDATE OF state ON tickets FOR EACH ROW
    WHEN (OLD.state <> 'sold' AND NEW.state <> OLD.state) EXECUTE FUNCTION refuse_change();

-- What waits for a person gets a name of its own, and is decided once.
ALTER TABLE journal_quarantine ADD COLUMN id UUID NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE journal_quarantine ADD CONSTRAINT uq_journal_quarantine_id UNIQUE (id);
-- The orders that a second account of a sale turned out to be about.
ALTER TABLE journal_quarantine ADD COLUMN linked_order_ids UUID[] NOT NULL DEFAULT '{}';
-- Whether its rows are among those that reports are made from.
ALTER TABLE journal_quarantine ADD COLUMN is_projected BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE journal_quarantine DROP CONSTRAINT ck_journal_quarantine_state;
ALTER TABLE journal_quarantine ADD CONSTRAINT ck_journal_quarantine_state
    CHECK (state IN ('open', 'accepted', 'voided', 'linked'));
ALTER TABLE journal_quarantine ADD CONSTRAINT ck_journal_quarantine_linked CHECK (
    (state = 'linked') = (cardinality(linked_order_ids) > 0)
    AND (NOT is_projected OR state IN ('accepted', 'voided'))
);
CREATE INDEX idx_journal_quarantine_time ON journal_quarantine(quarantined_at, id);
CREATE TRIGGER frozen_when_resolved BEFORE UPDATE ON journal_quarantine FOR EACH ROW
    WHEN (OLD.state <> 'open') EXECUTE FUNCTION refuse_change();

-- One person asks for a void, and says why. A till that still sells for the raffle event is told by a
-- command; otherwise another person decides.
CREATE TABLE void_requests (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id  UUID NOT NULL REFERENCES organizations(id) ON DELETE RESTRICT,
    order_id         UUID REFERENCES orders(id) ON DELETE RESTRICT,
    quarantine_id    UUID REFERENCES journal_quarantine(id) ON DELETE RESTRICT,
    reason_code      TEXT NOT NULL,
    note             TEXT NOT NULL,
    command_id       UUID REFERENCES rsu_commands(id) ON DELETE RESTRICT,
    requested_by     UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    requested_at     TIMESTAMPTZ NOT NULL,
    decision         TEXT,
    decision_note    TEXT,
    decided_by       UUID REFERENCES users(id) ON DELETE RESTRICT,
    decided_at       TIMESTAMPTZ,
    CONSTRAINT ck_void_requests_subject CHECK ((order_id IS NULL) <> (quarantine_id IS NULL)),
    CONSTRAINT ck_void_requests_reason CHECK (reason_code IN ('wrong-package', 'not-paid',
        'changed-mind', 'sold-twice', 'trial-sale', 'sold-after-end', 'till-fault', 'other')),
    CONSTRAINT ck_void_requests_decision CHECK (decision IN ('approved', 'refused')),
    CONSTRAINT ck_void_requests_decided CHECK (
        (decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL)
        AND (decision IS NULL) = (decision_note IS NULL)
    ),
    CONSTRAINT ck_void_requests_two_people CHECK (decided_by <> requested_by OR decision = 'refused')
);

CREATE UNIQUE INDEX uq_void_requests_one_open_order ON void_requests(order_id) WHERE decision IS NULL;
CREATE UNIQUE INDEX uq_void_requests_one_open_entry ON void_requests(quarantine_id) WHERE decision IS NULL;
CREATE INDEX idx_void_requests_organization ON void_requests(organization_id, requested_at DESC, id DESC);

-- Money that was given back, and who handed it over.
CREATE TABLE refunds (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id  UUID NOT NULL REFERENCES organizations(id) ON DELETE RESTRICT,
    order_id         UUID REFERENCES orders(id) ON DELETE RESTRICT,
    quarantine_id    UUID REFERENCES journal_quarantine(id) ON DELETE RESTRICT,
    amount           BIGINT NOT NULL,
    currency         CHAR(3) NOT NULL,
    method           TEXT NOT NULL,
    paid_back_by     TEXT NOT NULL,
    note             TEXT NOT NULL,
    recorded_by      UUID NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
    recorded_at      TIMESTAMPTZ NOT NULL,
    CONSTRAINT ck_refunds_subject CHECK ((order_id IS NULL) <> (quarantine_id IS NULL)),
    CONSTRAINT ck_refunds_amount CHECK (amount > 0),
    CONSTRAINT ck_refunds_method CHECK (method IN ('cash', 'card', 'online'))
);

CREATE INDEX idx_refunds_order ON refunds(order_id);
CREATE INDEX idx_refunds_quarantine ON refunds(quarantine_id);
CREATE INDEX idx_refunds_organization ON refunds(organization_id, recorded_at DESC, id DESC);

CREATE TRIGGER refuse_delete BEFORE DELETE ON void_requests FOR EACH ROW
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON void_requests FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen_columns BEFORE UPDATE ON void_requests FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_frozen_columns('id', 'organization_id', 'order_id',
        'quarantine_id', 'reason_code', 'note', 'command_id', 'requested_by', 'requested_at');
CREATE TRIGGER frozen_when_decided BEFORE UPDATE ON void_requests FOR EACH ROW
    WHEN (OLD.decision IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON void_requests FOR EACH ROW
    EXECUTE FUNCTION audit_row('id');

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON refunds FOR EACH ROW
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON refunds FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_row AFTER INSERT ON refunds FOR EACH ROW EXECUTE FUNCTION audit_row('id');
