//! What models do: searching, reading, writing. Speaks to one database for one person; knows no wire.

use serde_json::{Value, json};

use super::databases::Databases;
use super::domain;
use super::failure::Raised;
use super::passlib;
use super::people::Person;
use super::schema::{self, API_KEYS, LOGS, PARTNERS, PROVIDERS, Row, Table, Type, USERS};

/// What res.users has from its partner.
const OF_PARTNER: [&str; 5] = ["name", "email", "phone", "lang", "tz"];
/// What may be written and is not played.
const IGNORED: [&str; 7] =
    ["groups_id", "group_ids", "company_ids", "action_id", "notification_type", "signature", "role"];

/// One person's view of one database.
pub(super) struct Orm<'a> {
    databases: &'a Databases,
    database: &'a str,
    person: &'a Person,
}

/// What a search is about.
struct Search {
    domain: Vec<Value>,
    offset: usize,
    limit: Option<usize>,
    newest_first: bool,
}

fn list(value: Option<&Value>) -> Vec<Value> {
    match value {
        Some(Value::Array(all)) => all.clone(),
        None | Some(Value::Null | Value::Bool(_)) => Vec::new(),
        Some(one @ (Value::Number(_) | Value::String(_) | Value::Object(_))) => vec![one.clone()],
    }
}

fn count(value: Option<&Value>) -> Option<usize> {
    usize::try_from(value?.as_u64()?).ok()
}

impl Search {
    fn of(said: &Row) -> Self {
        Self {
            domain: list(said.get("domain")),
            offset: count(said.get("offset")).unwrap_or_default(),
            limit: count(said.get("limit")),
            newest_first: said.get("order").and_then(Value::as_str).is_some_and(|order| order.contains("desc")),
        }
    }
}

impl<'a> Orm<'a> {
    pub(super) fn new(databases: &'a Databases, database: &'a str, person: &'a Person) -> Self {
        Self { databases, database, person }
    }

    /// Calls a method: what it gives back. A model or method that is not played is an unknown one.
    pub(super) async fn call(&self, model: &str, method: &str, args: &[Value], named: &Row) -> Result<Value, Raised> {
        let table = schema::TABLES.into_iter().find(|table| table.model == model);
        let table = table.ok_or_else(|| Raised::no_model(model))?;
        if method.starts_with('_') {
            return Err(Raised::access(format!(
                "Private methods (such as '{model}.{method}') cannot be called remotely."
            )));
        }
        let said = |names: &[&str]| arguments(names, args, named);
        match (model, method) {
            ("ir.config_parameter", "get_param") => self.get_param(&said(&["key", "default"])?).await,
            ("ir.config_parameter", "set_param") => self.set_param(&said(&["key", "value"])?).await,
            ("res.users", "context_get") => Ok(json!({ "lang": "en_US", "tz": false, "uid": self.person.id })),
            (_, "search_count") => {
                let found = self.search(table, &said(&["domain", "limit"])?, named).await?;
                Ok(json!(found.len()))
            }
            (_, "search") => {
                let found = self.search(table, &said(&["domain", "offset", "limit", "order"])?, named).await?;
                Ok(found.iter().filter_map(|row| row.get("id").cloned()).collect())
            }
            (_, "search_read") => {
                let said = said(&["domain", "fields", "offset", "limit", "order"])?;
                let found = self.search(table, &said, named).await?;
                self.show(table, found, &list(said.get("fields"))).await
            }
            (_, "read") => {
                let said = said(&["ids", "fields", "load"])?;
                let ids = list(said.get("ids"));
                let rows = self.whole(table).await?.into_iter();
                let found = rows.filter(|row| row.get("id").is_some_and(|id| ids.contains(id))).collect();
                self.show(table, found, &list(said.get("fields"))).await
            }
            (_, "create") => {
                let said = said(&["vals_list"])?;
                self.create(table, said.get("vals_list")).await
            }
            (_, "write") => {
                let said = said(&["ids", "vals"])?;
                for id in list(said.get("ids")) {
                    self.write(table, id.as_i64().unwrap_or_default(), said.get("vals")).await?;
                }
                Ok(json!(true))
            }
            (_, "unlink") => {
                self.may_change(table)?;
                for id in list(said(&["ids"])?.get("ids")) {
                    let id = id.as_i64().unwrap_or_default();
                    self.databases.store.delete(self.database, table, id).await?;
                }
                Ok(json!(true))
            }
            (model, method) => Err(Raised::no_attribute(model, method)),
        }
    }

    fn may_change(&self, table: &Table) -> Result<(), Raised> {
        if !self.person.share {
            return Ok(());
        }
        let model = table.model;
        Err(Raised::access(format!("You are not allowed to modify '{model}' records. ({model})")))
    }

    async fn get_param(&self, said: &Row) -> Result<Value, Raised> {
        let key = said.get("key").and_then(Value::as_str).unwrap_or_default();
        let default = said.get("default").cloned().unwrap_or(json!(false));
        Ok(self.databases.parameter(self.database, key).await?.map_or(default, Value::String))
    }

