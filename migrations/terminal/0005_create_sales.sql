CREATE TABLE checkouts (
  seq                  INTEGER NOT NULL PRIMARY KEY,
  checkout_id          TEXT    NOT NULL,
  raffle_event_id      TEXT    NOT NULL,
  shift_id             TEXT,
  content_hash         TEXT    NOT NULL,
  currency             TEXT    NOT NULL,
  total_minor          INTEGER NOT NULL,
  rounding_minor       INTEGER NOT NULL,
  is_offline           INTEGER NOT NULL,
  sold_at              TEXT    NOT NULL,
  operator_id          TEXT,
  running_order_count  INTEGER NOT NULL,
  running_gross_minor  INTEGER NOT NULL,
  CONSTRAINT uq_checkouts_checkout_id UNIQUE (checkout_id),
  CONSTRAINT ck_checkouts_currency_length CHECK (length(currency) = 3),
  CONSTRAINT ck_checkouts_content_hash_length CHECK (length(content_hash) = 64),
  CONSTRAINT ck_checkouts_total_nonnegative CHECK (total_minor >= 0),
  CONSTRAINT ck_checkouts_is_offline_boolean CHECK (is_offline IN (0, 1)),
  CONSTRAINT ck_checkouts_sold_at_length CHECK (length(sold_at) = 24),
  CONSTRAINT fk_checkouts_journal FOREIGN KEY (seq) REFERENCES journal (seq)
) STRICT;

-- One ticket each. `ordinal` counts orders in the order they were sold.
CREATE TABLE orders (
  ordinal              INTEGER NOT NULL PRIMARY KEY,
  order_id             TEXT    NOT NULL,
  seq                  INTEGER NOT NULL,
  raffle_event_id      TEXT    NOT NULL,
  package_id           TEXT    NOT NULL,
  package_name         TEXT    NOT NULL,
  amount_minor         INTEGER NOT NULL,
  number_count         INTEGER NOT NULL,
  draw_numbers_hash    TEXT    NOT NULL,
  validation_number    TEXT    NOT NULL,
  validation_block_id  TEXT    NOT NULL,
  validation_sequence  INTEGER NOT NULL,
  print_job_id         TEXT    NOT NULL,
  CONSTRAINT uq_orders_order_id UNIQUE (order_id),
  CONSTRAINT uq_orders_validation_number UNIQUE (validation_number),
  CONSTRAINT uq_orders_validation_sequence UNIQUE (validation_block_id, validation_sequence),
  CONSTRAINT ck_orders_amount_nonnegative CHECK (amount_minor >= 0),
  CONSTRAINT ck_orders_number_count_positive CHECK (number_count > 0),
  CONSTRAINT ck_orders_draw_numbers_hash_length CHECK (length(draw_numbers_hash) = 64),
  CONSTRAINT ck_orders_validation_number_length CHECK (length(validation_number) = 18),
  CONSTRAINT fk_orders_checkouts FOREIGN KEY (seq) REFERENCES checkouts (seq),
  CONSTRAINT fk_orders_validation_blocks
    FOREIGN KEY (validation_block_id) REFERENCES validation_blocks (validation_block_id)
) STRICT;

-- Covers the count and the value of what is not sent yet.
CREATE INDEX ix_orders_seq ON orders (seq, raffle_event_id, amount_minor);
-- Covers the list and the search by a part of a validation number, newest first.
CREATE INDEX ix_orders_raffle_event ON orders (raffle_event_id, ordinal, validation_number);

-- The indices of an allocation that an order took: two rows where it took from two allocations.
CREATE TABLE order_numbers (
  allocation_ordinal  INTEGER NOT NULL,
  first_index         INTEGER NOT NULL,
  end_index           INTEGER NOT NULL,
  order_ordinal       INTEGER NOT NULL,
  position            INTEGER NOT NULL,
  CONSTRAINT pk_order_numbers PRIMARY KEY (allocation_ordinal, first_index),
  CONSTRAINT uq_order_numbers_position UNIQUE (order_ordinal, position),
  CONSTRAINT ck_order_numbers_indices CHECK (first_index < end_index),
  CONSTRAINT fk_order_numbers_allocations
    FOREIGN KEY (allocation_ordinal) REFERENCES allocations (ordinal),
  CONSTRAINT fk_order_numbers_orders FOREIGN KEY (order_ordinal) REFERENCES orders (ordinal)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tr_order_numbers_refuse_overlap BEFORE INSERT ON order_numbers
WHEN NEW.first_index < (
  SELECT max(end_index) FROM order_numbers
  WHERE allocation_ordinal = NEW.allocation_ordinal
    AND first_index = (
      SELECT max(first_index) FROM order_numbers
      WHERE allocation_ordinal = NEW.allocation_ordinal AND first_index < NEW.end_index
    )
)
BEGIN
  SELECT RAISE(ABORT, 'a number is never sold twice');
END;

CREATE TABLE payments (
  payment_id      TEXT    NOT NULL PRIMARY KEY,
  seq             INTEGER NOT NULL,
  position        INTEGER NOT NULL,
  tender          TEXT    NOT NULL,
  amount_minor    INTEGER NOT NULL,
  tendered_minor  INTEGER NOT NULL,
  change_minor    INTEGER NOT NULL,
  CONSTRAINT uq_payments_position UNIQUE (seq, position),
  CONSTRAINT ck_payments_tender_known CHECK (tender IN ('cash', 'card')),
  CONSTRAINT fk_payments_checkouts FOREIGN KEY (seq) REFERENCES checkouts (seq)
) STRICT;

CREATE TRIGGER tr_checkouts_refuse_update BEFORE UPDATE ON checkouts
BEGIN
  SELECT RAISE(ABORT, 'a finished checkout never changes');
END;
CREATE TRIGGER tr_checkouts_refuse_delete BEFORE DELETE ON checkouts
BEGIN
  SELECT RAISE(ABORT, 'checkouts are never deleted');
END;
CREATE TRIGGER tr_orders_refuse_update BEFORE UPDATE ON orders
BEGIN
  SELECT RAISE(ABORT, 'an order never changes');
END;
CREATE TRIGGER tr_orders_refuse_delete BEFORE DELETE ON orders
BEGIN
  SELECT RAISE(ABORT, 'orders are never deleted');
END;
CREATE TRIGGER tr_order_numbers_refuse_update BEFORE UPDATE ON order_numbers
BEGIN
  SELECT RAISE(ABORT, 'sold numbers never change');
END;
CREATE TRIGGER tr_order_numbers_refuse_delete BEFORE DELETE ON order_numbers
BEGIN
  SELECT RAISE(ABORT, 'sold numbers are never deleted');
END;
CREATE TRIGGER tr_payments_refuse_update BEFORE UPDATE ON payments
BEGIN
  SELECT RAISE(ABORT, 'a payment never changes');
END;
CREATE TRIGGER tr_payments_refuse_delete BEFORE DELETE ON payments
BEGIN
  SELECT RAISE(ABORT, 'payments are never deleted');
END;
