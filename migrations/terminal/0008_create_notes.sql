-- Kept beside the journal. Losing these costs a repeat or a question, never a sale.
CREATE TABLE sync_notes (
  note_id             INTEGER NOT NULL PRIMARY KEY,
  acknowledged_seq    INTEGER NOT NULL,
  under_review_count  INTEGER NOT NULL,
  is_agreed           INTEGER NOT NULL,
  last_contact_at     TEXT,
  offset_ms           INTEGER,
  CONSTRAINT ck_sync_notes_is_one_row CHECK (note_id = 1),
  CONSTRAINT ck_sync_notes_is_agreed_boolean CHECK (is_agreed IN (0, 1)),
  CONSTRAINT ck_sync_notes_last_contact_at_length CHECK (length(last_contact_at) = 24)
) STRICT;

-- Entries that the central set aside when they were sent, until a mirror says more.
CREATE TABLE quarantine_notes (
  seq     INTEGER NOT NULL PRIMARY KEY,
  reason  TEXT    NOT NULL
) STRICT;

CREATE TABLE draft_notes (
  note_id  INTEGER NOT NULL PRIMARY KEY,
  content  TEXT    NOT NULL,
  CONSTRAINT ck_draft_notes_is_one_row CHECK (note_id = 1),
  CONSTRAINT ck_draft_notes_content_json CHECK (json_valid(content))
) STRICT;

CREATE TABLE clock_notes (
  note_id    INTEGER NOT NULL PRIMARY KEY,
  watermark  TEXT    NOT NULL,
  CONSTRAINT ck_clock_notes_is_one_row CHECK (note_id = 1),
  CONSTRAINT ck_clock_notes_watermark_length CHECK (length(watermark) = 24)
) STRICT;

-- An enrolment that was asked for, so that the same code after a crash gets the same answer.
CREATE TABLE enrolment_notes (
  note_id    INTEGER NOT NULL PRIMARY KEY,
  code_hash  TEXT    NOT NULL,
  chain_id   TEXT    NOT NULL,
  CONSTRAINT ck_enrolment_notes_is_one_row CHECK (note_id = 1),
  CONSTRAINT ck_enrolment_notes_code_hash_length CHECK (length(code_hash) = 64)
) STRICT;
