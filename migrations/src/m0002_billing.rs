//! The billing core, whole: plan versions with a life of their own, sealed cycles, counters by the hour, lines, invoices
//! without gaps, a ledger that the database itself keeps balanced, and accounts with a zone, a BIN and perhaps a clock.

use sea_orm_migration::prelude::{ConnectionTrait, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager};
use sea_orm_migration::sea_orm::{DbBackend, Statement};
use serde_json::{Value, json};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for statement in COLUMNS.iter().chain(TABLES).chain(LEDGER) {
            db.execute_unprepared(statement).await?;
        }
        carry_plans_over(db).await?;
        carry_cycles_over(db).await?;
        let guards = match db.get_database_backend() {
            DbBackend::Sqlite => GUARDS_SQLITE,
            _ => GUARDS_POSTGRES,
        };
        for statement in guards {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

const COLUMNS: &[&str] = &[
    "ALTER TABLE accounts ADD COLUMN zone TEXT NOT NULL DEFAULT 'Asia/Dhaka'",
    "ALTER TABLE accounts ADD COLUMN address TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE accounts ADD COLUMN bin TEXT",
    // How far its own clock is ahead of the billing clock; `tenants.due_at` is by the billing clock.
    "ALTER TABLE accounts ADD COLUMN clock_ahead_seconds BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE plans ADD COLUMN archived_at BIGINT",
    "ALTER TABLE plan_versions ADD COLUMN status TEXT NOT NULL DEFAULT 'published'",
    "ALTER TABLE plan_versions ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE plan_versions ADD COLUMN published_at BIGINT",
    "CREATE UNIQUE INDEX plan_versions_draft ON plan_versions (plan_id) WHERE status = 'draft'",
    "ALTER TABLE tenants ADD COLUMN cancelled BOOLEAN NOT NULL DEFAULT FALSE",
    "ALTER TABLE cycles ADD COLUMN plan_version_id TEXT REFERENCES plan_versions (id)",
    "ALTER TABLE cycles ADD COLUMN allowance_seconds BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE cycles ADD COLUMN overage_seconds BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE cycles ADD COLUMN gauges TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE cycles ADD COLUMN reminded BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE cycles ADD COLUMN paid_net_minor BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE cycles ADD COLUMN earned_net_minor BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE cycles ADD COLUMN upgraded_by TEXT",
    "ALTER TABLE cycles ADD COLUMN seal TEXT",
    "ALTER TABLE usage_windows ADD COLUMN users BIGINT",
    "ALTER TABLE usage_windows ADD COLUMN storage_bytes BIGINT",
    "ALTER TABLE orders ADD COLUMN upgrade TEXT",
    "ALTER TABLE orders ADD COLUMN lines TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE orders ADD COLUMN withdrawn_at BIGINT",
    // Orders had no lines. Those that wait are made anew; money that is on its way to them becomes credit.
    "UPDATE orders SET withdrawn_at = created_at WHERE settled_at IS NULL",
    "DROP INDEX orders_open",
    "CREATE UNIQUE INDEX orders_open ON orders (tenant_id) WHERE settled_at IS NULL AND withdrawn_at IS NULL",
    "ALTER TABLE payments ADD COLUMN fee_minor BIGINT",
    "ALTER TABLE notices ADD COLUMN value BIGINT",
];

const TABLES: &[&str] = &[
    "CREATE TABLE trials (
        account_id TEXT NOT NULL REFERENCES accounts (id),
        plan_id TEXT NOT NULL REFERENCES plans (id),
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        at BIGINT NOT NULL,
        PRIMARY KEY (account_id, plan_id))",
    "CREATE TABLE usage_hours (
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        meter TEXT NOT NULL,
        hour_at BIGINT NOT NULL,
        quantity BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, meter, hour_at))",
    // The lines of a cycle's proof that are not windows. They follow the windows that end at or before `after_at`.
    "CREATE TABLE cycle_lines (
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        cycle_number BIGINT NOT NULL,
        position BIGINT NOT NULL,
        after_at BIGINT NOT NULL,
        line TEXT NOT NULL,
        PRIMARY KEY (tenant_id, cycle_number, position))",
    "CREATE TABLE corrections (
        id TEXT PRIMARY KEY,
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        cycle_number BIGINT NOT NULL,
        from_at BIGINT NOT NULL,
        to_at BIGINT NOT NULL,
        seen TEXT NOT NULL,
        seconds_taken_back BIGINT NOT NULL,
        reason TEXT NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id),
        at BIGINT NOT NULL,
        CHECK (to_at > from_at),
        CHECK (seconds_taken_back > 0))",
    "CREATE INDEX corrections_cycle ON corrections (tenant_id, cycle_number, id)",
    "CREATE TABLE charges (
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        cycle_number BIGINT NOT NULL,
        position BIGINT NOT NULL,
        line TEXT NOT NULL,
        billed_by TEXT REFERENCES orders (id),
        PRIMARY KEY (tenant_id, cycle_number, position))",
    "CREATE INDEX charges_unbilled ON charges (tenant_id) WHERE billed_by IS NULL",
    "CREATE TABLE invoice_numbers (
        series TEXT NOT NULL,
        fiscal_year BIGINT NOT NULL,
        last BIGINT NOT NULL,
        PRIMARY KEY (series, fiscal_year))",
    "CREATE TABLE invoices (
        id TEXT PRIMARY KEY,
        series TEXT NOT NULL,
        fiscal_year BIGINT NOT NULL,
        sequence BIGINT NOT NULL,
        number TEXT NOT NULL UNIQUE,
        account_id TEXT NOT NULL REFERENCES accounts (id),
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        order_id TEXT UNIQUE REFERENCES orders (id),
        corrects_id TEXT REFERENCES invoices (id),
        issued_at BIGINT NOT NULL,
        gross_minor BIGINT NOT NULL,
        currency TEXT NOT NULL,
        document TEXT NOT NULL,
        UNIQUE (series, fiscal_year, sequence),
        CHECK ((order_id IS NULL) = (corrects_id IS NOT NULL)))",
    "CREATE INDEX invoices_account ON invoices (account_id, id)",
    "CREATE INDEX invoices_tenant ON invoices (tenant_id, issued_at)",
    "CREATE INDEX invoices_corrects ON invoices (corrects_id) WHERE corrects_id IS NOT NULL",
];

