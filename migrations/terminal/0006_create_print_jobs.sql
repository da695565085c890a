CREATE TABLE print_jobs (
  ordinal        INTEGER NOT NULL PRIMARY KEY,
  print_job_id   TEXT    NOT NULL,
  order_ordinal  INTEGER NOT NULL,
  copy_number    INTEGER NOT NULL,
  attempts       INTEGER NOT NULL,
  state          TEXT    NOT NULL,
  outcome        TEXT,
  answer         TEXT,
  is_settled     INTEGER NOT NULL,
  CONSTRAINT uq_print_jobs_print_job_id UNIQUE (print_job_id),
  CONSTRAINT uq_print_jobs_copy_number UNIQUE (order_ordinal, copy_number),
  CONSTRAINT ck_print_jobs_state_known CHECK (state IN ('waiting', 'started', 'finished', 'answered')),
  CONSTRAINT ck_print_jobs_outcome CHECK (
    CASE state
      WHEN 'finished' THEN coalesce(outcome, '') IN ('printed', 'sent-not-proven', 'not-sent', 'unknown')
      ELSE outcome IS NULL
    END
  ),
  CONSTRAINT ck_print_jobs_answer CHECK (
    CASE state
      WHEN 'answered' THEN coalesce(answer, '') IN ('complete', 'torn', 'nothing')
      ELSE answer IS NULL
    END
  ),
  CONSTRAINT ck_print_jobs_counts_nonnegative CHECK (copy_number >= 0 AND attempts >= 0),
  CONSTRAINT ck_print_jobs_is_settled_boolean CHECK (is_settled IN (0, 1)),
  CONSTRAINT fk_print_jobs_orders FOREIGN KEY (order_ordinal) REFERENCES orders (ordinal)
) STRICT;

CREATE INDEX ix_print_jobs_unsettled ON print_jobs (ordinal) WHERE is_settled = 0;

CREATE TRIGGER tr_print_jobs_refuse_frozen_update
BEFORE UPDATE OF ordinal, print_job_id, order_ordinal, copy_number ON print_jobs
BEGIN
  SELECT RAISE(ABORT, 'what a print job prints never changes');
END;

CREATE TRIGGER tr_print_jobs_refuse_delete BEFORE DELETE ON print_jobs
BEGIN
  SELECT RAISE(ABORT, 'print jobs are never deleted');
END;
