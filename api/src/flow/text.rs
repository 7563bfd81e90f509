//! What somebody wrote about what they did: a reason, a message, a reference.

use super::FlowError;

/// Without space around it, if it is 1 to `max` characters then; `pointer` names its field.
pub(super) fn text<'a>(pointer: &str, written: &'a str, max: usize) -> Result<&'a str, FlowError> {
    let text = written.trim();
    if text.is_empty() || text.chars().count() > max {
        return Err(FlowError::field(pointer, "length", &format!("must be 1 to {max} characters")));
    }
    Ok(text)
}
