CREATE TABLE rsus (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id  UUID NOT NULL REFERENCES organizations(id) ON DELETE RESTRICT,
    venue_id         UUID REFERENCES venues(id),
    name             TEXT NOT NULL,
    description      TEXT,
    device_identifier TEXT UNIQUE NOT NULL,
    state            TEXT NOT NULL DEFAULT 'unenrolled' REFERENCES rsu_states(key),
    configuration    JSONB NOT NULL DEFAULT '{}'::JSONB,
    is_active        BOOLEAN NOT NULL DEFAULT FALSE,
    current_operator_id UUID,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by       UUID,
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_by       UUID
);

CREATE TABLE rsu_allocations (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    rsu_id           UUID NOT NULL REFERENCES rsus(id)          ON DELETE RESTRICT,
    number_mode      TEXT NOT NULL,
    start_number     INTEGER NOT NULL,
    end_number       INTEGER NOT NULL,
    next_draw_number INTEGER NOT NULL,
    total_tickets    INTEGER NOT NULL,
    state            TEXT NOT NULL,
    tickets_sold     INTEGER NOT NULL DEFAULT 0,
    tickets_voided   INTEGER NOT NULL DEFAULT 0,
    tickets_available INTEGER NOT NULL,
    validation_number_block JSONB NOT NULL,
    allocated_at     TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    allocated_by     UUID,
    exhausted_at     TIMESTAMPTZ,
    metadata         JSONB DEFAULT '{}'::JSONB,
    CONSTRAINT ck_rsu_allocations_mode CHECK (number_mode IN ('sequential', 'random')),
    CONSTRAINT ck_rsu_allocations_state CHECK (state IN ('active', 'exhausted', 'released')),
    CONSTRAINT ck_rsu_allocations_range CHECK (start_number >= 0 AND end_number >= start_number),
    CONSTRAINT ck_rsu_allocations_total
        CHECK (total_tickets::BIGINT = end_number::BIGINT - start_number + 1),
    CONSTRAINT ck_rsu_allocations_counters
        CHECK (tickets_sold >= 0 AND tickets_voided >= 0 AND tickets_available >= 0
               AND tickets_sold + tickets_voided + tickets_available = total_tickets),
    CONSTRAINT ex_rsu_allocations_overlap EXCLUDE USING gist (
        raffle_event_id WITH =,
        int8range(start_number, end_number, '[]') WITH &&
    ) WHERE (number_mode = 'sequential')
);

-- Random mode: the numbers of an allocation, one row each. The key keeps every number to one till.
CREATE TABLE rsu_allocation_numbers (
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    draw_number      INTEGER NOT NULL,
    rsu_allocation_id UUID NOT NULL REFERENCES rsu_allocations(id) ON DELETE RESTRICT,
    position         INTEGER NOT NULL,
    PRIMARY KEY (raffle_event_id, draw_number),
    CONSTRAINT uq_rsu_allocation_numbers_position UNIQUE (rsu_allocation_id, position),
    CONSTRAINT ck_rsu_allocation_numbers_position CHECK (position >= 0)
);

-- The next number that no till has ever been given. Locked while numbers are dealt.
CREATE TABLE raffle_event_number_pools (
    raffle_event_id  UUID PRIMARY KEY REFERENCES raffle_events(id) ON DELETE RESTRICT,
    next_number      BIGINT NOT NULL,
    end_number       BIGINT NOT NULL,
    numbers_dealt    BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT ck_raffle_event_number_pools_range CHECK (next_number >= 0 AND next_number <= end_number)
);

CREATE TABLE validation_number_blocks (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    rsu_allocation_id UUID NOT NULL REFERENCES rsu_allocations(id) ON DELETE RESTRICT,
    rsu_id           UUID NOT NULL REFERENCES rsus(id)          ON DELETE RESTRICT,
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    block_start      TEXT NOT NULL,
    block_end        TEXT NOT NULL,
    block_size       INTEGER NOT NULL,
    numbers_used     INTEGER NOT NULL DEFAULT 0,
    next_sequence    INTEGER NOT NULL DEFAULT 1,
    expires_at       TIMESTAMPTZ,
    is_active        BOOLEAN NOT NULL DEFAULT TRUE,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    prefix           TEXT NOT NULL,
    CONSTRAINT ck_validation_number_blocks_size CHECK (block_size BETWEEN 1 AND 99999999)
);

-- Every prefix ever issued. Unique for ever, over all raffle events.
CREATE TABLE validation_prefixes (
    prefix           TEXT PRIMARY KEY,
    validation_block_id UUID NOT NULL,
    issued_at        TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT ck_validation_prefixes_digits CHECK (prefix ~ '^[0-9]{8}$')
);

CREATE SEQUENCE validation_prefix_sequence AS BIGINT
    MINVALUE 10000000 MAXVALUE 99999999 START 10000000 NO CYCLE;

ALTER TABLE validation_number_blocks
    ADD CONSTRAINT fk_validation_number_blocks_prefix
    FOREIGN KEY (prefix) REFERENCES validation_prefixes(prefix) ON DELETE RESTRICT;

