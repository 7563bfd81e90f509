//! The databases of a sandbox Odoo: what its `db` service does to them, and what a test or whoever rehearses sees and
//! does from outside. Knows no wire, no master password and no `list_db`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::gateway::Clock;

use super::countries;
use super::dump;
use super::failure::Raised;
use super::faults::{Faults, Step};
use super::files::Files;
use super::passlib;
use super::schema::{self, API_KEYS, ATTACHMENTS, CRONS, PARAMETERS, PARTNERS, Row, TABLES, USERS};
use super::store::Store;

/// What a new database is to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDatabase {
    /// Its name.
    pub name: String,
    /// The administrator's login.
    pub login: String,
    /// The administrator's password.
    pub password: String,
    /// `en_US`.
    pub lang: String,
    /// Two letters; an unknown one spoils the set-up.
    pub country_code: Option<String>,
    /// The company's.
    pub phone: Option<String>,
}

/// A database as the control page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DatabaseView {
    /// Its name.
    pub name: String,
    /// Whether it takes new connections.
    pub open: bool,
    /// Whether it is hidden as a template.
    pub template: bool,
    /// Whether it answers 500.
    pub broken: bool,
    /// Its people, if it can be asked.
    pub users: Vec<UserView>,
}

/// A user of a database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserView {
    /// `res_users.id`.
    pub id: i64,
    /// What is typed at the sign-in.
    pub login: String,
    /// The name.
    pub name: String,
    /// Archived users are not.
    pub active: bool,
    /// Portal and public users; internal users are not.
    pub share: bool,
}

/// The databases of one server. Copies are handles of the same ones.
#[derive(Clone)]
pub struct Databases {
    pub(super) store: Store,
    pub(super) files: Files,
    pub(super) faults: Faults,
    pub(super) version: u8,
    pub(super) clock: Clock,
}

