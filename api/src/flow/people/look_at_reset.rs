//! Whoever has the link of a letter for a new password hears whether it is still good before they think of one.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::post::link::look_link;
use crate::store::LinkPurpose;

/// Refuses a link that is spent. It is not used up.
pub async fn look_at_reset(app: &App, token: &str) -> Result<(), FlowError> {
    look_link(app, token, LinkPurpose::Reset).await.map(drop)
}
