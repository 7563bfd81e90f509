//! Payments, whole: every charge a row of its own, credit that orders use, refunds, manual payments, what a person has to
//! look at, and the comparisons with the gateways' books.

pub(crate) const STATEMENTS: &[&[&str]] = &[COLUMNS, TABLES, CARRIED_OVER];

const COLUMNS: &[&str] = &[
    // How much of it the account's credit pays, booked as applied.
    "ALTER TABLE orders ADD COLUMN credit_minor BIGINT NOT NULL DEFAULT 0",
    // By the wall clock: people leave pages open, whatever the billing clock does.
    "ALTER TABLE orders ADD COLUMN expires_at BIGINT",
    "CREATE INDEX orders_expiring ON orders (expires_at)
        WHERE expires_at IS NOT NULL AND settled_at IS NULL AND withdrawn_at IS NULL",
    // By the wall clock: when the gateway was asked for a page.
    "ALTER TABLE payments ADD COLUMN opened_at BIGINT NOT NULL DEFAULT 0",
    "UPDATE payments SET opened_at = created_at",
    "CREATE INDEX payments_opened ON payments (opened_at)",
    "CREATE INDEX payments_account ON payments (account_id, id)",
    "ALTER TABLE payment_notices ADD COLUMN outcome TEXT",
];

const TABLES: &[&str] = &[
    "CREATE TABLE receipts (
        id TEXT PRIMARY KEY,
        payment_id TEXT NOT NULL REFERENCES payments (id),
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        account_id TEXT NOT NULL REFERENCES accounts (id),
        gateway TEXT NOT NULL,
        val_id TEXT NOT NULL,
        bank_tran_id TEXT,
        method TEXT,
        charged_minor BIGINT,
        currency TEXT,
        fee_minor BIGINT,
        state TEXT NOT NULL,
        why TEXT NOT NULL,
        at BIGINT NOT NULL,
        UNIQUE (gateway, val_id),
        CHECK ((charged_minor IS NULL) = (currency IS NULL)))",
    "CREATE INDEX receipts_payment ON receipts (payment_id)",
    // What the ledger's customer_credit comes to, so that using it can lock it. Never less than nothing.
    "CREATE TABLE customer_credits (
        account_id TEXT NOT NULL REFERENCES accounts (id),
        currency TEXT NOT NULL,
        balance_minor BIGINT NOT NULL CHECK (balance_minor >= 0),
        PRIMARY KEY (account_id, currency))",
    "CREATE TABLE refunds (
        id TEXT PRIMARY KEY,
        receipt_id TEXT NOT NULL REFERENCES receipts (id),
        payment_id TEXT NOT NULL REFERENCES payments (id),
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        account_id TEXT NOT NULL REFERENCES accounts (id),
        gateway TEXT NOT NULL,
        name TEXT NOT NULL,
        gateway_name TEXT,
        amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
        currency TEXT NOT NULL,
        taken_from TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        refusal TEXT,
        credit_note_id TEXT REFERENCES invoices (id),
        requested_at BIGINT NOT NULL,
        requested_by TEXT REFERENCES users (id),
        paid_out_by TEXT REFERENCES users (id),
        paid_out_as TEXT,
        finished_at BIGINT,
        look_at BIGINT,
        looks BIGINT NOT NULL,
        UNIQUE (gateway, name),
        CHECK (paid_out_by IS NULL OR paid_out_by <> requested_by))",
    "CREATE INDEX refunds_receipt ON refunds (receipt_id)",
    "CREATE INDEX refunds_account ON refunds (account_id, id)",
    "CREATE INDEX refunds_look ON refunds (look_at) WHERE look_at IS NOT NULL",
    "CREATE TABLE manual_payments (
        id TEXT PRIMARY KEY,
        payment_id TEXT NOT NULL UNIQUE REFERENCES payments (id),
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        account_id TEXT NOT NULL REFERENCES accounts (id),
        method TEXT NOT NULL,
        amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
        currency TEXT NOT NULL,
        reference TEXT NOT NULL,
        reference_key TEXT NOT NULL,
        state TEXT NOT NULL,
        recorded_by TEXT NOT NULL REFERENCES users (id),
        recorded_at BIGINT NOT NULL,
        decided_by TEXT REFERENCES users (id),
        decided_at BIGINT,
        CHECK (decided_by IS NULL OR decided_by <> recorded_by))",
    // One transfer, one payment, however its reference is written; what was rejected may be recorded again.
    "CREATE UNIQUE INDEX manual_payments_reference ON manual_payments (method, reference_key) WHERE state <> 'rejected'",
    "CREATE TABLE reconciliations (
        id TEXT PRIMARY KEY,
        started_at BIGINT NOT NULL,
        finished_at BIGINT,
        since BIGINT NOT NULL,
        reached TEXT NOT NULL,
        claimed_until BIGINT NOT NULL,
        asked BIGINT NOT NULL,
        agreed BIGINT NOT NULL,
        differences BIGINT NOT NULL,
        unknown BIGINT NOT NULL)",
    // At most one at a time.
    "CREATE UNIQUE INDEX reconciliations_running ON reconciliations ((1)) WHERE finished_at IS NULL",
    "CREATE TABLE alerts (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        account_id TEXT NOT NULL REFERENCES accounts (id),
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        payment_id TEXT NOT NULL REFERENCES payments (id),
        receipt_id TEXT REFERENCES receipts (id),
        refund_id TEXT REFERENCES refunds (id),
        here TEXT,
        there TEXT,
        at BIGINT NOT NULL,
        reconciliation_id TEXT REFERENCES reconciliations (id),
        resolved_at BIGINT,
        resolved_by TEXT REFERENCES users (id),
        remedy TEXT,
        note TEXT)",
    // What is known already is not said again.
    "CREATE UNIQUE INDEX alerts_open ON alerts (kind, subject) WHERE resolved_at IS NULL",
    "CREATE INDEX alerts_payment ON alerts (payment_id)",
    "CREATE INDEX alerts_reconciliation ON alerts (reconciliation_id, id)",
];

// A charge that was held was not booked, and what was charged is not on record: the gateway is asked when a person decides.
const CARRIED_OVER: &[&str] = &[
    "INSERT INTO receipts (id, payment_id, tenant_id, account_id, gateway, val_id, bank_tran_id, method, charged_minor,
            currency, fee_minor, state, why, at)
        SELECT 'rcp_' || SUBSTR(id, 5), id, tenant_id, account_id, gateway, val_id, bank_tran_id, method,
            CASE WHEN state IN ('settled', 'credited') THEN amount_minor END,
            CASE WHEN state IN ('settled', 'credited') THEN currency END,
            fee_minor,
            CASE WHEN state IN ('settled', 'credited') THEN state ELSE 'held' END,
            CASE state WHEN 'settled' THEN 'as_ordered' WHEN 'credited' THEN 'nothing_to_settle'
                WHEN 'held' THEN 'risky' ELSE 'not_as_ordered' END,
            COALESCE(settled_at, created_at)
        FROM payments WHERE val_id IS NOT NULL",
    "INSERT INTO alerts (id, kind, subject, account_id, tenant_id, payment_id, receipt_id, at)
        SELECT 'alt_' || SUBSTR(id, 5), 'payment_held', val_id, account_id, tenant_id, payment_id, id, at
        FROM receipts WHERE state = 'held'",
    "INSERT INTO customer_credits (account_id, currency, balance_minor)
        SELECT account_id, currency, -SUM(amount_minor) FROM ledger_entries
        WHERE ledger_account = 'customer_credit' GROUP BY account_id, currency",
];
