//! Somebody follows the link of a letter to its end, which it is good for once.

use super::look_link::good;
use crate::app::App;
use crate::flow::FlowError;
use crate::store::{LinkPurpose, LinkRecord, Tx};

/// The link behind a token, if it is good for this, and good no longer once this transaction commits.
pub async fn take_link(app: &App, tx: &Tx, token: &str, purpose: LinkPurpose) -> Result<LinkRecord, FlowError> {
    let id = app.signer.read_link(token).ok_or(FlowError::LinkSpent)?;
    let link = good(app, tx.link(id).await?, purpose)?;
    tx.use_link(id, app.wall.now()).await?;
    Ok(link)
}
