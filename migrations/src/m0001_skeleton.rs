//! The first schema: people, panels, cycles, usage, payments, ledger, audit, and the promises to the outside.

use sea_orm_migration::prelude::{ConnectionTrait, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager};
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise apply a failed step halfway.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let counter = match manager.get_database_backend() {
            DbBackend::Sqlite => "INTEGER PRIMARY KEY AUTOINCREMENT",
            DbBackend::Postgres | DbBackend::MySql => "BIGSERIAL PRIMARY KEY",
            _ => return Err(DbErr::Custom("Hourglass keeps its data in SQLite or PostgreSQL".to_owned())),
        };
        for statement in PEOPLE.iter().chain(PANELS).chain(MONEY).chain(PROMISES) {
            db.execute_unprepared(&statement.replace("COUNTER", counter)).await?;
        }
        Ok(())
    }
}

const PEOPLE: &[&str] = &[
    "CREATE TABLE accounts (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        language TEXT NOT NULL,
        created_at BIGINT NOT NULL)",
    "CREATE TABLE users (
        id TEXT PRIMARY KEY,
        account_id TEXT REFERENCES accounts (id),
        email TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        role TEXT NOT NULL,
        language TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        CHECK ((role = 'operator') = (account_id IS NULL)))",
    "CREATE TABLE sign_in_failures (
        email TEXT PRIMARY KEY,
        failures BIGINT NOT NULL,
        locked_until BIGINT NOT NULL)",
    "CREATE TABLE sessions (
        id TEXT PRIMARY KEY,
        user_id TEXT NOT NULL REFERENCES users (id),
        csrf_hash TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        ended_at BIGINT,
        ended_why TEXT)",
    "CREATE TABLE refresh_tokens (
        hash TEXT PRIMARY KEY,
        session_id TEXT NOT NULL REFERENCES sessions (id),
        expires_at BIGINT NOT NULL,
        used_at BIGINT)",
    "CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id)",
    "CREATE TABLE live_tickets (
        hash TEXT PRIMARY KEY,
        user_id TEXT NOT NULL REFERENCES users (id),
        expires_at BIGINT NOT NULL)",
    "CREATE TABLE idempotency_keys (
        user_id TEXT NOT NULL REFERENCES users (id),
        key TEXT NOT NULL,
        request_hash TEXT NOT NULL,
        locked_until BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        response_status BIGINT,
        response_body TEXT,
        PRIMARY KEY (user_id, key))",
];

const PANELS: &[&str] = &[
    "CREATE TABLE plans (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE plan_versions (
        id TEXT PRIMARY KEY,
        plan_id TEXT NOT NULL REFERENCES plans (id),
        number BIGINT NOT NULL,
        terms TEXT NOT NULL,
        users_max BIGINT,
        storage_bytes_max BIGINT,
        UNIQUE (plan_id, number))",
    "CREATE TABLE tenants (
        id TEXT PRIMARY KEY,
        account_id TEXT NOT NULL REFERENCES accounts (id),
        plan_version_id TEXT NOT NULL REFERENCES plan_versions (id),
        name TEXT NOT NULL,
        subdomain TEXT NOT NULL UNIQUE,
        panel TEXT NOT NULL,
        suspend_reason TEXT,
        panel_message TEXT,
        panel_since BIGINT NOT NULL,
        billing TEXT NOT NULL,
        grace_until BIGINT,
        accounted_until BIGINT,
        next_cycle_number BIGINT NOT NULL,
        users_used BIGINT,
        storage_bytes_used BIGINT,
        created_at BIGINT NOT NULL,
        version BIGINT NOT NULL,
        due_at BIGINT,
        claimed_until BIGINT NOT NULL)",
    "CREATE INDEX tenants_account ON tenants (account_id, id)",
    "CREATE INDEX tenants_due ON tenants (due_at) WHERE due_at IS NOT NULL",
    "CREATE TABLE cycles (
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        number BIGINT NOT NULL,
        order_id TEXT UNIQUE,
        terms TEXT NOT NULL,
        phase TEXT NOT NULL,
        starts_at BIGINT,
        ends_at BIGINT,
        used_seconds BIGINT NOT NULL,
        day_index BIGINT NOT NULL,
        day_used_seconds BIGINT NOT NULL,
        ended_at BIGINT,
        ended_reason TEXT,
        PRIMARY KEY (tenant_id, number),
        CHECK ((phase = 'queued') = (starts_at IS NULL)),
        CHECK ((phase = 'ended') = (ended_at IS NOT NULL)))",
    // At most one running cycle a tenant, whatever the code above believes.
    "CREATE UNIQUE INDEX cycles_running ON cycles (tenant_id) WHERE phase = 'running'",
    "CREATE TABLE usage_windows (
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        from_at BIGINT NOT NULL,
        to_at BIGINT NOT NULL,
        seen TEXT NOT NULL,
        PRIMARY KEY (tenant_id, from_at),
        CHECK (to_at > from_at))",
];

