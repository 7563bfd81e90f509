//! The operator orders a panel for a customer. It awaits its first payment; nothing runs and nothing is billed before.

use crate::app::App;
use crate::flow::FlowError;
use crate::port::clock::Clock;
use crate::port::ids::Ids;
use crate::store::{NewTenant, Store, Tx};
use shared::billing::state::Tenant;
use shared::ids::TenantId;

/// Shorter than a DNS label may be, so that names derived from it fit as well.
const SUBDOMAIN_MAX: usize = 41;
/// Databases that every cluster has.
const RESERVED: [&str; 3] = ["postgres", "template0", "template1"];
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
    let id = keep(store, &tx, ids, clock, order).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same inside the caller's transaction.
pub(in crate::flow) async fn new_tenant(app: &App, tx: &Tx, order: PanelOrder<'_>) -> Result<TenantId, FlowError> {
    keep(&app.store, tx, &*app.ids, &*app.clock, order).await
}

async fn keep(
    store: &Store,
    tx: &Tx,
    ids: &dyn Ids,
    clock: &dyn Clock,
    order: PanelOrder<'_>,
) -> Result<TenantId, FlowError> {
    let name = order.name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
        return Err(FlowError::field("/name", "length", "must be 1 to 80 characters"));
    }
    if !is_subdomain(order.subdomain) {
        let rule = "must be 2 to 41 small letters, digits and hyphens, beginning with a letter";
        return Err(FlowError::field("/subdomain", "format", rule));
    }
    if RESERVED.contains(&order.subdomain) || tx.is_template(order.subdomain).await? {
        return Err(FlowError::field("/subdomain", "reserved", "is the name of a database that is no panel"));
    }
    let owner = store.user_by_email(&order.owner_email.to_lowercase()).await?;
    let Some(account_id) = owner.and_then(|owner| owner.account_id) else {
        return Err(FlowError::field("/owner_email", "unknown", "no customer signs in with this address"));
    };
    let now = clock.now();
    let Some(plan) = tx.plan_by_name(order.plan).await? else {
        return Err(FlowError::field("/plan", "unknown", "no plan of this name is sold"));
    };
    let id = TenantId::new(ids.uuid());
    let new = NewTenant {
        state: Tenant::new(id, now),
        account_id,
        name: name.to_owned(),
        subdomain: order.subdomain.to_owned(),
        plan_version_id: plan.version_id,
        created_at: now,
    };
    if !tx.insert_tenant(&new).await? {
        return Err(FlowError::field("/subdomain", "taken", "another panel has this address"));
    }
    Ok(id)
}

/// Small letters only: the host compares with what browsers send, which is small.
fn is_subdomain(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (2..=SUBDOMAIN_MAX).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        // Two hyphens are for names that are not panels yet, and for those of other alphabets.
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(inner)
}
