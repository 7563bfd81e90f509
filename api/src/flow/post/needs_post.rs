//! What takes a letter asks first whether one can be sent.

use crate::app::App;
use crate::flow::FlowError;

/// Refuses what would take a letter where none can be sent. Asked before anything is changed.
pub fn needs_post(app: &App) -> Result<(), FlowError> {
    if app.post.is_some() { Ok(()) } else { Err(FlowError::NoPost) }
}