const MONEY: &[&str] = &[
    "CREATE TABLE orders (
        id TEXT PRIMARY KEY,
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        account_id TEXT NOT NULL REFERENCES accounts (id),
        plan_version_id TEXT NOT NULL REFERENCES plan_versions (id),
        terms TEXT NOT NULL,
        amount_minor BIGINT NOT NULL,
        currency TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        settled_at BIGINT,
        settled_by TEXT UNIQUE,
        cycle_number BIGINT,
        CHECK ((settled_at IS NULL) = (settled_by IS NULL)))",
    // An order that waits for its money is paid, not ordered again.
    "CREATE UNIQUE INDEX orders_open ON orders (tenant_id) WHERE settled_at IS NULL",
    "CREATE TABLE payments (
        id TEXT PRIMARY KEY,
        order_id TEXT NOT NULL REFERENCES orders (id),
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        account_id TEXT NOT NULL REFERENCES accounts (id),
        gateway TEXT NOT NULL,
        tran_id TEXT NOT NULL,
        amount_minor BIGINT NOT NULL,
        currency TEXT NOT NULL,
        state TEXT NOT NULL,
        session_key TEXT,
        page_url TEXT,
        val_id TEXT,
        bank_tran_id TEXT,
        method TEXT,
        created_at BIGINT NOT NULL,
        settled_at BIGINT,
        look_at BIGINT,
        looks BIGINT NOT NULL,
        UNIQUE (gateway, tran_id),
        UNIQUE (gateway, val_id))",
    "CREATE INDEX payments_look ON payments (look_at) WHERE look_at IS NOT NULL",
    "CREATE INDEX payments_order ON payments (order_id)",
    "CREATE TABLE payment_notices (
        gateway TEXT NOT NULL,
        tran_id TEXT NOT NULL,
        val_id TEXT NOT NULL,
        status TEXT NOT NULL,
        verdict TEXT NOT NULL,
        via TEXT NOT NULL,
        received_at BIGINT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (gateway, tran_id, val_id, status, verdict))",
    "CREATE TABLE journals (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        at BIGINT NOT NULL,
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        account_id TEXT NOT NULL REFERENCES accounts (id),
        payment_id TEXT REFERENCES payments (id),
        cycle_number BIGINT,
        UNIQUE (kind, payment_id),
        UNIQUE (kind, tenant_id, cycle_number))",
    "CREATE TABLE ledger_entries (
        journal_id TEXT NOT NULL REFERENCES journals (id),
        position BIGINT NOT NULL,
        ledger_account TEXT NOT NULL,
        amount_minor BIGINT NOT NULL,
        currency TEXT NOT NULL,
        PRIMARY KEY (journal_id, position))",
];

const PROMISES: &[&str] = &[
    "CREATE TABLE audit_log (
        id TEXT PRIMARY KEY,
        tenant_id TEXT,
        account_id TEXT,
        at BIGINT NOT NULL,
        noticed_at BIGINT NOT NULL,
        actor TEXT NOT NULL,
        actor_id TEXT,
        what TEXT NOT NULL,
        from_state TEXT,
        to_state TEXT,
        why TEXT)",
    "CREATE INDEX audit_log_tenant ON audit_log (tenant_id, id)",
    "CREATE TABLE outbox (
        id TEXT PRIMARY KEY,
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        account_id TEXT NOT NULL REFERENCES accounts (id),
        effect TEXT NOT NULL,
        at BIGINT NOT NULL,
        due_at BIGINT,
        attempts BIGINT NOT NULL,
        last_error TEXT,
        delivered_at BIGINT,
        CHECK ((due_at IS NULL) = (delivered_at IS NOT NULL)))",
    "CREATE INDEX outbox_due ON outbox (due_at, id) WHERE due_at IS NOT NULL",
    "CREATE INDEX outbox_tenant ON outbox (tenant_id, id) WHERE due_at IS NOT NULL",
    "CREATE TABLE notices (
        id TEXT PRIMARY KEY,
        account_id TEXT NOT NULL REFERENCES accounts (id),
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        kind TEXT NOT NULL,
        at BIGINT NOT NULL,
        read_at BIGINT)",
    "CREATE INDEX notices_account ON notices (account_id, id)",
    "CREATE INDEX notices_unread ON notices (tenant_id) WHERE read_at IS NULL",
    "CREATE TABLE tenant_changes (
        seq COUNTER,
        tenant_id TEXT NOT NULL,
        account_id TEXT NOT NULL)",
];
