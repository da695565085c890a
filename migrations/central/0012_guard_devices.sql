-- Failed validations in a row by someone who holds the device's key (GLI-31 5.4.2).
ALTER TABLE chains ADD COLUMN failed_validations INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chains ADD CONSTRAINT ck_chains_failed_validations CHECK (failed_validations >= 0);

-- Entry 0: the RSU had ended its sales before this enrolment began, so it never sells again for that
-- raffle event (GLI-31 2.6.2).
ALTER TABLE rsu_sales_ends ADD CONSTRAINT ck_rsu_sales_ends_seq CHECK (seq >= 0);

-- An RSU that is enrolled already has begun anew without the ends of its former enrolments.
INSERT INTO rsu_sales_ends (chain_id, raffle_event_id, seq)
SELECT DISTINCT later.id, ended.raffle_event_id, 0
FROM rsu_sales_ends ended
JOIN chains earlier ON earlier.id = ended.chain_id
JOIN critical_events noted ON noted.chain_id = ended.chain_id AND noted.seq = ended.seq
JOIN chains later ON later.rsu_id = earlier.rsu_id AND later.enrolled_at > noted.timestamp
WHERE later.id <> earlier.id
ON CONFLICT DO NOTHING;

-- What a person looks at before reconciliation.
CREATE INDEX idx_orders_flagged ON orders(event_id) WHERE flags <> '{}';
