CREATE EXTENSION IF NOT EXISTS "pgcrypto";
CREATE EXTENSION IF NOT EXISTS "btree_gist";

CREATE TABLE raffle_event_states (
    key              TEXT PRIMARY KEY,
    description      TEXT NOT NULL
);

CREATE TABLE ticket_states (
    key              TEXT PRIMARY KEY,
    description      TEXT NOT NULL
);

CREATE TABLE payment_statuses (
    key              TEXT PRIMARY KEY,
    description      TEXT NOT NULL
);

CREATE TABLE order_sources (
    key              TEXT PRIMARY KEY,
    description      TEXT NOT NULL
);

CREATE TABLE rsu_states (
    key              TEXT PRIMARY KEY,
    description      TEXT NOT NULL
);

CREATE TABLE offline_sync_statuses (
    key              TEXT PRIMARY KEY,
    description      TEXT NOT NULL
);

INSERT INTO raffle_event_states (key, description) VALUES
    ('created',    'Being set up; every parameter may change'),
    ('active',     'Sales are open'),
    ('suspended',  'Sales are paused'),
    ('closing',    'Sales are over; tills that have not reported yet are awaited'),
    ('closed',     'Sales are over and every till has reported'),
    ('reconciled', 'Sales and voids are reconciled; the pool is final'),
    ('drawn',      'The winning numbers are known'),
    ('cancelled',  'Called off; every order is refunded');

INSERT INTO ticket_states (key, description) VALUES
    ('sold',       'In play'),
    ('voided',     'Cancelled after the sale; never sold again'),
    ('misprinted', 'No valid ticket was handed over; never sold again');

INSERT INTO payment_statuses (key, description) VALUES
    ('pending',     'Begun, not finished'),
    ('unconfirmed', 'A card reader approved it and has not completed it yet'),
    ('paid',        'Received'),
    ('failed',      'Not received'),
    ('refunded',    'Given back');

INSERT INTO order_sources (key, description) VALUES
    ('online', 'Bought on the web'),
    ('rsu',    'Bought at a till');

INSERT INTO rsu_states (key, description) VALUES
    ('unenrolled', 'No device belongs to it'),
    ('enrolled',   'A device belongs to it'),
    ('stopped',    'Its journal has two branches: it may upload, and nothing else'),
    ('revoked',    'Its device is no longer trusted: it may upload, and nothing else');

INSERT INTO offline_sync_statuses (key, description) VALUES
    ('pending',     'Known to exist, not received'),
    ('synced',      'Received and counted'),
    ('failed',      'Kept for the given schema; this system quarantines instead'),
    ('quarantined', 'Received, kept in full, and waiting for a person');