    async fn set_param(&self, said: &Row) -> Result<Value, Raised> {
        self.may_change(schema::PARAMETERS)?;
        let key = said.get("key").and_then(Value::as_str).unwrap_or_default();
        let old = self.databases.parameter(self.database, key).await?;
        let value = match said.get("value") {
            Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
            Some(Value::Bool(true)) => Some("True".to_owned()),
            Some(number @ Value::Number(_)) => Some(number.to_string()),
            _ => None,
        };
        match value {
            Some(value) => self.databases.set_parameter(self.database, key, &value).await?,
            None => {
                for row in self.databases.store.rows(self.database, schema::PARAMETERS).await? {
                    if let Some(id) =
                        row.get("id").and_then(Value::as_i64).filter(|_| row.get("key") == said.get("key"))
                    {
                        self.databases.store.delete(self.database, schema::PARAMETERS, id).await?;
                    }
                }
            }
        }
        Ok(old.map_or(json!(false), Value::String))
    }

    /// All rows as Odoo shows them, with what other tables say about them.
    async fn whole(&self, table: &'static Table) -> Result<Vec<Row>, Raised> {
        let mut rows = self.databases.store.rows(self.database, table).await?;
        if table == USERS {
            let partners = self.databases.store.rows(self.database, PARTNERS).await?;
            let logs = self.databases.store.rows(self.database, LOGS).await?;
            for user in &mut rows {
                let partner = partners.iter().find(|partner| partner.get("id") == user.get("partner_id"));
                for name in OF_PARTNER {
                    let value = partner.and_then(|partner| partner.get(name).cloned()).unwrap_or_default();
                    user.insert(name.to_owned(), value);
                }
                let own = logs.iter().filter(|log| log.get("create_uid") == user.get("id"));
                let last = own.filter_map(|log| log.get("create_date")?.as_str()).max();
                user.insert("login_date".to_owned(), json!(last));
                // Nobody reads a password.
                user.insert("password".to_owned(), Value::Null);
                user.insert("oauth_access_token".to_owned(), Value::Null);
            }
        }
        for row in &mut rows {
            for column in table.columns(self.databases.version) {
                tidy(column.kind, row.get_mut(column.name));
            }
            tidy(Type::Time, row.get_mut("login_date"));
            if table == API_KEYS {
                row.insert("key".to_owned(), Value::Null);
            }
        }
        Ok(rows)
    }

    async fn search(&self, table: &'static Table, said: &Row, named: &Row) -> Result<Vec<Row>, Raised> {
        let search = Search::of(said);
        let virtual_field = |name: &str| table == USERS && (OF_PARTNER.contains(&name) || name == "login_date");
        for field in domain::fields(&search.domain) {
            if field != "id" && table.column(field, self.databases.version).is_none() && !virtual_field(field) {
                return Err(Raised::value(format!("Invalid field {}.{field} in leaf", table.model)));
            }
        }
        let active_test = named.get("context").and_then(|context| context.get("active_test")) != Some(&json!(false));
        let hides = active_test
            && table.column("active", self.databases.version).is_some()
            && !domain::fields(&search.domain).any(|field| field == "active");
        let mut found = Vec::new();
        for row in self.whole(table).await? {
            let shown = !hides || row.get("active") == Some(&json!(true));
            if shown && domain::holds(&search.domain, &row)? {
                found.push(row);
            }
        }
        if search.newest_first {
            found.reverse();
        }
        Ok(found.into_iter().skip(search.offset).take(search.limit.unwrap_or(usize::MAX)).collect())
    }

    /// Rows as they are answered: nothing is `false`, and a record of another table is its id and name.
    async fn show(&self, table: &'static Table, rows: Vec<Row>, fields: &[Value]) -> Result<Value, Raised> {
        let mut shown = Vec::new();
        for mut row in rows {
            for column in table.columns(self.databases.version) {
                if let (Type::Of(other), Some(id)) = (column.kind, row.get(column.name).filter(|id| id.is_i64())) {
                    let name = self.name_of(other, id).await?;
                    row.insert(column.name.to_owned(), json!([id, name]));
                }
            }
            let wanted = |name: &str| fields.is_empty() || name == "id" || fields.iter().any(|field| field == name);
            let said = |value: Value| if value.is_null() { json!(false) } else { value };
            let row: Row =
                row.into_iter().filter(|(name, _)| wanted(name)).map(|(name, value)| (name, said(value))).collect();
            if let Some(unknown) = fields.iter().filter_map(Value::as_str).find(|field| !row.contains_key(*field)) {
                return Err(Raised::value(format!("Invalid field '{unknown}' on model '{}'", table.model)));
            }
            shown.push(Value::Object(row));
        }
        Ok(Value::Array(shown))
    }

    async fn name_of(&self, table: &str, id: &Value) -> Result<Value, Raised> {
        let Some(table) = schema::table(table) else { return Ok(Value::Null) };
        let rows = self.databases.store.rows(self.database, table).await?;
        let row = rows.into_iter().find(|row| row.get("id") == Some(id));
        Ok(row.and_then(|row| row.get("name").or_else(|| row.get("login")).cloned()).unwrap_or_default())
    }

