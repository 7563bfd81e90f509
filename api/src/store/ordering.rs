//! What decides whether a panel can be ordered: names that are in use, and how many panels await their first payment.

use super::entity::{account, server, tenant};
use super::{Store, StoreError, Tx, for_update};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use shared::api::tenants::PanelStatus;
use shared::ids::AccountId;
use std::collections::HashSet;

/// Which of some names are in use, and what for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamesInUse {
    /// Databases that new panels are copies of.
    pub templates: HashSet<String>,
    /// Subdomains of panels. A removed panel's is free again.
    pub panels: HashSet<String>,
}

impl Store {
    /// Which of these names are in use: two queries, however many names.
    pub async fn names_in_use(&self, names: &[String]) -> Result<NamesInUse, StoreError> {
        names_in_use(&self.db, names).await
    }
}

impl Tx {
    /// Which of these names are in use.
    pub async fn names_in_use(&self, names: &[String]) -> Result<NamesInUse, StoreError> {
        names_in_use(&self.db, names).await
    }

    /// Keeps others from ordering for this account until this transaction ends.
    pub async fn hold_account(&self, id: AccountId) -> Result<(), StoreError> {
        for_update(account::Entity::find_by_id(id.to_string())).one(&self.db).await?;
        Ok(())
    }

    /// How many of an account's panels await their first payment, without those that are databases at some server already.
    pub async fn count_pending(&self, id: AccountId) -> Result<u64, StoreError> {
        let pending = tenant::Entity::find()
            .filter(tenant::Column::AccountId.eq(id.to_string()))
            .filter(tenant::Column::Panel.eq(PanelStatus::Pending.name()))
            .filter(tenant::Column::ServerId.is_null());
        Ok(pending.count(&self.db).await?)
    }
}

async fn names_in_use(db: &impl ConnectionTrait, names: &[String]) -> Result<NamesInUse, StoreError> {
    let wanted = || names.iter().map(String::as_str);
    let panels: Vec<String> = tenant::Entity::find()
        .select_only()
        .column(tenant::Column::Subdomain)
        .filter(tenant::Column::Subdomain.is_in(wanted()))
        .into_tuple()
        .all(db)
        .await?;
    let templates: Vec<String> = server::Entity::find()
        .select_only()
        .column(server::Column::Template)
        .filter(server::Column::Template.is_in(wanted()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(NamesInUse { templates: templates.into_iter().collect(), panels: panels.into_iter().collect() })
}
