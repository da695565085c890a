-- What the central decided about orders that it could not take at once, from the mirror.
CREATE TABLE resolutions (
  order_id  TEXT NOT NULL PRIMARY KEY,
  outcome   TEXT NOT NULL,
  reason    TEXT NOT NULL,
  CONSTRAINT ck_resolutions_outcome_known CHECK (outcome IN ('under-review', 'accepted', 'voided'))
) STRICT;

CREATE INDEX ix_resolutions_under_review ON resolutions (order_id) WHERE outcome = 'under-review';