    async fn create(&self, table: &'static Table, wanted: Option<&Value>) -> Result<Value, Raised> {
        self.may_change(table)?;
        let mut ids = Vec::new();
        for one in list(wanted) {
            let (mut row, mut partner) = self.split(table, &one)?;
            row.insert("create_date".to_owned(), json!(self.databases.now()));
            if table == USERS {
                partner.entry("active").or_insert(json!(true));
                let id = self.databases.store.insert(self.database, PARTNERS, partner).await?;
                for (name, value) in [("partner_id", json!(id)), ("company_id", json!(1)), ("share", json!(false))] {
                    row.entry(name).or_insert(value);
                }
                row.insert("create_uid".to_owned(), json!(self.person.id));
            }
            if table.column("active", self.databases.version).is_some() {
                row.entry("active").or_insert(json!(true));
            }
            if table == PROVIDERS {
                row.entry("css_class").or_insert(json!("fa fa-fw fa-sign-in text-primary"));
                row.entry("sequence").or_insert(json!(10));
                row.entry("enabled").or_insert(json!(false));
            }
            row.retain(|name, _| table.column(name, self.databases.version).is_some());
            ids.push(self.databases.store.insert(self.database, table, row).await?);
        }
        let single = wanted.is_some_and(Value::is_object);
        Ok(match ids.first() {
            Some(id) if single => json!(id),
            Some(_) | None => json!(ids),
        })
    }

    async fn write(&self, table: &'static Table, id: i64, wanted: Option<&Value>) -> Result<(), Raised> {
        // Everybody may write about himself.
        if !(table == USERS && id == self.person.id) {
            self.may_change(table)?;
        }
        let rows = self.databases.store.rows(self.database, table).await?;
        let known = rows.iter().find(|row| row.get("id") == Some(&json!(id)));
        let known = known.ok_or_else(|| Raised::no_record(table.model))?;
        let (mut row, partner) = self.split(table, wanted.unwrap_or(&Value::Null))?;
        if let Some(of) = known.get("partner_id").and_then(Value::as_i64).filter(|_| table == USERS) {
            self.databases.store.update(self.database, PARTNERS, of, partner).await?;
        }
        row.retain(|name, _| table.column(name, self.databases.version).is_some());
        self.databases.store.update(self.database, table, id, row).await
    }

    /// What is written, as columns: of the table itself, and of a user's partner.
    fn split(&self, table: &'static Table, wanted: &Value) -> Result<(Row, Row), Raised> {
        let (mut own, mut partner) = (Row::new(), Row::new());
        for (name, value) in wanted.as_object().into_iter().flatten() {
            let nothing = matches!(value, Value::Bool(false));
            if table == USERS && OF_PARTNER.contains(&name.as_str()) {
                partner.insert(name.clone(), if nothing { Value::Null } else { value.clone() });
                continue;
            }
            if IGNORED.contains(&name.as_str()) {
                continue;
            }
            let name = if name == "new_password" { "password" } else { name };
            let Some(column) = table.column(name, self.databases.version) else {
                return Err(Raised::value(format!("Invalid field '{name}' on model '{}'", table.model)));
            };
            let value = match (column.kind, value) {
                (Type::Bool, value) => value.clone(),
                (_, Value::Bool(false)) => Value::Null,
                (Type::Words, text) => json!({ "en_US": text }),
                (Type::Text, Value::String(password)) if table == USERS && name == "password" => {
                    json!(passlib::hash(password))
                }
                (_, value) => value.clone(),
            };
            own.insert(name.to_owned(), value);
        }
        own.insert("write_date".to_owned(), json!(self.databases.now()));
        if !partner.is_empty() {
            partner.insert("write_date".to_owned(), json!(self.databases.now()));
        }
        Ok((own, partner))
    }
}

/// As Odoo writes it, however the database does.
fn tidy(kind: Type, value: Option<&mut Value>) {
    let Some(value) = value else { return };
    match (kind, &*value) {
        (Type::Time, Value::String(text)) => {
            *value = json!(text.replace('T', " ").chars().take(19).collect::<String>());
        }
        (Type::Words, Value::Object(words)) => *value = words.get("en_US").cloned().unwrap_or_default(),
        _ => {}
    }
}

/// Arguments by place and by name, all by name.
fn arguments(names: &[&str], args: &[Value], named: &Row) -> Result<Row, Raised> {
    if args.len() > names.len() {
        return Err(Raised::arguments(format!(
            "takes {} positional arguments but {} were given",
            names.len(),
            args.len()
        )));
    }
    let placed = names.iter().zip(args).map(|(name, value)| ((*name).to_owned(), value.clone()));
    let mut said: Row = placed.collect();
    for (name, value) in named.iter().filter(|(name, _)| *name != "context") {
        if !names.contains(&name.as_str()) {
            return Err(Raised::arguments(format!("got an unexpected keyword argument '{name}'")));
        }
        if said.insert(name.clone(), value.clone()).is_some() {
            return Err(Raised::arguments(format!("got multiple values for argument '{name}'")));
        }
    }
    Ok(said)
}
