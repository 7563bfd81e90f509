//! The steps that set a panel up. It is built under a name that nobody else uses, tried, and only then gets its own: at no
//! instant is there half a panel under a customer's address.

use super::identity::identity;
use super::trouble::Hindered;
use crate::app::App;
use crate::flow::FlowError;
use crate::port::host::PanelAddress;
use crate::store::TenantRecord;
use shared::api::jobs::JobTrouble;
use shared::billing::state::{Panel, Suspension};
use shared::billing::usage::Seen;

/// Makes the database, and tries its owner's way in. It is closed until it has the panel's name: what it would do by itself is not
/// wanted before.
pub(super) async fn build(
    app: &App,
    record: &TenantRecord,
    panel: &PanelAddress,
    aside: &PanelAddress,
) -> Result<(), Hindered> {
    let Some(server) = app.store.server(panel.server.id).await? else { return Err(FlowError::NotFound.into()) };
    let survey = app.host.survey(&panel.server).await?;
    if survey.databases.iter().any(|database| database.name == panel.subdomain) {
        let words = "the server already has a database of this name, which is not this panel";
        return Err(Hindered::refused(JobTrouble::NameTaken, words));
    }
    let identity = identity(app, record).await?;
    app.host.build(aside, &server.template, &identity).await?;
    Ok(app.host.close(aside).await?)
}

/// Lets people in, and waits until the panel is seen up. A restored panel that is to be closed is closed again.
pub(super) async fn open(app: &App, record: &TenantRecord, panel: &PanelAddress) -> Result<(), Hindered> {
    if !let_in(app, record, panel).await? {
        return Ok(());
    }
    match app.host.probe(panel).await {
        Seen::Up => Ok(()),
        Seen::Down | Seen::Unknown => Err(Hindered::unknown(JobTrouble::NotUp, "the panel is not up yet")),
    }
}

/// Opens or closes the panel at its server, as it is to be; says which. If that has changed meanwhile, it is done again: whoever
/// changed it may have found no database of that name, or may have been at the server before us.
pub(super) async fn let_in(app: &App, record: &TenantRecord, panel: &PanelAddress) -> Result<bool, Hindered> {
    let mut open = is_to_be_open(record);
    loop {
        if open {
            app.host.open(panel).await?;
        } else {
            app.host.close(panel).await?;
        }
        let to_be_open = app.store.tenant(record.state.id).await?.as_ref().is_some_and(is_to_be_open);
        if to_be_open == open {
            return Ok(open);
        }
        open = to_be_open;
    }
}

fn is_to_be_open(record: &TenantRecord) -> bool {
    matches!(record.state.panel, Panel::Active | Panel::Creating | Panel::Suspended(Suspension::Opening { .. }))
}
