CREATE TABLE device (
  device_id               INTEGER NOT NULL PRIMARY KEY,
  chain_id                TEXT    NOT NULL,
  rsu_id                  TEXT    NOT NULL,
  rsu_name                TEXT    NOT NULL,
  organisation_id         TEXT    NOT NULL,
  device_public_key       BLOB    NOT NULL,
  machine_fingerprint     TEXT    NOT NULL,
  central_url             TEXT    NOT NULL,
  central_public_key      BLOB    NOT NULL,
  device_state            TEXT    NOT NULL,
  chosen_raffle_event_id  TEXT,
  signed_in_operator_id   TEXT,
  configuration_hash      TEXT,
  has_stopped_cleanly     INTEGER NOT NULL,
  CONSTRAINT ck_device_is_one_row CHECK (device_id = 1),
  CONSTRAINT ck_device_public_key_length CHECK (length(device_public_key) = 32),
  CONSTRAINT ck_device_central_public_key_length CHECK (length(central_public_key) = 32),
  CONSTRAINT ck_device_state_known CHECK (device_state IN ('enabled', 'disabled', 'revoked')),
  CONSTRAINT ck_device_has_stopped_cleanly_boolean CHECK (has_stopped_cleanly IN (0, 1))
) STRICT;

CREATE TRIGGER tr_device_refuses_frozen_update
BEFORE UPDATE OF device_id, chain_id, rsu_id, rsu_name, organisation_id, device_public_key,
  machine_fingerprint, central_url, central_public_key ON device
BEGIN
  SELECT RAISE(ABORT, 'who this till is never changes within a chain');
END;

CREATE TRIGGER tr_device_refuses_delete BEFORE DELETE ON device
BEGIN
  SELECT RAISE(ABORT, 'the device row is never deleted');
END;