CREATE TABLE orders (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    validation_number TEXT UNIQUE NOT NULL,
    event_id         UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    package_id       UUID REFERENCES ticket_packages(id),
    rsu_id           UUID REFERENCES rsus(id),
    rsu_allocation_id UUID REFERENCES rsu_allocations(id),
    total_amount     INTEGER NOT NULL CHECK (total_amount >= 0),
    currency         CHAR(3) NOT NULL,
    payment_status   TEXT NOT NULL REFERENCES payment_statuses(key),
    payment_reference TEXT,
    ticket_count     INTEGER NOT NULL CHECK (ticket_count > 0),
    customer_info    JSONB,
    source           TEXT NOT NULL REFERENCES order_sources(key),
    operator_id      UUID,
    is_offline_sale  BOOLEAN NOT NULL DEFAULT FALSE,
    offline_sync_status TEXT REFERENCES offline_sync_statuses(key),
    offline_created_at   TIMESTAMPTZ,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_by       UUID,
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_by       UUID,
    checkout_id      UUID,
    shift_id         UUID,
    chain_id         UUID,
    journal_seq      BIGINT,
    issued_at        TIMESTAMPTZ,
    clock_offset_ms  BIGINT,
    flags            TEXT[] NOT NULL DEFAULT '{}',
    reprint_count    INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE tickets (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    event_id         UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    draw_number      INTEGER NOT NULL,
    state            TEXT NOT NULL REFERENCES ticket_states(key),
    order_id         UUID NOT NULL REFERENCES orders(id) ON DELETE RESTRICT,
    sold_at          TIMESTAMPTZ NOT NULL,
    sold_by          UUID,
    voided_at        TIMESTAMPTZ,
    voided_by        UUID,
    voided_reason    TEXT,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    UNIQUE(event_id, draw_number)
);

CREATE INDEX idx_orders_event          ON orders(event_id);
CREATE INDEX idx_orders_payment_status ON orders(payment_status);
CREATE INDEX idx_tickets_event_state   ON tickets(event_id, state);
CREATE INDEX idx_tickets_order         ON tickets(order_id);
CREATE INDEX idx_rsu_alloc_event       ON rsu_allocations(raffle_event_id);
CREATE INDEX idx_rsu_allocations_rsu   ON rsu_allocations(rsu_id, raffle_event_id);
CREATE INDEX idx_validation_number_blocks_rsu ON validation_number_blocks(rsu_id, raffle_event_id);
CREATE INDEX idx_orders_checkout       ON orders(checkout_id);

-- Which numbers of which allocation an order took: an order may span two allocations.
CREATE TABLE order_allocations (
    order_id         UUID NOT NULL REFERENCES orders(id) ON DELETE RESTRICT,
    rsu_allocation_id UUID NOT NULL REFERENCES rsu_allocations(id) ON DELETE RESTRICT,
    start_index      INTEGER NOT NULL,
    end_index        INTEGER NOT NULL,
    PRIMARY KEY (order_id, rsu_allocation_id, start_index),
    CONSTRAINT ck_order_allocations_range CHECK (start_index >= 0 AND end_index >= start_index)
);

CREATE TABLE payments (
    id               UUID PRIMARY KEY,
    checkout_id      UUID NOT NULL,
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    tender           TEXT NOT NULL,
    status           TEXT NOT NULL REFERENCES payment_statuses(key),
    amount           BIGINT NOT NULL,
    tendered         BIGINT,
    change_given     BIGINT,
    currency         CHAR(3) NOT NULL,
    reference        TEXT,
    paid_at          TIMESTAMPTZ NOT NULL,
    received_at      TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT ck_payments_amount CHECK (amount >= 0),
    CONSTRAINT ck_payments_tender CHECK (tender IN ('cash', 'card'))
);

CREATE INDEX idx_payments_checkout ON payments(checkout_id);

-- How much of a payment paid for which order: one payment may pay for several.
CREATE TABLE order_payments (
    order_id         UUID NOT NULL REFERENCES orders(id) ON DELETE RESTRICT,
    payment_id       UUID NOT NULL REFERENCES payments(id) ON DELETE RESTRICT,
    amount           BIGINT NOT NULL,
    PRIMARY KEY (order_id, payment_id),
    CONSTRAINT ck_order_payments_amount CHECK (amount >= 0)
);

-- One ticket on paper: the original (copy 0) or a reprint.
CREATE TABLE print_jobs (
    id               UUID PRIMARY KEY,
    order_id         UUID NOT NULL REFERENCES orders(id) ON DELETE RESTRICT,
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    copy_number      INTEGER NOT NULL,
    reason           TEXT,
    approved_by      UUID,
    CONSTRAINT ck_print_jobs_copy CHECK (copy_number >= 0)
);

CREATE INDEX idx_print_jobs_order ON print_jobs(order_id);

-- Every attempt to print a ticket, and what became of it.
CREATE TABLE print_log (
    id               BIGSERIAL PRIMARY KEY,
    print_job_id     UUID NOT NULL REFERENCES print_jobs(id) ON DELETE RESTRICT,
    step             TEXT NOT NULL,
    detail           JSONB NOT NULL DEFAULT '{}'::JSONB,
    operator_id      UUID,
    chain_id         UUID NOT NULL,
    seq              BIGINT NOT NULL,
    device_time      TIMESTAMPTZ NOT NULL,
    received_at      TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT ck_print_log_step CHECK (step IN ('started', 'finished', 'answered'))
);

CREATE INDEX idx_print_log_job ON print_log(print_job_id);

-- One answered request for numbers: the same request again gets the same numbers.
CREATE TABLE allocation_requests (
    rsu_id           UUID NOT NULL REFERENCES rsus(id) ON DELETE RESTRICT,
    request_id       UUID NOT NULL,
    raffle_event_id  UUID NOT NULL REFERENCES raffle_events(id) ON DELETE RESTRICT,
    allocation_ids   UUID[] NOT NULL,
    validation_block_ids UUID[] NOT NULL,
    answered_at      TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (rsu_id, request_id)
);
