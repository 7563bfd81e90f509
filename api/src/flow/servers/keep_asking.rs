//! A server is asked by itself what it is, every few minutes.

use super::ask::{Asker, ask};
use crate::app::App;
use crate::flow::FlowError;
use shared::ids::ServerId;

/// Asks a server that this worker has claimed. Twice without an answer it gets no new panels, until it answers.
pub async fn keep_asking(app: &App, id: ServerId) -> Result<(), FlowError> {
    ask(app, id, Asker::Timetable).await
}