impl Databases {
    /// The time as Odoo writes it.
    pub(super) fn now(&self) -> String {
        let at = chrono::DateTime::from_timestamp((self.clock)(), 0).unwrap_or_default();
        at.format("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// What Odoo lists: open ones that are no templates.
    pub async fn list(&self) -> Result<Vec<String>, Raised> {
        self.store.names().await
    }

    /// Everything there is, closed ones and templates too. Leaves no connection behind.
    pub async fn views(&self) -> Result<Vec<DatabaseView>, Raised> {
        let mut views = Vec::new();
        for it in self.store.all().await? {
            // A closed one is not asked: nobody could.
            let users = if it.open { self.users(&it.name).await.unwrap_or_default() } else { Vec::new() };
            let broken = self.faults.broken(&it.name);
            views.push(DatabaseView { name: it.name, open: it.open, template: it.template, broken, users });
        }
        Ok(views)
    }

    /// The people of a database, archived ones too. Leaves no connection behind.
    pub async fn users(&self, database: &str) -> Result<Vec<UserView>, Raised> {
        let partners = self.store.peek(database, PARTNERS).await?;
        let users = self.store.peek(database, USERS).await?;
        let text = |row: &Row, name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let yes = |row: &Row, name: &str| row.get(name).and_then(Value::as_bool).unwrap_or_default();
        let name_of = |user: &Row| partners.iter().find(|it| it.get("id") == user.get("partner_id"));
        let view = |user: &Row| UserView {
            id: user.get("id").and_then(Value::as_i64).unwrap_or_default(),
            login: text(user, "login"),
            name: name_of(user).map(|partner| text(partner, "name")).unwrap_or_default(),
            active: yes(user, "active"),
            share: yes(user, "share"),
        };
        Ok(users.iter().map(view).collect())
    }

    /// Makes a database. Up to 19, `Ok` also if it was made and could not be set up: then it stays with admin/admin.
    pub async fn create(&self, wanted: &NewDatabase) -> Result<(), Raised> {
        let name = &wanted.name;
        if self.store.exists(name).await? {
            return Err(Raised::exists(name));
        }
        self.store.create(name).await?;
        self.store.load(name, &dump::sql(&schema::seed(&self.now()), self.version)).await?;
        match self.set_up(wanted).await {
            Err(error) if self.version >= 20 => Err(error),
            // What real servers do: the reason stands in their log, and the caller is told `true`.
            Ok(()) | Err(_) => Ok(()),
        }
    }

    async fn set_up(&self, wanted: &NewDatabase) -> Result<(), Raised> {
        if self.faults.spoil(Step::Init) {
            return Err(Raised::fault(Step::Init));
        }
        if wanted.country_code.as_deref().is_some_and(|code| !countries::known(code)) {
            return Err(Raised::fault(Step::Init));
        }
        let name = &wanted.name;
        let content = format!("web.assets of {name}").into_bytes();
        self.attach(name, "web.assets_web.min.js", content).await?;
        let email = Some(&wanted.login).filter(|login| login.contains('@'));
        let partner = json!({ "lang": wanted.lang, "email": email, "phone": wanted.phone, "write_date": self.now() });
        self.store.update(name, PARTNERS, 2, schema::row(partner)).await?;
        let kept = passlib::hash(&wanted.password);
        let user = json!({ "login": wanted.login, "password": kept, "write_date": self.now() });
        self.store.update(name, USERS, 2, schema::row(user)).await
    }

    /// Copies a database and its files under a new identity. Everybody who is connected to the source is thrown out.
    pub async fn duplicate(&self, source: &str, new: &str, neutralize: bool) -> Result<(), Raised> {
        // An unknown source is told by the copy itself.
        let _ = self.store.terminate(source).await;
        self.store.copy(source, new).await?;
        self.new_identity(new).await?;
        if neutralize {
            self.neutralize(new).await?;
        }
        self.files.copy(source, new).map_err(|error| Raised::other(error.to_string()))
    }

    async fn new_identity(&self, database: &str) -> Result<(), Raised> {
        for (key, value) in schema::identity(&self.now()) {
            self.set_parameter(database, key, &value).await?;
        }
        Ok(())
    }

    /// As Odoo's modules do it to copies for testing: no scheduled action runs but the vacuum.
    pub(super) async fn neutralize(&self, database: &str) -> Result<(), Raised> {
        let off = schema::row(json!({ "active": false }));
        for cron in self.store.rows(database, CRONS).await? {
            let name = cron.get("cron_name").and_then(Value::as_str).unwrap_or_default();
            if let Some(id) = cron.get("id").and_then(Value::as_i64).filter(|_| !name.contains("Auto-vacuum")) {
                self.store.update(database, CRONS, id, off.clone()).await?;
            }
        }
        self.set_parameter(database, "database.is_neutralized", "true").await
    }

    /// Removes a database and its files; `false`, and nothing is removed, if Odoo does not list it: unknown, closed, or a
    /// template.
    pub async fn drop(&self, database: &str) -> Result<bool, Raised> {
        if !self.store.names().await?.iter().any(|name| name == database) {
            return Ok(false);
        }
        self.store.drop(database).await?;
        self.files.remove(database).map_err(|error| Raised::other(error.to_string()))?;
        Ok(true)
    }

    /// Gives a database and its files another name.
    pub async fn rename(&self, old: &str, new: &str) -> Result<(), Raised> {
        self.store.rename(old, new).await?;
        self.files.rename(old, new).map_err(|error| Raised::other(error.to_string()))
    }

    /// The zip that a backup is.
    pub async fn dump(&self, database: &str) -> Result<Vec<u8>, Raised> {
        self.store.ping(database).await?;
        if self.faults.spoil(Step::Dump) {
            return Err(Raised::fault(Step::Dump));
        }
        let mut tables = Vec::new();
        for table in TABLES {
            tables.push((table, self.store.rows(database, table).await?));
        }
        let files = self.files.all(database).map_err(|error| Raised::other(error.to_string()))?;
        dump::pack(database, self.version, &dump::sql(&tables, self.version), &files)
    }

    /// Makes a database out of such a zip; with `copy` it gets a new identity. One that fails half-way stays there.
    pub async fn restore(&self, name: &str, packed: &[u8], copy: bool, neutralize: bool) -> Result<(), Raised> {
        if self.store.exists(name).await? {
            return Err(Raised::other("Database already exists"));
        }
        self.store.create(name).await?;
        let (sql, files) = dump::unpack(packed)?;
        self.store.load(name, &sql).await?;
        if copy {
            self.new_identity(name).await?;
        }
        if neutralize {
            self.neutralize(name).await?;
        }
        files.iter().try_for_each(|file| self.files.put(name, file)).map_err(|error| Raised::other(error.to_string()))
    }

    /// Takes no new connections; with `terminate`, those that are there end. Without it they work on.
    pub async fn close(&self, database: &str, terminate: bool) -> Result<(), Raised> {
        self.store.set_open(database, false).await?;
        if terminate { self.store.terminate(database).await } else { Ok(()) }
    }

    /// Takes connections again.
    pub async fn open(&self, database: &str) -> Result<(), Raised> {
        self.store.set_open(database, true).await
    }

    /// Says whether it is a template, which Odoo does not list.
    pub async fn set_template(&self, database: &str, template: bool) -> Result<(), Raised> {
        self.store.set_template(database, template).await
    }

    /// A parameter of a database, if it is set.
    pub async fn parameter(&self, database: &str, key: &str) -> Result<Option<String>, Raised> {
        let rows = self.store.rows(database, PARAMETERS).await?;
        let found = rows.iter().find(|row| row.get("key").and_then(Value::as_str) == Some(key));
        Ok(found.and_then(|row| row.get("value")?.as_str().map(str::to_owned)))
    }

    /// Sets a parameter of a database.
    pub async fn set_parameter(&self, database: &str, key: &str, value: &str) -> Result<(), Raised> {
        let rows = self.store.rows(database, PARAMETERS).await?;
        let found = rows.iter().find(|row| row.get("key").and_then(Value::as_str) == Some(key));
        let changes = json!({ "key": key, "value": value, "write_date": self.now() });
        match found.and_then(|row| row.get("id")?.as_i64()) {
            Some(id) => self.store.update(database, PARAMETERS, id, schema::row(changes)).await,
            None => self.store.insert(database, PARAMETERS, schema::row(changes)).await.map(drop),
        }
    }

    /// Adds an active user, internal or (`share`) of the portal; the id.
    pub async fn add_user(&self, database: &str, login: &str, password: &str, share: bool) -> Result<i64, Raised> {
        let now = self.now();
        let person = json!({ "name": login, "email": login, "active": true, "lang": "en_US", "create_date": now,
                             "write_date": now });
        let partner = self.store.insert(database, PARTNERS, schema::row(person)).await?;
        let user = json!({ "login": login, "password": passlib::hash(password), "active": true, "share": share,
                           "partner_id": partner, "company_id": 1, "create_uid": 2, "create_date": now,
                           "write_uid": 2, "write_date": now });
        self.store.insert(database, USERS, schema::row(user)).await
    }

    /// Adds a key to a user that never expires; the key.
    pub async fn add_api_key(&self, database: &str, user: i64, scope: Option<&str>) -> Result<String, Raised> {
        let key = passlib::random_hex(20);
        let row = json!({ "name": "sandbox", "user_id": user, "scope": scope, "index": key[..8],
                          "key": passlib::hash(&key), "create_date": self.now() });
        self.store.insert(database, API_KEYS, schema::row(row)).await?;
        Ok(key)
    }

    /// Keeps a file in a database's filestore.
    pub async fn attach(&self, database: &str, name: &str, content: Vec<u8>) -> Result<(), Raised> {
        let sum = passlib::sha1_hex(&content);
        let stored = format!("{}/{sum}", &sum[..2]);
        let row = json!({ "name": name, "store_fname": stored, "file_size": content.len(), "checksum": sum,
                          "mimetype": "application/octet-stream", "create_date": self.now() });
        self.store.insert(database, ATTACHMENTS, schema::row(row)).await?;
        self.files.put(database, &(stored, content)).map_err(|error| Raised::other(error.to_string()))
    }

    /// Runs what is due, as Odoo's own scheduler would: how many actions ran. A database that is closed or not listed is
    /// not connected to, so none of its actions can.
    pub async fn run_cron(&self, database: &str) -> Result<u32, Raised> {
        if !self.store.names().await?.iter().any(|name| name == database) {
            return Err(Raised::closed(database));
        }
        let mut ran = 0;
        for cron in self.store.rows(database, CRONS).await? {
            let active = cron.get("active").and_then(Value::as_bool).unwrap_or_default();
            if let Some(id) = cron.get("id").and_then(Value::as_i64).filter(|_| active) {
                let now = schema::row(json!({ "lastcall": self.now() }));
                self.store.update(database, CRONS, id, now).await?;
                ran += 1;
            }
        }
        Ok(ran)
    }
}
