//! The facts of a cycle in the order in which they were booked: windows, and what was done between them.
//!
//! Knows no table: windows and lines come in as they are kept, the lines of the proof go out.

use super::proof::Line;
use super::usage::Window;
use crate::time::{Span, Timestamp};

/// A line that is not a window, and where it stands among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedLine {
    /// After the windows that end here or before.
    pub after_at: Timestamp,
    /// The line.
    pub line: Line,
}

/// All lines of a cycle that lasted over `span`, from the windows that reach into it and the other lines, each in order.
#[must_use]
pub fn in_order(placed: &[PlacedLine], windows: &[Window], span: Span) -> Vec<Line> {
    let clipped = windows.iter().map(|window| window.within(span.from(), span.to()));
    let mut windows = clipped.filter(|window| !window.span.is_empty()).peekable();
    let mut lines = vec![];
    for PlacedLine { after_at, line } in placed {
        // The beginning comes first, whatever was recorded.
        let starts = matches!(line, Line::Started { .. });
        while let Some(window) = windows.next_if(|window| !starts && window.span.to() <= *after_at) {
            lines.push(Line::window(&window));
        }
        lines.push(line.clone());
    }
    lines.extend(windows.map(|window| Line::window(&window)));
    lines
}