// Entries come first and the journal last: when it arrives, everything it sums up is there to be summed.
const LEDGER: &[&str] = &[
    "ALTER TABLE journals RENAME TO journals_before",
    "ALTER TABLE ledger_entries RENAME TO ledger_entries_before",
    "CREATE TABLE journals (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        fact TEXT NOT NULL UNIQUE,
        at BIGINT NOT NULL,
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        account_id TEXT NOT NULL REFERENCES accounts (id))",
    "CREATE TABLE ledger_entries (
        journal_id TEXT NOT NULL REFERENCES journals (id) DEFERRABLE INITIALLY DEFERRED,
        position BIGINT NOT NULL,
        account_id TEXT NOT NULL REFERENCES accounts (id),
        ledger_account TEXT NOT NULL,
        amount_minor BIGINT NOT NULL CHECK (amount_minor <> 0),
        currency TEXT NOT NULL,
        PRIMARY KEY (journal_id, position))",
    "CREATE INDEX ledger_entries_account ON ledger_entries (account_id, ledger_account)",
    "INSERT INTO ledger_entries (journal_id, position, account_id, ledger_account, amount_minor, currency)
        SELECT e.journal_id, e.position, j.account_id, e.ledger_account, e.amount_minor, e.currency
        FROM ledger_entries_before e JOIN journals_before j ON j.id = e.journal_id
        WHERE e.amount_minor <> 0",
    "INSERT INTO journals (id, kind, fact, at, tenant_id, account_id)
        SELECT id, kind, kind || ' ' || COALESCE(payment_id, tenant_id || ' ' || cycle_number), at, tenant_id, account_id
        FROM journals_before",
    "DROP TABLE ledger_entries_before",
    "DROP TABLE journals_before",
];

const GUARDS_SQLITE: &[&str] = &[
    "CREATE TRIGGER journals_balance BEFORE INSERT ON journals
        WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE journal_id = NEW.id GROUP BY currency HAVING SUM(amount_minor) <> 0)
        OR NOT EXISTS (SELECT 1 FROM ledger_entries WHERE journal_id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the entries of a journal must sum to zero in each currency'); END",
    "CREATE TRIGGER ledger_entries_late BEFORE INSERT ON ledger_entries
        WHEN EXISTS (SELECT 1 FROM journals WHERE id = NEW.journal_id)
        BEGIN SELECT RAISE(ABORT, 'a journal is never added to'); END",
    "CREATE TRIGGER ledger_entries_kept BEFORE UPDATE ON ledger_entries
        BEGIN SELECT RAISE(ABORT, 'a journal is never changed'); END",
    "CREATE TRIGGER ledger_entries_stay BEFORE DELETE ON ledger_entries
        BEGIN SELECT RAISE(ABORT, 'a journal is never removed'); END",
    "CREATE TRIGGER journals_kept BEFORE UPDATE ON journals
        BEGIN SELECT RAISE(ABORT, 'a journal is never changed'); END",
    "CREATE TRIGGER journals_stay BEFORE DELETE ON journals
        BEGIN SELECT RAISE(ABORT, 'a journal is never removed'); END",
    "CREATE TRIGGER invoices_kept BEFORE UPDATE ON invoices
        BEGIN SELECT RAISE(ABORT, 'an invoice is never changed'); END",
    "CREATE TRIGGER invoices_stay BEFORE DELETE ON invoices
        BEGIN SELECT RAISE(ABORT, 'an invoice is never removed'); END",
    "CREATE TRIGGER plan_versions_frozen BEFORE UPDATE ON plan_versions
        WHEN OLD.status <> 'draft' AND (NEW.terms <> OLD.terms OR NEW.status = 'draft')
        BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END",
];

