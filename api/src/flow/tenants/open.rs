//! Somebody wants into a panel: its owner comes in signed in.

use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::panel_address::panel_address;
use crate::keys::{fingerprint, printable};
use crate::port::host::HostError;
use shared::api::auth::Role;
use shared::api::tenants::OpenedPanel;
use shared::billing::state::Panel;
use shared::billing::step::Refusal;
use shared::ids::TenantId;
use url::Url;

/// A token is good for so long: a browser is on its way already.
const GOOD_SECONDS: i64 = 30;

/// The address to go to. The account's owner gets one that signs them in, once and within seconds; whoever else may see the
/// panel gets its front door.
pub async fn open(app: &App, caller: &Caller, id: TenantId) -> Result<OpenedPanel, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    if record.state.panel != Panel::Active {
        let (panel, billing) = (record.state.panel.status(), record.state.billing.state());
        return Err(Refusal::WrongState { panel, billing }.into());
    }
    let front_door = app.settings.panel_url(&record.subdomain);
    // The panel knows one owner.
    let owner = app.store.owner_of(record.account_id).await?;
    if caller.role != Role::Owner || owner.is_none_or(|owner| owner.id != caller.user_id) {
        return Ok(OpenedPanel { url: front_door, signed_in: false });
    }
    let Some(panel) = panel_address(app, &record).await? else { return Err(FlowError::NotFound) };
    let token = printable(&app.ids.secret());
    let url: Url =
        front_door.parse().map_err(|_| FlowError::ServerUnreadable(format!("{front_door} is no address")))?;
    let entry = match app.host.entry(&panel, &url, &token).await {
        Ok(entry) => entry,
        // An adopted panel may not know us: its people sign in there.
        Err(HostError::Refused(why)) => {
            tracing::warn!(tenant = %id, why, "a panel was opened by its front door");
            return Ok(OpenedPanel { url: front_door, signed_in: false });
        }
        Err(silent @ HostError::Unknown(_)) => return Err(silent.into()),
    };
    let tx = app.store.begin().await?;
    tx.insert_entry(&fingerprint(&token), id, caller.user_id, app.wall.now().plus(GOOD_SECONDS)).await?;
    tx.commit().await?;
    Ok(OpenedPanel { url: entry.into(), signed_in: true })
}
