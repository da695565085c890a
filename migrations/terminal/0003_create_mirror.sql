-- The newest mirror as it was journaled.
CREATE TABLE mirror (
  mirror_id       INTEGER NOT NULL PRIMARY KEY,
  seq             INTEGER NOT NULL,
  mirror_version  TEXT    NOT NULL,
  content         TEXT    NOT NULL,
  CONSTRAINT ck_mirror_is_one_row CHECK (mirror_id = 1),
  CONSTRAINT ck_mirror_content_json CHECK (json_valid(content)),
  CONSTRAINT fk_mirror_journal FOREIGN KEY (seq) REFERENCES journal (seq)
) STRICT;

-- Each raffle event that any mirror ever named. `position` is null once the newest does not.
CREATE TABLE raffle_events (
  raffle_event_id  TEXT    NOT NULL PRIMARY KEY,
  position         INTEGER,
  content          TEXT    NOT NULL,
  state            TEXT    NOT NULL,
  sales_end        TEXT    NOT NULL,
  frozen_hash      TEXT,
  ended_at         TEXT,
  order_count      INTEGER NOT NULL,
  gross_minor      INTEGER NOT NULL,
  CONSTRAINT ck_raffle_events_content_json CHECK (json_valid(content)),
  CONSTRAINT ck_raffle_events_state_known
    CHECK (state IN ('created', 'active', 'suspended', 'closed', 'cancelled')),
  CONSTRAINT ck_raffle_events_sales_end_length CHECK (length(sales_end) = 24),
  CONSTRAINT ck_raffle_events_ended_at_length CHECK (length(ended_at) = 24),
  CONSTRAINT ck_raffle_events_frozen_hash_length CHECK (length(frozen_hash) = 64),
  CONSTRAINT ck_raffle_events_counts_nonnegative CHECK (order_count >= 0 AND gross_minor >= 0)
) STRICT;

CREATE TRIGGER tr_raffle_events_keep_end BEFORE UPDATE OF ended_at ON raffle_events
WHEN OLD.ended_at IS NOT NULL AND NEW.ended_at IS NOT OLD.ended_at
BEGIN
  SELECT RAISE(ABORT, 'ended sales stay ended');
END;

CREATE TRIGGER tr_raffle_events_keep_frozen_hash BEFORE UPDATE OF frozen_hash ON raffle_events
WHEN OLD.frozen_hash IS NOT NULL AND NEW.frozen_hash IS NOT OLD.frozen_hash
BEGIN
  SELECT RAISE(ABORT, 'what was frozen stays frozen');
END;

CREATE TRIGGER tr_raffle_events_refuse_delete BEFORE DELETE ON raffle_events
BEGIN
  SELECT RAISE(ABORT, 'raffle events are never deleted');
END;

-- Each person whom any mirror ever named. `position` is null once the newest does not.
CREATE TABLE operators (
  operator_id         TEXT    NOT NULL PRIMARY KEY,
  position            INTEGER,
  content             TEXT    NOT NULL,
  changed_credential  TEXT,
  failures_in_a_row   INTEGER NOT NULL,
  delayed_until       TEXT,
  CONSTRAINT ck_operators_content_json CHECK (json_valid(content)),
  CONSTRAINT ck_operators_failures_nonnegative CHECK (failures_in_a_row >= 0),
  CONSTRAINT ck_operators_delayed_until_length CHECK (length(delayed_until) = 24)
) STRICT;

CREATE TRIGGER tr_operators_refuse_delete BEFORE DELETE ON operators
BEGIN
  SELECT RAISE(ABORT, 'operators are never deleted');
END;