const GUARDS_POSTGRES: &[&str] = &[
    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$",
    "CREATE FUNCTION balance_journal() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM ledger_entries WHERE journal_id = NEW.id) OR EXISTS (
                SELECT 1 FROM ledger_entries WHERE journal_id = NEW.id GROUP BY currency HAVING SUM(amount_minor) <> 0)
            THEN RAISE EXCEPTION 'the entries of a journal must sum to zero in each currency'; END IF;
            RETURN NEW;
        END $$",
    "CREATE FUNCTION refuse_late_entry() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM journals WHERE id = NEW.journal_id)
            THEN RAISE EXCEPTION 'a journal is never added to'; END IF;
            RETURN NEW;
        END $$",
    "CREATE TRIGGER journals_balance BEFORE INSERT ON journals FOR EACH ROW EXECUTE FUNCTION balance_journal()",
    "CREATE TRIGGER ledger_entries_late BEFORE INSERT ON ledger_entries FOR EACH ROW EXECUTE FUNCTION refuse_late_entry()",
    "CREATE TRIGGER ledger_entries_kept BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW
        EXECUTE FUNCTION refuse('a journal is never changed')",
    "CREATE TRIGGER journals_kept BEFORE UPDATE OR DELETE ON journals FOR EACH ROW
        EXECUTE FUNCTION refuse('a journal is never changed')",
    "CREATE TRIGGER invoices_kept BEFORE UPDATE OR DELETE ON invoices FOR EACH ROW
        EXECUTE FUNCTION refuse('an invoice is never changed')",
    "CREATE TRIGGER plan_versions_frozen BEFORE UPDATE ON plan_versions FOR EACH ROW
        WHEN (OLD.status <> 'draft' AND (NEW.terms <> OLD.terms OR NEW.status = 'draft'))
        EXECUTE FUNCTION refuse('a published version never changes')",
];

/// Limits stood beside the terms; now they are part of them.
async fn carry_plans_over(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    for row in rows(db, "SELECT id, terms, users_max, storage_bytes_max FROM plan_versions").await? {
        let (id, mut terms): (String, Value) = (row.try_get("", "id")?, parsed(&row.try_get::<String>("", "terms")?)?);
        let (users, bytes): (Option<i64>, Option<i64>) =
            (row.try_get("", "users_max")?, row.try_get("", "storage_bytes_max")?);
        terms["limits"] = json!({ "users": users, "storage_bytes": bytes });
        write(db, "UPDATE plan_versions SET terms = $1 WHERE id = $2", [terms.to_string().into(), id.into()]).await?;
    }
    db.execute_unprepared("ALTER TABLE plan_versions DROP COLUMN users_max").await?;
    db.execute_unprepared("ALTER TABLE plan_versions DROP COLUMN storage_bytes_max").await?;
    Ok(())
}

/// A cycle's allowance and price stood in its terms alone. What had ended was earned, and nothing else was.
async fn carry_cycles_over(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    db.execute_unprepared(
        "UPDATE cycles SET plan_version_id = (SELECT plan_version_id FROM orders WHERE orders.id = cycles.order_id)",
    )
    .await?;
    for row in rows(db, "SELECT tenant_id, number, terms, phase, order_id FROM cycles").await? {
        let terms = parsed(&row.try_get::<String>("", "terms")?)?;
        let (tenant_id, number): (String, i64) = (row.try_get("", "tenant_id")?, row.try_get("", "number")?);
        let (phase, order_id): (String, Option<String>) = (row.try_get("", "phase")?, row.try_get("", "order_id")?);
        let hours = terms["included_hours"].as_i64().unwrap_or(0);
        let paid = order_id.and_then(|_| terms["price"]["minor"].as_i64()).unwrap_or(0);
        let earned = if phase == "ended" { paid } else { 0 };
        let statement = "UPDATE cycles SET allowance_seconds = $1, paid_net_minor = $2, earned_net_minor = $3
            WHERE tenant_id = $4 AND number = $5";
        let values = [(hours * 3_600).into(), paid.into(), earned.into(), tenant_id.into(), number.into()];
        write(db, statement, values).await?;
    }
    Ok(())
}

async fn rows(db: &impl ConnectionTrait, sql: &str) -> Result<Vec<sea_orm_migration::sea_orm::QueryResult>, DbErr> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await
}

async fn write<const N: usize>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: [sea_orm_migration::sea_orm::Value; N],
) -> Result<(), DbErr> {
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.map(drop)
}

fn parsed(text: &str) -> Result<Value, DbErr> {
    serde_json::from_str(text).map_err(|error| DbErr::Custom(format!("terms that cannot be read: {error}")))
}
