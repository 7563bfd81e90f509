//! The steps that set a panel up. It is built under a name that nobody else uses, tried, and only then gets its own: at no
//! instant is there half a panel under a customer's address.

use super::identity::identity;
use crate::app::App;
use crate::flow::FlowError;
use crate::port::Unknown;
use crate::port::host::{HostError, PanelAddress};
use crate::store::TenantRecord;
use shared::billing::state::Panel;
use shared::billing::usage::Seen;

/// Makes the database, and tries its owner's way in.
pub(super) async fn build(
    app: &App,
    record: &TenantRecord,
    panel: &PanelAddress,
    aside: &PanelAddress,
) -> Result<Result<(), HostError>, FlowError> {
    let Some(server) = app.store.server(panel.server.id).await? else { return Err(FlowError::NotFound) };
    let survey = match app.host.survey(&panel.server).await {
        Ok(survey) => survey,
        Err(error) => return Ok(Err(error)),
    };
    if survey.databases.iter().any(|database| database.name == panel.subdomain) {
        let words = "The server already has a database of this name, which is not this panel.";
        return Ok(Err(HostError::Refused(words.to_owned())));
    }
    let identity = identity(app, record).await?;
    Ok(app.host.build(aside, &server.template, &identity).await)
}

/// Lets people in, and waits until the panel is seen up. A restored panel that is to be closed is closed again.
pub(super) async fn open(app: &App, record: &TenantRecord, panel: &PanelAddress) -> Result<(), HostError> {
    if matches!(record.state.panel, Panel::Stopped | Panel::Suspended(_)) {
        return app.host.close(panel).await;
    }
    app.host.open(panel).await?;
    match app.host.probe(panel).await {
        Seen::Up => Ok(()),
        Seen::Down | Seen::Unknown => Err(HostError::Unknown(Unknown::new("the panel is not up yet"))),
    }
}
