//! The operator orders a panel for a customer. It awaits its first payment; nothing runs and nothing is billed before.

use super::address::{Whose, is_subdomain, refusal, trouble};
use crate::app::App;
use crate::flow::FlowError;
use crate::port::clock::Clock;
use crate::port::ids::Ids;
use crate::store::{NewTenant, Store, Tx};
use shared::api::panels::SubdomainTrouble;
use shared::billing::state::Tenant;
use shared::ids::{AccountId, PlanVersionId, TenantId};
use shared::time::Timestamp;

/// The longest name, in characters.
const NAME_MAX: usize = 80;

/// A panel, as it is ordered.
#[derive(Clone, Copy)]
pub struct PanelOrder<'a> {
    /// Who pays: the address of one of the account's people.
    pub owner_email: &'a str,
    /// What its people call it.
    pub name: &'a str,
    /// The first label of its address, and its database's name at the host.
    pub subdomain: &'a str,
    /// The plan's name.
    pub plan: &'a str,
}

/// Keeps a panel that awaits its first payment. Needs no gateway and no host.
pub async fn create_tenant(
    store: &Store,
    ids: &dyn Ids,
    clock: &dyn Clock,
    order: PanelOrder<'_>,
) -> Result<TenantId, FlowError> {
    let tx = store.begin().await?;
    let id = order_for(store, &tx, ids, clock, order).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same inside the caller's transaction.
pub(in crate::flow) async fn new_tenant(app: &App, tx: &Tx, order: PanelOrder<'_>) -> Result<TenantId, FlowError> {
    order_for(&app.store, tx, &*app.ids, &*app.clock, order).await
}

async fn order_for(
    store: &Store,
    tx: &Tx,
    ids: &dyn Ids,
    clock: &dyn Clock,
    order: PanelOrder<'_>,
) -> Result<TenantId, FlowError> {
    check(tx, order.name, order.subdomain, Whose::Operator).await?;
    let owner = store.user_by_email(&order.owner_email.to_lowercase()).await?;
    let Some(account_id) = owner.and_then(|owner| owner.account_id) else {
        return Err(FlowError::field("/owner_email", "unknown", "no customer signs in with this address"));
    };
    let now = clock.now();
    let Some(plan) = tx.plan_by_name(order.plan).await? else {
        return Err(FlowError::field("/plan", "unknown", "no plan of this name is sold"));
    };
    let wanted =
        Wanted { account_id, name: order.name, subdomain: order.subdomain, plan_version_id: plan.version_id, now };
    keep(tx, ids, wanted).await
}

/// A panel of which everything is known.
pub(super) struct Wanted<'a> {
    pub(super) account_id: AccountId,
    pub(super) name: &'a str,
    pub(super) subdomain: &'a str,
    pub(super) plan_version_id: PlanVersionId,
    /// When it is ordered.
    pub(super) now: Timestamp,
}

/// Refuses a name that nobody could read, and an address that cannot be had.
pub(super) async fn check(tx: &Tx, name: &str, subdomain: &str, whose: Whose<'_>) -> Result<(), FlowError> {
    let length = name.trim().chars().count();
    if !(1..=NAME_MAX).contains(&length) || name.trim().chars().any(char::is_control) {
        return Err(FlowError::field("/name", "length", "must be 1 to 80 characters"));
    }
    // What could be no address is in use nowhere, and need not be looked for.
    let asked: Vec<String> = Some(subdomain.to_owned()).into_iter().filter(|name| is_subdomain(name)).collect();
    let in_use = tx.names_in_use(&asked).await?;
    trouble(subdomain, whose, &in_use).map_or(Ok(()), |trouble| Err(refusal(trouble)))
}

/// Keeps what was checked.
pub(super) async fn keep(tx: &Tx, ids: &dyn Ids, wanted: Wanted<'_>) -> Result<TenantId, FlowError> {
    let Wanted { account_id, name, subdomain, plan_version_id, now } = wanted;
    let id = TenantId::new(ids.uuid());
    let new = NewTenant {
        state: Tenant::new(id, now),
        account_id,
        name: name.trim().to_owned(),
        subdomain: subdomain.to_owned(),
        plan_version_id,
        created_at: now,
    };
    // Somebody else may have been quicker by a moment.
    if !tx.insert_tenant(&new).await? {
        return Err(refusal(SubdomainTrouble::Taken));
    }
    Ok(id)
}
