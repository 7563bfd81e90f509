//! Who somebody is: passwords, keys and tokens of one database. Knows no wire and no session.

use serde_json::{Value, json};

use super::databases::Databases;
use super::failure::Raised;
use super::passlib;
use super::schema::{self, API_KEYS, LOGS, Row, USERS};

/// A user who proved who he is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) id: i64,
    pub(super) login: String,
    /// Of the portal.
    pub(super) share: bool,
}

fn text<'r>(row: &'r Row, name: &str) -> &'r str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn number(row: &Row, name: &str) -> i64 {
    row.get(name).and_then(Value::as_i64).unwrap_or_default()
}

fn yes(row: &Row, name: &str) -> bool {
    row.get(name).and_then(Value::as_bool).unwrap_or_default()
}

fn person(row: &Row) -> Person {
    Person { id: number(row, "id"), login: text(row, "login").to_owned(), share: yes(row, "share") }
}

impl Databases {
    async fn active_users(&self, database: &str) -> Result<Vec<Row>, Raised> {
        let users = self.store.rows(database, USERS).await?;
        Ok(users.into_iter().filter(|user| yes(user, "active")).collect())
    }

    /// An active user by number.
    pub(super) async fn person(&self, database: &str, id: i64) -> Result<Option<Person>, Raised> {
        Ok(self.active_users(database).await?.iter().find(|user| number(user, "id") == id).map(person))
    }

    /// Whom a login and its password are; a sign-in is remembered in `res_users_log`, whoever signs in and by what way.
    pub(super) async fn sign_in(&self, database: &str, login: &str, secret: &str) -> Result<Option<Person>, Raised> {
        let users = self.active_users(database).await?;
        let Some(user) = users.iter().find(|user| text(user, "login") == login) else { return Ok(None) };
        if !self.opens(database, user, secret).await? {
            return Ok(None);
        }
        self.log_in(database, number(user, "id")).await?;
        Ok(Some(person(user)))
    }

    /// Remembers a sign-in.
    pub(super) async fn log_in(&self, database: &str, user: i64) -> Result<(), Raised> {
        let now = self.now();
        let log = json!({ "create_uid": user, "create_date": now, "write_uid": user, "write_date": now });
        self.store.insert(database, LOGS, schema::row(log)).await.map(drop)
    }

    /// Who calls over RPC: a user's number with his password or key.
    pub(super) async fn caller(&self, database: &str, id: i64, secret: &str) -> Result<Person, Raised> {
        let users = self.active_users(database).await?;
        let user = users.iter().find(|user| number(user, "id") == id).ok_or_else(Raised::denied)?;
        if self.opens(database, user, secret).await? { Ok(person(user)) } else { Err(Raised::denied()) }
    }

    /// Whether a secret is a user's password, one of his keys, or, up to 17, the last token that he came in with.
    async fn opens(&self, database: &str, user: &Row, secret: &str) -> Result<bool, Raised> {
        if secret.is_empty() {
            return Ok(false);
        }
        let token = self.version <= 17 && text(user, "oauth_access_token") == secret;
        if token || passlib::verify(text(user, "password"), secret) {
            return Ok(true);
        }
        Ok(self.bearer_of(database, secret).await? == Some(number(user, "id")))
    }

    /// Whose key this is.
    async fn bearer_of(&self, database: &str, key: &str) -> Result<Option<i64>, Raised> {
        let Some(index) = key.get(..8) else { return Ok(None) };
        let now = self.now();
        let keys = self.store.rows(database, API_KEYS).await?;
        let mine = keys.iter().filter(|kept| text(kept, "index") == index).filter(|kept| {
            let (scope, expires) = (text(kept, "scope"), text(kept, "expiration_date").replace('T', " "));
            matches!(scope, "" | "rpc") && (expires.is_empty() || expires > now)
        });
        let found = mine.into_iter().find(|kept| passlib::verify(text(kept, "key"), key));
        Ok(found.map(|kept| number(kept, "user_id")))
    }

    /// Who bears a key.
    pub(super) async fn bearer(&self, database: &str, key: &str) -> Result<Option<Person>, Raised> {
        match self.bearer_of(database, key).await? {
            Some(id) => self.person(database, id).await,
            None => Ok(None),
        }
    }

    /// Whether a login and password open a database; nothing is remembered of it.
    pub async fn signs_in(&self, database: &str, login: &str, password: &str) -> Result<bool, Raised> {
        let users = self.active_users(database).await?;
        let user = users.iter().find(|user| text(user, "login") == login);
        Ok(user.is_some_and(|user| passlib::verify(text(user, "password"), password)))
    }
}
