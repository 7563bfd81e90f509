//! Which notices does this person not want to see?

use super::choices::choices;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::history::NoticeKind;
use shared::api::notices::NoticeTopic;

/// The kinds that the caller's dashboard neither shows nor counts.
pub(in crate::flow) async fn hidden(app: &App, caller: &Caller) -> Result<Vec<NoticeKind>, FlowError> {
    let choices = choices(app, caller).await?;
    Ok(NoticeKind::ALL.into_iter().filter(|kind| !choices.shows(NoticeTopic::of(*kind))).collect())
}
