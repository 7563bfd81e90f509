//! A panel's identity, written by SQL before Odoo has ever seen the database, or into one that it knows.

use sqlx::{PgConnection, Row as _};

use super::super::driver::refused;
use super::super::identity::{
    ADMIN, CLIENT_ID, KNOWN_TO_ALL, MARKER, PROVIDER, adopted_parameters, own_parameters, own_secrets, parameters,
    sign_in_page,
};
use super::super::password;
use super::super::version::Version;
use super::cluster::{judged, quoted, try_run};
use super::signals;
use crate::port::host::{HostError, Identity, Owner};

const WHAT: &str = "writing the panel's identity";

#[expect(clippy::needless_pass_by_value)] // As `map_err` gives it.
fn told(error: sqlx::Error) -> HostError {
    judged(WHAT, &error)
}

/// Makes a fresh copy this panel: other secrets than the template's, and its administrator becomes the owner.
pub(super) async fn as_ours(conn: &mut PgConnection, identity: &Identity) -> Result<(), HostError> {
    try_run(conn, "BEGIN").await.map_err(told)?;
    for key in ["database.uuid", "database.secret"] {
        sqlx::query(
            "INSERT INTO ir_config_parameter (key, value) VALUES ($1, gen_random_uuid()::text) \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(key)
        .execute(&mut *conn)
        .await
        .map_err(told)?;
    }
    sqlx::query(
        "INSERT INTO ir_config_parameter (key, value) \
         VALUES ('database.create_date', to_char(now() AT TIME ZONE 'utc', 'YYYY-MM-DD HH24:MI:SS')) \
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )
    .execute(&mut *conn)
    .await
    .map_err(told)?;
    let mut all = parameters(identity);
    all.extend(own_parameters());
    write_parameters(conn, &all).await?;
    if !has_table(conn, "auth_oauth_provider").await? {
        return refused("the template lacks the module auth_oauth, by which its owner comes in");
    }
    let provider = write_provider(conn, identity).await?;
    write_owner(conn, &identity.owner, provider).await?;
    check(conn, &identity.owner).await?;
    signals::another_database(conn).await?;
    try_run(conn, "COMMIT").await.map_err(told)
}

/// Makes a database that was there before this panel. Nobody's password changes, and nobody's way in but the owner's.
pub(super) async fn as_adopted(conn: &mut PgConnection, identity: &Identity) -> Result<(), HostError> {
    if !has_table(conn, "ir_config_parameter").await? {
        return refused("this is no database of Odoo's");
    }
    try_run(conn, "BEGIN").await.map_err(told)?;
    let whose = sqlx::query("SELECT value FROM ir_config_parameter WHERE key = $1").bind(MARKER);
    let whose = whose.fetch_optional(&mut *conn).await.map_err(told)?;
    let whose: Option<String> = whose.map(|row| row.try_get(0)).transpose().map_err(told)?;
    if whose.is_some_and(|it| !identity.was(&it)) {
        return refused(format!("the database is another panel's: its parameter {MARKER} says so"));
    }
    introduce(conn, identity).await?;
    signals::other_values(conn).await?;
    try_run(conn, "COMMIT").await.map_err(told)
}

/// Makes what was read from another panel's copy this panel. Its people and their passwords are the copy's.
pub(super) async fn as_another(conn: &mut PgConnection, identity: &Identity) -> Result<(), HostError> {
    if !has_table(conn, "ir_config_parameter").await? {
        return refused("this is no database of Odoo's");
    }
    try_run(conn, "BEGIN").await.map_err(told)?;
    write_parameters(conn, &own_secrets()).await?;
    introduce(conn, identity).await?;
    try_run(conn, "COMMIT").await.map_err(told)
}

async fn introduce(conn: &mut PgConnection, identity: &Identity) -> Result<(), HostError> {
    let has_providers = has_table(conn, "auth_oauth_provider").await?;
    let has_others = has_providers && has_other_providers(conn).await?;
    write_parameters(conn, &adopted_parameters(identity, has_others)).await?;
    if has_providers {
        let provider = write_provider(conn, identity).await?;
        // Whoever comes in as the owner already stays it, whatever they are called there: two cannot.
        let sql = "UPDATE res_users SET oauth_provider_id = $1, oauth_uid = $2 WHERE login = $3 AND NOT EXISTS \
                   (SELECT FROM res_users WHERE oauth_provider_id = $1 AND oauth_uid = $2)";
        sqlx::query(sql)
            .bind(provider)
            .bind(&identity.owner.subject)
            .bind(&identity.owner.login)
            .execute(&mut *conn)
            .await
            .map_err(told)?;
    }
    Ok(())
}

async fn write_parameters(conn: &mut PgConnection, all: &[(&str, String)]) -> Result<(), HostError> {
    for (key, value) in all {
        sqlx::query(
            "INSERT INTO ir_config_parameter (key, value) VALUES ($1, $2) \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(key)
        .bind(value)
        .execute(&mut *conn)
        .await
        .map_err(told)?;
    }
    Ok(())
}

/// The number of a provider of sign-ins.
pub(super) async fn provider(conn: &mut PgConnection, client: &str) -> Result<Option<i64>, HostError> {
    let sql = "SELECT id::bigint FROM auth_oauth_provider WHERE client_id = $1 ORDER BY id LIMIT 1";
    let row = sqlx::query(sql).bind(client).fetch_optional(conn).await.map_err(told)?;
    row.map(|row| row.try_get(0)).transpose().map_err(told)
}

/// Whether people come in by somebody else's providers, too.
async fn has_other_providers(conn: &mut PgConnection) -> Result<bool, HostError> {
    let sql = "SELECT EXISTS (SELECT FROM auth_oauth_provider WHERE enabled AND client_id IS DISTINCT FROM $1)";
    let row = sqlx::query(sql).bind(CLIENT_ID).fetch_one(conn).await.map_err(told)?;
    row.try_get(0).map_err(told)
}

/// Our row among the providers of sign-ins, made or mended. No button: the link alone.
async fn write_provider(conn: &mut PgConnection, identity: &Identity) -> Result<i64, HostError> {
    let sql = match provider(conn, CLIENT_ID).await? {
        Some(_) => {
            "UPDATE auth_oauth_provider SET name = $1, auth_endpoint = $2, validation_endpoint = $3, data_endpoint = NULL, \
             enabled = false WHERE client_id = $4 RETURNING id::bigint"
        }
        None => {
            "INSERT INTO auth_oauth_provider \
             (name, auth_endpoint, validation_endpoint, client_id, body, scope, css_class, enabled, sequence) \
             VALUES ($1, $2, $3, $4, jsonb_build_object('en_US', $1::text), 'panel', 'fa fa-fw fa-sign-in', false, 10) \
             RETURNING id::bigint"
        }
    };
    let row = sqlx::query(sql)
        .bind(PROVIDER)
        .bind(sign_in_page(identity))
        .bind(identity.entry_check_url.as_str())
        .bind(CLIENT_ID)
        .fetch_one(conn)
        .await
        .map_err(told)?;
    row.try_get(0).map_err(told)
}

async fn write_owner(conn: &mut PgConnection, owner: &Owner, provider: i64) -> Result<(), HostError> {
    let Some(hash) = password::hash(&owner.password, &rand::random()) else {
        return refused("the owner's password cannot be hashed");
    };
    let row = sqlx::query(
        "UPDATE res_users SET login = $1, password = $2, active = true, oauth_provider_id = $3, oauth_uid = $4, \
         write_date = now() AT TIME ZONE 'utc' WHERE id = $5 RETURNING partner_id::bigint",
    )
    .bind(&owner.login)
    .bind(&hash)
    .bind(provider)
    .bind(&owner.subject)
    .bind(ADMIN)
    .fetch_optional(&mut *conn)
    .await
    .map_err(told)?;
    let Some(row) = row else { return refused("the template has no administrator") };
    let partner: i64 = row.try_get(0).map_err(told)?;
    // Copies of both that some version, or some module, keeps beside them.
    let lower = owner.login.to_lowercase();
    let columns = [
        ("name", owner.name.as_str()),
        ("display_name", owner.name.as_str()),
        ("complete_name", owner.name.as_str()),
        ("email", owner.login.as_str()),
        ("email_normalized", lower.as_str()),
    ];
    for (column, value) in columns {
        if has_column(conn, "res_partner", column).await? {
            let sql = format!("UPDATE res_partner SET {} = $1 WHERE id = $2", quoted(column));
            let update = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(value).bind(partner);
            update.execute(&mut *conn).await.map_err(told)?;
        }
    }
    Ok(())
}

/// Whether the owner will be let in, and nobody with a password that everybody knows.
async fn check(conn: &mut PgConnection, owner: &Owner) -> Result<(), HostError> {
    match kept(conn, &owner.login).await? {
        Some(kept) if password::opens(&kept, &owner.password) => {}
        _ => return refused("the owner would not be let in"),
    }
    for (login, known) in KNOWN_TO_ALL {
        if kept(conn, login).await?.is_some_and(|kept| password::opens(&kept, known)) {
            return refused(format!("{login} would be let in with a password that everybody knows"));
        }
    }
    Ok(())
}

async fn kept(conn: &mut PgConnection, login: &str) -> Result<Option<String>, HostError> {
    let row = sqlx::query("SELECT coalesce(password, '')::text FROM res_users WHERE login = $1 AND active");
    let row = row.bind(login).fetch_optional(conn).await.map_err(told)?;
    row.map(|row| row.try_get(0)).transpose().map_err(told)
}

/// The version of the Odoo that the database was last loaded by: that of the module `base`, `19.0.1.3`. `None` if it does not say.
pub(super) async fn version(conn: &mut PgConnection) -> Result<Option<Version>, HostError> {
    if !has_column(conn, "ir_module_module", "latest_version").await? {
        return Ok(None);
    }
    let sql = "SELECT coalesce(latest_version, '')::text FROM ir_module_module WHERE name = 'base'";
    let row = sqlx::query(sql).fetch_optional(conn).await.map_err(told)?;
    let text: Option<String> = row.map(|row| row.try_get(0)).transpose().map_err(told)?;
    Ok(text.as_deref().and_then(Version::of))
}

/// Whether the database has this table.
pub(super) async fn has_table(conn: &mut PgConnection, table: &str) -> Result<bool, HostError> {
    let row = sqlx::query("SELECT to_regclass($1) IS NOT NULL").bind(table).fetch_one(conn).await.map_err(told)?;
    row.try_get(0).map_err(told)
}

async fn has_column(conn: &mut PgConnection, table: &str, column: &str) -> Result<bool, HostError> {
    let sql =
        "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass($1) AND attname = $2 AND NOT attisdropped";
    let row = sqlx::query(sql).bind(table).bind(column).fetch_one(conn).await.map_err(told)?;
    row.try_get::<i64, _>(0).map(|many| many > 0).map_err(told)
}
