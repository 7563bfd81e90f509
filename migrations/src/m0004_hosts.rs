//! Hosts: the servers on which panels run, the work that is done there step by step, kept copies of panels, and the one-time
//! tokens that open them.

pub(crate) const STATEMENTS: &[&str] = &[
    // It is asked what it is when that is due, by the wall clock; `silences` counts how often in a row it has not said.
    "CREATE TABLE servers (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL,
        files_folder TEXT,
        secrets TEXT NOT NULL,
        template TEXT NOT NULL,
        capacity BIGINT NOT NULL CHECK (capacity >= 0),
        draining BOOLEAN NOT NULL,
        revision BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        surveyed_at BIGINT,
        version TEXT,
        driver TEXT,
        locks BOOLEAN,
        trouble TEXT,
        -- By the wall clock: when it is asked next. How often in a row it has not said what it is, and what it holds.
        survey_due_at BIGINT NOT NULL DEFAULT 0,
        silences BIGINT NOT NULL DEFAULT 0,
        databases BIGINT,
        database_bytes BIGINT)",
    // NULL until a server was chosen for it.
    "ALTER TABLE tenants ADD COLUMN server_id TEXT REFERENCES servers (id)",
    "CREATE INDEX tenants_server ON tenants (server_id) WHERE server_id IS NOT NULL",
    "ALTER TABLE tenants ADD COLUMN last_active_at BIGINT",
    // By the account's clock: when each figure was last measured. An old one stops nobody.
    "ALTER TABLE tenants ADD COLUMN users_at BIGINT",
    "ALTER TABLE tenants ADD COLUMN storage_bytes_at BIGINT",
    // It was somebody's database before it was a panel: nothing that goes wrong may ever remove it.
    "ALTER TABLE tenants ADD COLUMN adopted BOOLEAN NOT NULL DEFAULT FALSE",
    // By the wall clock: when its next nightly copy is due.
    "ALTER TABLE tenants ADD COLUMN copy_due_at BIGINT",
    "CREATE INDEX tenants_copy_due ON tenants (copy_due_at) WHERE copy_due_at IS NOT NULL",
    // What a removed panel was called, whose subdomain is another's to take.
    "ALTER TABLE tenants ADD COLUMN shown_subdomain TEXT",
    // A job is due by the wall clock, like everything that waits for the outside. `step` counts those that are done. `claim` names the
    // worker that is at it: what another one brings is not taken.
    "CREATE TABLE jobs (
        id TEXT PRIMARY KEY,
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        account_id TEXT NOT NULL REFERENCES accounts (id),
        kind TEXT NOT NULL,
        backup_id TEXT,
        step BIGINT NOT NULL,
        tries BIGINT NOT NULL,
        trouble TEXT,
        trouble_words TEXT,
        requested_by TEXT REFERENCES users (id),
        created_at BIGINT NOT NULL,
        asked_at BIGINT NOT NULL,
        begun_at BIGINT,
        due_at BIGINT,
        claim TEXT,
        finished_at BIGINT,
        failed BOOLEAN NOT NULL)",
    // One hand at a panel at a time.
    "CREATE UNIQUE INDEX jobs_open ON jobs (tenant_id) WHERE finished_at IS NULL",
    "CREATE INDEX jobs_tenant ON jobs (tenant_id, id)",
    "CREATE INDEX jobs_due ON jobs (due_at) WHERE due_at IS NOT NULL",
    "CREATE TABLE backups (
        id TEXT PRIMARY KEY,
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        account_id TEXT NOT NULL REFERENCES accounts (id),
        kind TEXT NOT NULL,
        at BIGINT NOT NULL,
        bytes BIGINT NOT NULL,
        sha256 TEXT NOT NULL,
        keep_until BIGINT NOT NULL,
        deleted_at BIGINT,
        -- Files that the panel's records name and that are not in it; NULL if its server does not say.
        missing_files BIGINT)",
    "CREATE INDEX backups_tenant ON backups (tenant_id, id)",
    "CREATE INDEX backups_keep ON backups (keep_until) WHERE deleted_at IS NULL",
    // Kept hashed, good once and for seconds. By the wall clock.
    "CREATE TABLE entries (
        token_hash TEXT PRIMARY KEY,
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        subject TEXT NOT NULL,
        expires_at BIGINT NOT NULL)",
    // At which server setting it up failed last: another one is tried first.
    "ALTER TABLE tenants ADD COLUMN avoid_server_id TEXT REFERENCES servers (id)",
    // Until now every alert was about a payment. One of a server is about nobody's, and one of a job about no payment.
    "CREATE TABLE alerts_of_all (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        account_id TEXT REFERENCES accounts (id),
        tenant_id TEXT REFERENCES tenants (id),
        payment_id TEXT REFERENCES payments (id),
        receipt_id TEXT REFERENCES receipts (id),
        refund_id TEXT REFERENCES refunds (id),
        here TEXT,
        there TEXT,
        at BIGINT NOT NULL,
        reconciliation_id TEXT REFERENCES reconciliations (id),
        resolved_at BIGINT,
        resolved_by TEXT REFERENCES users (id),
        remedy TEXT,
        note TEXT,
        server_id TEXT REFERENCES servers (id))",
    "INSERT INTO alerts_of_all (id, kind, subject, account_id, tenant_id, payment_id, receipt_id, refund_id, here, there, at,
            reconciliation_id, resolved_at, resolved_by, remedy, note)
        SELECT id, kind, subject, account_id, tenant_id, payment_id, receipt_id, refund_id, here, there, at,
            reconciliation_id, resolved_at, resolved_by, remedy, note
        FROM alerts",
    "DROP TABLE alerts",
    "ALTER TABLE alerts_of_all RENAME TO alerts",
    "CREATE UNIQUE INDEX alerts_open ON alerts (kind, subject) WHERE resolved_at IS NULL",
    "CREATE INDEX alerts_payment ON alerts (payment_id)",
    "CREATE INDEX alerts_reconciliation ON alerts (reconciliation_id, id)",
];
