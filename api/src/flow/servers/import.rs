//! An operator makes panels of a whole list of databases. Each row is a story of its own: adopted as a single one is, or refused.

use super::adopt_one::{Asked, adopt_one, introduce};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::store::Actor;
use futures_util::{StreamExt as _, stream};
use shared::api::servers::{Adopt, Adopted, ImportList, ImportOutcome, ImportRow, Imported, ImportedRow};
use shared::billing::state::Panel;
use shared::ids::{AccountId, ServerId, TenantId};
use std::collections::{HashMap, HashSet};

const ROWS_MAX: usize = 200;
/// The server writes into so many databases at once.
const AT_ONCE: usize = 8;

/// What is known before the first row.
struct Import<'a> {
    app: &'a App,
    actor: Actor,
    at: Asked,
    /// The panels that the server has already.
    known: HashMap<String, TenantId>,
}

/// Makes panels of databases. Says of each row what became of it, in the list's order.
pub async fn import(app: &App, caller: &Caller, id: ServerId, list: &ImportList) -> Result<Imported, FlowError> {
    let actor = operator(caller)?;
    if list.rows.is_empty() || list.rows.len() > ROWS_MAX {
        return Err(FlowError::field("/rows", "length", "must be 1 to 200 rows"));
    }
    let (at, known) = (Asked::of(app, id).await?, app.store.tenants_at(id).await?);
    let import = &Import { app, actor, at, known };
    let mut named = HashSet::new();
    let rows = list.rows.iter().map(|row| (row, named.insert(row.database.as_str())));
    let done = stream::iter(rows).map(|(row, is_first)| import.row(row, is_first)).buffered(AT_ONCE);
    Ok(Imported { rows: done.collect().await })
}

impl Import<'_> {
    async fn row(&self, row: &ImportRow, is_first: bool) -> ImportedRow {
        let done = if is_first {
            self.adopted(row).await
        } else {
            Err(FlowError::field("/database", "twice", "the list names it before"))
        };
        let database = row.database.clone();
        match done {
            Ok((outcome, Adopted { tenant_id, trouble })) => {
                ImportedRow { database, outcome, tenant_id: Some(tenant_id), code: None, detail: trouble }
            }
            Err(error) => {
                let (code, detail) = refusal(&database, &error);
                let outcome = ImportOutcome::Refused;
                ImportedRow { database, outcome, tenant_id: None, code: Some(code), detail: Some(detail) }
            }
        }
    }

    async fn adopted(&self, row: &ImportRow) -> Result<(ImportOutcome, Adopted), FlowError> {
        let Self { app, actor, at, known } = self;
        let account_id = self.account(row).await?;
        if let Some(id) = known.get(&row.database) {
            let record = app.store.tenant(*id).await?.filter(|it| it.adopted && it.account_id == account_id);
            let Some(record) = record else {
                return Err(FlowError::field("/database", "taken", "it is a panel already, and not this one"));
            };
            // Whoever adopted it may have died before the panel was told of us.
            let told = match record.state.panel {
                Panel::Pending => introduce(app, at, &record).await?,
                Panel::Creating
                | Panel::Active
                | Panel::Stopped
                | Panel::Suspended(_)
                | Panel::Failed { .. }
                | Panel::Deleting
                | Panel::Deleted => Adopted { tenant_id: *id, trouble: None },
            };
            return Ok((ImportOutcome::Already, told));
        }
        let unknown = |pointer: &str, detail: &str| FlowError::field(pointer, "unknown", detail);
        let owner = app.store.owner_of(account_id).await?;
        let owner = owner.ok_or_else(|| unknown("/account_id", "the account has no owner"))?;
        let plan = app.store.sold_version(row.plan_id).await?;
        let plan = plan.ok_or_else(|| unknown("/plan_id", "no plan of this id is sold"))?;
        let (database, name) = (row.database.clone(), row.name.clone());
        let new = Adopt { database, name, owner_email: owner.email, plan: plan.name };
        Ok((ImportOutcome::Adopted, adopt_one(app, actor, at, &new).await?))
    }

    async fn account(&self, row: &ImportRow) -> Result<AccountId, FlowError> {
        let store = &self.app.store;
        match (row.account_id, &row.account_email) {
            (Some(id), None) => {
                let known = store.account(id).await?.map(|_| id);
                known.ok_or_else(|| FlowError::field("/account_id", "unknown", "there is no account of this id"))
            }
            (None, Some(email)) => {
                let person = store.user_by_email(&email.trim().to_lowercase()).await?;
                let rule = "no customer signs in with this address";
                let theirs = person.and_then(|person| person.account_id);
                theirs.ok_or_else(|| FlowError::field("/account_email", "unknown", rule))
            }
            (None, None) | (Some(_), Some(_)) => {
                Err(FlowError::field("/account_id", "one_of", "name the account by its id, or by an e-mail address"))
            }
        }
    }
}

/// Why a row was refused: a word for programs, and words for people.
fn refusal(database: &str, error: &FlowError) -> (String, String) {
    match error {
        FlowError::Invalid(errors) => {
            let code = errors.first().map_or("invalid", |first| first.code.as_str());
            (code.to_owned(), error.to_string())
        }
        other => {
            tracing::error!(database, %other, "a row of a list could not be adopted");
            ("unavailable".to_owned(), "It could not be kept: send the list again.".to_owned())
        }
    }
}
