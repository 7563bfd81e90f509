//! Is the link of a letter still good? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::store::{LinkPurpose, LinkRecord};

/// The link behind a token, if it is good for this. Uses nothing up.
pub async fn look_link(app: &App, token: &str, purpose: LinkPurpose) -> Result<LinkRecord, FlowError> {
    let id = app.signer.read_link(token).ok_or(FlowError::LinkSpent)?;
    let link = app.store.link(id).await?;
    good(app, link, purpose)
}

/// The link, unless it is for something else, was used, or is too old.
pub(super) fn good(app: &App, link: Option<LinkRecord>, purpose: LinkPurpose) -> Result<LinkRecord, FlowError> {
    let now = app.wall.now();
    link.filter(|link| link.purpose == purpose && link.is_good(now)).ok_or(FlowError::LinkSpent)
}
