-- The chain: every fact, frozen, in order. All other journaled tables follow from this one.
CREATE TABLE journal (
  seq            INTEGER NOT NULL PRIMARY KEY,
  kind           TEXT    NOT NULL,
  body           BLOB    NOT NULL,
  previous_hash  TEXT    NOT NULL,
  hash           TEXT    NOT NULL,
  signature      BLOB,
  CONSTRAINT ck_journal_seq_positive CHECK (seq > 0),
  CONSTRAINT ck_journal_hash_length CHECK (length(hash) = 64 AND length(previous_hash) = 64),
  CONSTRAINT ck_journal_signature_length CHECK (signature IS NULL OR length(signature) = 64),
  CONSTRAINT uq_journal_hash UNIQUE (hash)
) STRICT;

CREATE INDEX ix_journal_kind ON journal (kind, seq);

CREATE TRIGGER tr_journal_continues_chain BEFORE INSERT ON journal
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
  OR (NEW.seq > 1 AND NEW.previous_hash <> (SELECT hash FROM journal WHERE seq = NEW.seq - 1))
BEGIN
  SELECT RAISE(ABORT, 'a journal entry must continue the chain');
END;

CREATE TRIGGER tr_journal_refuses_update BEFORE UPDATE ON journal
BEGIN
  SELECT RAISE(ABORT, 'journal entries never change');
END;

CREATE TRIGGER tr_journal_refuses_delete BEFORE DELETE ON journal
BEGIN
  SELECT RAISE(ABORT, 'journal entries are never deleted');
END;
