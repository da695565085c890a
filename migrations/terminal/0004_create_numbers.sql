CREATE TABLE allocations (
  ordinal          INTEGER NOT NULL PRIMARY KEY,
  allocation_id    TEXT    NOT NULL,
  raffle_event_id  TEXT    NOT NULL,
  mode             TEXT    NOT NULL,
  first_index      INTEGER NOT NULL,
  end_index        INTEGER NOT NULL,
  next_index       INTEGER NOT NULL,
  numbers          TEXT,
  CONSTRAINT uq_allocations_allocation_id UNIQUE (allocation_id),
  CONSTRAINT ck_allocations_mode_known CHECK (mode IN ('sequential', 'random')),
  CONSTRAINT ck_allocations_indices CHECK (0 <= first_index AND first_index < end_index),
  CONSTRAINT ck_allocations_next_index CHECK (first_index <= next_index AND next_index <= end_index),
  CONSTRAINT ck_allocations_numbers CHECK (
    CASE mode
      WHEN 'sequential' THEN numbers IS NULL
      ELSE json_array_length(numbers) = end_index - first_index
    END
  )
) STRICT;

CREATE INDEX ix_allocations_raffle_event ON allocations (raffle_event_id, ordinal);

CREATE TRIGGER tr_allocations_refuse_frozen_update
BEFORE UPDATE OF ordinal, allocation_id, raffle_event_id, mode, first_index, end_index, numbers
ON allocations
BEGIN
  SELECT RAISE(ABORT, 'an allocation never changes');
END;

CREATE TRIGGER tr_allocations_next_index_rises BEFORE UPDATE OF next_index ON allocations
WHEN NEW.next_index < OLD.next_index
BEGIN
  SELECT RAISE(ABORT, 'a number is never handed out twice');
END;

CREATE TRIGGER tr_allocations_refuse_delete BEFORE DELETE ON allocations
BEGIN
  SELECT RAISE(ABORT, 'allocations are never deleted');
END;

CREATE TABLE validation_blocks (
  ordinal              INTEGER NOT NULL PRIMARY KEY,
  validation_block_id  TEXT    NOT NULL,
  raffle_event_id      TEXT    NOT NULL,
  prefix               TEXT    NOT NULL,
  size                 INTEGER NOT NULL,
  expires_at           TEXT,
  wrapped_key          TEXT    NOT NULL,
  next_sequence        INTEGER NOT NULL,
  CONSTRAINT uq_validation_blocks_validation_block_id UNIQUE (validation_block_id),
  CONSTRAINT uq_validation_blocks_prefix UNIQUE (prefix),
  CONSTRAINT ck_validation_blocks_prefix_length CHECK (length(prefix) = 8),
  CONSTRAINT ck_validation_blocks_expires_at_length CHECK (length(expires_at) = 24),
  CONSTRAINT ck_validation_blocks_next_sequence
    CHECK (1 <= next_sequence AND next_sequence <= size + 1)
) STRICT;

CREATE INDEX ix_validation_blocks_raffle_event ON validation_blocks (raffle_event_id, ordinal);

CREATE TRIGGER tr_validation_blocks_refuse_frozen_update
BEFORE UPDATE OF ordinal, validation_block_id, raffle_event_id, prefix, size, expires_at, wrapped_key
ON validation_blocks
BEGIN
  SELECT RAISE(ABORT, 'a validation block never changes');
END;

CREATE TRIGGER tr_validation_blocks_next_sequence_rises
BEFORE UPDATE OF next_sequence ON validation_blocks
WHEN NEW.next_sequence < OLD.next_sequence
BEGIN
  SELECT RAISE(ABORT, 'a validation number is never made twice');
END;

CREATE TRIGGER tr_validation_blocks_refuse_delete BEFORE DELETE ON validation_blocks
BEGIN
  SELECT RAISE(ABORT, 'validation blocks are never deleted');
END;
