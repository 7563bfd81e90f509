//! The few tables of Odoo that a manager of panels reads and writes, column by column as Odoo has them, and what a new
//! database holds. Knows no database.

use serde_json::{Value, json};

use super::passlib;

/// One record, column by column; times are texts like `2026-11-22 06:00:00`, in UTC.
pub(super) type Row = serde_json::Map<String, Value>;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Bool,
    Int,
    Time,
    /// Translated text: `{"en_US": "…"}`.
    Words,
    /// A record of another table.
    Of(&'static str),
}

/// A column; every table has `id` beside those listed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Type,
    required: bool,
    /// The first version that has it.
    since: u8,
}

/// A table and its model.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) model: &'static str,
    columns: &'static [Column],
    /// Which column names a record once.
    pub(super) unique: Option<&'static str>,
}

const fn col(name: &'static str, kind: Type) -> Column {
    Column { name, kind, required: false, since: 16 }
}

const fn must(name: &'static str, kind: Type) -> Column {
    Column { name, kind, required: true, since: 16 }
}

use Type::{Bool, Int, Of, Text, Time, Words};

pub(super) const PARTNERS: &Table = &Table {
    name: "res_partner",
    model: "res.partner",
    unique: None,
    columns: &[
        col("name", Text),
        col("email", Text),
        col("phone", Text),
        col("lang", Text),
        col("tz", Text),
        col("active", Bool),
        col("create_date", Time),
        col("write_date", Time),
    ],
};

pub(super) const USERS: &Table = &Table {
    name: "res_users",
    model: "res.users",
    unique: Some("login"),
    columns: &[
        must("login", Text),
        col("password", Text),
        col("active", Bool),
        col("share", Bool),
        must("partner_id", Of("res_partner")),
        must("company_id", Of("res_company")),
        col("create_uid", Int),
        col("create_date", Time),
        col("write_uid", Int),
        col("write_date", Time),
        col("oauth_provider_id", Of("auth_oauth_provider")),
        col("oauth_uid", Text),
        col("oauth_access_token", Text),
    ],
};

pub(super) const LOGS: &Table = &Table {
    name: "res_users_log",
    model: "res.users.log",
    unique: None,
    columns: &[col("create_uid", Int), col("create_date", Time), col("write_uid", Int), col("write_date", Time)],
};

pub(super) const PARAMETERS: &Table = &Table {
    name: "ir_config_parameter",
    model: "ir.config_parameter",
    unique: Some("key"),
    columns: &[must("key", Text), must("value", Text), col("create_date", Time), col("write_date", Time)],
};

pub(super) const PROVIDERS: &Table = &Table {
    name: "auth_oauth_provider",
    model: "auth.oauth.provider",
    unique: None,
    columns: &[
        must("name", Text),
        col("client_id", Text),
        must("auth_endpoint", Text),
        col("scope", Text),
        must("validation_endpoint", Text),
        col("data_endpoint", Text),
        col("css_class", Text),
        col("enabled", Bool),
        col("sequence", Int),
        must("body", Words),
        col("create_date", Time),
        col("write_date", Time),
    ],
};

pub(super) const API_KEYS: &Table = &Table {
    name: "res_users_apikeys",
    model: "res.users.apikeys",
    unique: None,
    columns: &[
        must("name", Text),
        must("user_id", Of("res_users")),
        col("scope", Text),
        col("index", Text),
        col("key", Text),
        col("create_date", Time),
        Column { name: "expiration_date", kind: Time, required: false, since: 18 },
    ],
};

pub(super) const ATTACHMENTS: &Table = &Table {
    name: "ir_attachment",
    model: "ir.attachment",
    unique: None,
    columns: &[
        must("name", Text),
        col("store_fname", Text),
        col("file_size", Int),
        col("checksum", Text),
        col("mimetype", Text),
        col("create_date", Time),
    ],
};

pub(super) const CRONS: &Table = &Table {
    name: "ir_cron",
    model: "ir.cron",
    unique: None,
    columns: &[
        must("cron_name", Text),
        col("active", Bool),
        col("interval_number", Int),
        col("interval_type", Text),
        col("lastcall", Time),
        col("nextcall", Time),
    ],
};

pub(super) const MODULES: &Table = &Table {
    name: "ir_module_module",
    model: "ir.module.module",
    unique: Some("name"),
    columns: &[must("name", Text), col("state", Text)],
};

const COMPANIES: &Table = &Table {
    name: "res_company",
    model: "res.company",
    unique: Some("name"),
    columns: &[must("name", Text), col("phone", Text), col("create_date", Time), col("write_date", Time)],
};

