CREATE TABLE organizations (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name             TEXT    NOT NULL,
    description      TEXT,
    license_number   TEXT,
    primary_currency CHAR(3) NOT NULL,
    settings         JSONB   DEFAULT '{}'::JSONB,
    is_active        BOOLEAN NOT NULL DEFAULT TRUE,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by       UUID,
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_by       UUID
);

CREATE TABLE users (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    cognito_sub      TEXT UNIQUE NOT NULL,
    display_name     TEXT NOT NULL,
    last_login       TIMESTAMPTZ,
    is_active        BOOLEAN NOT NULL DEFAULT TRUE,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE TABLE organization_users (
    organization_id  UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    user_id          UUID NOT NULL REFERENCES users(id)         ON DELETE CASCADE,
    role             TEXT  NOT NULL,
    is_default       BOOLEAN DEFAULT FALSE,
    joined_at        TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (organization_id, user_id)
);

CREATE TABLE addresses (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    street     TEXT,
    city       TEXT,
    state      TEXT,
    zip_code   TEXT,
    country    CHAR(2)
);

CREATE TABLE venues (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id  UUID NOT NULL REFERENCES organizations(id) ON DELETE RESTRICT,
    name             TEXT NOT NULL,
    description      TEXT,
    address_id       UUID REFERENCES addresses(id),
    capacity         INTEGER,
    timezone         TEXT,
    is_active        BOOLEAN NOT NULL DEFAULT TRUE,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by       UUID,
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_by       UUID
);

CREATE INDEX idx_venues_org   ON venues(organization_id);
CREATE INDEX idx_users_last_login ON users(last_login);

-- People who sell. Apart from users, who sign in with a browser and an identity provider.
CREATE TABLE operators (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id  UUID NOT NULL REFERENCES organizations(id) ON DELETE RESTRICT,
    user_id          UUID REFERENCES users(id) ON DELETE RESTRICT,
    display_name     TEXT NOT NULL,
    number           TEXT NOT NULL,
    badge            TEXT,
    role             TEXT NOT NULL,
    must_change_pin  BOOLEAN NOT NULL DEFAULT TRUE,
    expires_at       TIMESTAMPTZ,
    is_enabled       BOOLEAN NOT NULL DEFAULT TRUE,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by       UUID,
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_by       UUID,
    CONSTRAINT uq_operators_number UNIQUE (organization_id, number),
    CONSTRAINT uq_operators_badge UNIQUE (organization_id, badge),
    CONSTRAINT ck_operators_number_digits CHECK (number ~ '^[0-9]{1,6}$'),
    CONSTRAINT ck_operators_role CHECK (role IN ('seller', 'supervisor', 'technician'))
);

-- What a till needs to verify a PIN offline: a salted, slow hash. Outside the audit images.
CREATE TABLE operator_credentials (
    operator_id      UUID PRIMARY KEY REFERENCES operators(id) ON DELETE RESTRICT,
    algorithm        TEXT NOT NULL,
    salt             BYTEA NOT NULL,
    hash             BYTEA NOT NULL,
    cost             INTEGER NOT NULL,
    block_size       INTEGER NOT NULL,
    parallelism      INTEGER NOT NULL,
    changed_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT ck_operator_credentials_algorithm CHECK (algorithm = 'scrypt'),
    CONSTRAINT ck_operator_credentials_salt CHECK (octet_length(salt) = 16),
    CONSTRAINT ck_operator_credentials_hash CHECK (octet_length(hash) = 32)
);
