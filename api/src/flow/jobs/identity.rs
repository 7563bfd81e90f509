//! What a panel is told of itself when it is set up, or becomes another one.

use crate::app::App;
use crate::flow::FlowError;
use crate::keys::printable;
use crate::port::host::{Identity, Owner};
use crate::store::TenantRecord;

/// The identity of a panel, with a password for its owner that is made up now and kept nowhere.
pub(crate) async fn identity(app: &App, record: &TenantRecord) -> Result<Identity, FlowError> {
    let owner = app.store.owner_of(record.account_id).await?.ok_or(FlowError::NotFound)?;
    let id = record.state.id;
    let address = |text: String| text.parse().map_err(|_| FlowError::ServerUnreadable(format!("{text} is no address")));
    Ok(Identity {
        tenant_id: id,
        before: Vec::new(),
        url: address(app.settings.panel_url(&record.subdomain))?,
        owner: Owner {
            login: owner.email.clone(),
            name: owner.name,
            password: printable(&app.ids.secret()),
            subject: owner.id.to_string(),
        },
        entry_check_url: address(app.settings.public(&format!("/entries/{id}")))?,
    })
}