/// All of them.
pub(super) const TABLES: [&Table; 10] =
    [COMPANIES, PARTNERS, USERS, LOGS, PARAMETERS, PROVIDERS, API_KEYS, ATTACHMENTS, CRONS, MODULES];

impl Table {
    /// Its columns in a version of Odoo, without `id`.
    pub(super) fn columns(&self, version: u8) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().filter(move |column| column.since <= version)
    }

    /// Whether it has a column.
    pub(super) fn column(&self, name: &str, version: u8) -> Option<&'static Column> {
        self.columns(version).find(|column| column.name == name)
    }

    /// Makes it in PostgreSQL.
    pub(super) fn ddl(&self, version: u8) -> String {
        let columns: String = self
            .columns(version)
            .map(|column| {
                let kind = match column.kind {
                    Text => "varchar",
                    Bool => "boolean",
                    Int | Of(_) => "integer",
                    Time => "timestamp without time zone",
                    Words => "jsonb",
                };
                let required = if column.required { " NOT NULL" } else { "" };
                let unique = if self.unique == Some(column.name) { " UNIQUE" } else { "" };
                format!(", \"{}\" {kind}{required}{unique}", column.name)
            })
            .collect();
        format!("CREATE TABLE public.{} (id serial PRIMARY KEY{columns});\n", self.name)
    }

    /// The column without which a record of it cannot be kept.
    pub(super) fn lacks(&self, row: &Row, version: u8) -> Option<&'static str> {
        let empty = |name: &str| row.get(name).is_none_or(Value::is_null);
        self.columns(version).find(|column| column.required && empty(column.name)).map(|column| column.name)
    }
}

/// The table of a name, or of a model's name.
pub(super) fn table(name: &str) -> Option<&'static Table> {
    TABLES.into_iter().find(|table| table.name == name || table.model == name)
}

/// A row out of a JSON object; anything else is an empty one.
pub(super) fn row(value: Value) -> Row {
    match value {
        Value::Object(row) => row,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Row::new(),
    }
}

/// A new name that nobody else has: what Odoo takes a UUID for.
pub(super) fn uuid() -> String {
    let hex = passlib::random_hex(16);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// What `database.*` and its neighbours say in a database that was made at `now`.
pub(super) fn identity(now: &str) -> [(&'static str, String); 4] {
    [
        ("database.uuid", uuid()),
        ("database.secret", uuid()),
        ("database.create_date", now.to_owned()),
        ("web.base.url", "http://localhost:8069".to_owned()),
    ]
}

/// What Odoo's base modules leave in a database before it is set up for anybody: the administrator is admin/admin.
pub(super) fn seed(now: &str) -> Vec<(&'static Table, Vec<Row>)> {
    let person = |id: i64, name: &str, email: Value, active: bool| {
        row(json!({ "id": id, "name": name, "email": email, "active": active, "lang": "en_US", "create_date": now,
                    "write_date": now }))
    };
    let user = |id: i64, login: &str, password: Value, active: bool, share: bool| {
        row(json!({ "id": id, "login": login, "password": password, "active": active, "share": share, "partner_id": id,
                    "company_id": 1, "create_uid": 1, "create_date": now, "write_uid": 1, "write_date": now }))
    };
    let parameters = identity(now).into_iter().zip(1..).map(|((key, value), id)| {
        row(json!({ "id": id, "key": key, "value": value, "create_date": now, "write_date": now }))
    });
    let modules = ["base", "web", "auth_signup", "auth_oauth"].into_iter().zip(1..);
    let cron = |id: i64, name: &str| {
        row(json!({ "id": id, "cron_name": name, "active": true, "interval_number": 1, "interval_type": "days",
                    "nextcall": now }))
    };
    vec![
        (COMPANIES, vec![row(json!({ "id": 1, "name": "My Company", "create_date": now, "write_date": now }))]),
        (
            PARTNERS,
            vec![
                person(1, "System", Value::Null, false),
                person(2, "Administrator", Value::Null, true),
                person(3, "Default User Template", Value::Null, false),
                person(4, "Public user", Value::Null, false),
                person(5, "Portal User Template", Value::Null, false),
            ],
        ),
        (
            USERS,
            vec![
                user(1, "__system__", Value::Null, false, false),
                user(2, "admin", json!(passlib::hash_of_admin()), true, false),
                user(3, "default", Value::Null, false, false),
                user(4, "public", Value::Null, false, true),
                user(5, "portaltemplate", Value::Null, false, true),
            ],
        ),
        (PARAMETERS, parameters.collect()),
        (MODULES, modules.map(|(name, id)| row(json!({ "id": id, "name": name, "state": "installed" }))).collect()),
        (CRONS, vec![cron(1, "Base: Auto-vacuum internal data"), cron(2, "Mail: Email Queue Manager")]),
    ]
}
