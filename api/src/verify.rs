//! `hourglass verify`: counts an exported cycle again. Needs no database and no server; whoever has the file can do it.

use shared::billing::proof::{Export, Line, verify};

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every figure and the seal hold: in one line, which cycle it is and what it used.
    Equal(String),
    /// What does not hold, each in words.
    Unequal(Vec<String>),
    /// It is no exported cycle.
    Unreadable(String),
}

/// Judges the text of an export.
#[must_use]
pub fn judge(text: &str) -> Verdict {
    let export: Export = match serde_json::from_str(text) {
        Ok(export) => export,
        Err(error) => return Verdict::Unreadable(error.to_string()),
    };
    let findings = verify(&export);
    match (export.lines.first(), export.lines.last()) {
        (Some(Line::Started { tenant_id, number, .. }), Some(Line::Ended { used_seconds, .. }))
            if findings.is_empty() =>
        {
            let seal = export.seal.as_str();
            Verdict::Equal(format!("equal: cycle {number} of {tenant_id}: {used_seconds} s used, sealed {seal}"))
        }
        _ => Verdict::Unequal(findings.iter().map(ToString::to_string).collect()),
    }
}
