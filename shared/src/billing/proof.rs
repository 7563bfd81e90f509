//! The proof of a cycle: everything that determines its bill, line by line, each line sealed onto the one before.
//!
//! Whoever has the lines can count again and must come to the same figures; whoever changes a line, however long ago,
//! breaks every seal after it. Knows no file and no table: lines come in, seals and findings go out.

use super::cycle::{Beyond, Cycle, End, Origin};
use super::gauge::Sample;
use super::terms::Terms;
use super::usage::{Seen, Window, corrected};
use crate::api::invoices::LineView;
use crate::api::tenants::EndedReason;
use crate::ids::{CorrectionId, OrderId, TenantId};
use crate::money::Money;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// One fact that the bill of a cycle rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Line {
    /// The cycle began.
    Started {
        /// Whose it is.
        tenant_id: TenantId,
        /// 1 for the tenant's first.
        number: u32,
        /// What bought it; `null` is a trial.
        order_id: Option<OrderId>,
        /// What was bought.
        terms: Terms,
        /// Its first instant.
        starts_at: Timestamp,
    },
    /// The panel was seen so.
    Window {
        /// The first second.
        from: Timestamp,
        /// The first second after.
        to: Timestamp,
        /// How it was seen.
        seen: Seen,
        /// What was measured besides.
        sample: Sample,
    },
    /// The rest of the cycle was upgraded.
    Upgraded {
        /// What paid for it.
        order_id: OrderId,
        /// The terms from then on.
        terms: Terms,
        /// By how much the allowance grew.
        allowance_added_seconds: i64,
        /// By how much the price grew, without VAT.
        paid_net_added: Money,
    },
    /// What was recorded before about this span was wrong: it was so.
    Corrected {
        /// The correction; it has a reason and a person.
        correction_id: CorrectionId,
        /// The first second.
        from: Timestamp,
        /// The first second after.
        to: Timestamp,
        /// How it is to be seen.
        seen: Seen,
    },
    /// The cycle ended.
    Ended {
        /// The first instant that no longer belongs to it.
        at: Timestamp,
        /// Why.
        reason: EndedReason,
        /// What was used within the allowance.
        used_seconds: i64,
        /// What was used beyond it.
        overage_seconds: i64,
        /// What is charged for it with the next order.
        postpaid: Vec<LineView>,
    },
}

impl Line {
    /// The line of a window.
    #[must_use]
    pub const fn window(window: &Window) -> Self {
        Self::Window { from: window.span.from(), to: window.span.to(), seen: window.seen, sample: window.sample }
    }

    /// The line of a cycle's beginning.
    #[must_use]
    pub fn started(tenant_id: TenantId, cycle: &Cycle) -> Self {
        let order_id = match cycle.origin {
            Origin::Trial => None,
            Origin::Order(order_id) => Some(order_id),
        };
        let Cycle { number, starts_at, .. } = *cycle;
        Self::Started { tenant_id, number, order_id, terms: cycle.terms.clone(), starts_at }
    }
}

/// What every line so far is sealed with. Lower-case hexadecimal SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seal(String);

impl Default for Seal {
    fn default() -> Self {
        Self(hex(&Sha256::digest(b"hourglass cycle 1")))
    }
}

impl Seal {
    /// A seal as it was kept.
    #[must_use]
    pub const fn from_hex(text: String) -> Self {
        Self(text)
    }

    /// Its digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The seal after one more line: SHA-256 of this seal's digits, a line feed, and the line as JSON.
    #[must_use]
    pub fn then(&self, line: &Line) -> Self {
        // A line is made of texts, whole numbers and lists, which can always be written.
        let text = serde_json::to_string(line).unwrap_or_default();
        Self(hex(&Sha256::digest(format!("{}\n{text}", self.0).as_bytes())))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A cycle as it is exported: readable by `hourglass verify`, and by anybody's own program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Export {
    /// How to read it: `hourglass-cycle/1`.
    pub format: String,
    /// Every fact, in the order in which it was booked.
    pub lines: Vec<Line>,
    /// The seal after the last line, as it was kept when the cycle ended.
    pub seal: Seal,
}

/// The only format there is so far.
pub const FORMAT: &str = "hourglass-cycle/1";

/// In what an export does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// It cannot be a cycle.
    #[error("{0}")]
    Unreadable(&'static str),
    /// Counted again, a figure comes out differently.
    #[error("{what}: the export says {said}, counted again it is {counted}")]
    Figure {
        /// Which.
        what: &'static str,
        /// What the last line says.
        said: String,
        /// What the lines before it give.
        counted: String,
    },
    /// A line was changed, added or taken away after it was sealed.
    #[error("the seal does not match: kept {kept}, computed {computed}")]
    Seal {
        /// As it was kept.
        kept: String,
        /// From the lines.
        computed: String,
    },
}

/// Counts an exported cycle again and compares. Empty: every figure and the seal hold.
#[must_use]
pub fn verify(export: &Export) -> Vec<Finding> {
    if export.format != FORMAT {
        return vec![Finding::Unreadable("the format is not hourglass-cycle/1")];
    }
    let mut findings = match recount(&export.lines) {
        Ok(findings) => findings,
        Err(finding) => vec![finding],
    };
    let computed = export.lines.iter().fold(Seal::default(), |seal, line| seal.then(line));
    if computed != export.seal {
        findings.push(Finding::Seal { kept: export.seal.0.clone(), computed: computed.0 });
    }
    findings
}

/// A cycle that is counted again from its lines.
struct Recount {
    cycle: Cycle,
    windows: Vec<Window>,
    end: Option<End>,
}

fn recount(lines: &[Line]) -> Result<Vec<Finding>, Finding> {
    let mut lines = lines.iter();
    let mut again = match lines.next() {
        Some(Line::Started { number, order_id, terms, starts_at, .. }) => {
            let cycle = match order_id {
                Some(order_id) => Cycle::paid(*number, *order_id, terms.clone(), *starts_at),
                None => Cycle::trial(*number, terms.clone(), *starts_at),
            };
            Recount { cycle, windows: vec![], end: None }
        }
        Some(Line::Window { .. } | Line::Upgraded { .. } | Line::Corrected { .. } | Line::Ended { .. }) | None => {
            return Err(Finding::Unreadable("the first line is not the beginning of a cycle"));
        }
    };
    for line in lines.by_ref() {
        match line {
            Line::Started { .. } => return Err(Finding::Unreadable("a cycle begins twice")),
            Line::Window { from, to, seen, sample } => {
                let span = Span::new(*from, *to);
                again.take(Window { span, seen: *seen, sample: *sample })?;
            }
            Line::Upgraded { terms, allowance_added_seconds, .. } => {
                again.cycle.allowance_seconds = again.cycle.allowance_seconds.saturating_add(*allowance_added_seconds);
                again.cycle.terms = terms.clone();
            }
            Line::Corrected { from, to, seen, .. } => {
                again.windows = corrected(&again.windows, Span::new(*from, *to), *seen);
                again.end = again.cycle.recount(&again.windows);
            }
            Line::Ended { at, reason, used_seconds, overage_seconds, postpaid } => {
                if lines.next().is_some() {
                    return Err(Finding::Unreadable("there is a line after the end"));
                }
                let said = End { at: *at, reason: *reason };
                return Ok(again.compare(said, (*used_seconds, *overage_seconds), postpaid));
            }
        }
    }
    Err(Finding::Unreadable("the cycle has not ended"))
}

impl Recount {
    fn take(&mut self, window: Window) -> Result<(), Finding> {
        let reached = self.windows.last().map_or(self.cycle.starts_at, |last| last.span.to());
        if window.span.from() < reached || window.span.is_empty() {
            return Err(Finding::Unreadable("two windows overlap, or one is empty"));
        }
        self.windows.push(window);
        self.end = self.end.or(self.cycle.take(&window, self.cycle.beyond()));
        Ok(())
    }

    fn compare(self, said: End, seconds: (i64, i64), postpaid: &[LineView]) -> Vec<Finding> {
        let mut findings = vec![];
        let mut figure = |what, said: String, counted: String| {
            if said != counted {
                findings.push(Finding::Figure { what, said, counted });
            }
        };
        // Days end without a window. Hours end at the first billable second that finds no allowance: it is not among these
        // lines, as it belongs to the next cycle or to none. So it is asked whether such a second would have ended it.
        let days_over = End { at: self.cycle.ends_at, reason: EndedReason::TimeElapsed };
        let reached = self.windows.last().map_or(self.cycle.starts_at, |last| last.span.to());
        let next_second = Span::new(said.at, said.at.plus(1));
        let follows = said.at >= reached && self.cycle.clone().charge(next_second, Beyond::Ends) == Some(said);
        let end = self.end.unwrap_or(if follows { said } else { days_over });
        figure("ended_at", said.at.to_string(), end.at.to_string());
        figure("ended_reason", format!("{:?}", said.reason), format!("{:?}", end.reason));
        figure("used_seconds", seconds.0.to_string(), self.cycle.used_seconds.to_string());
        figure("overage_seconds", seconds.1.to_string(), self.cycle.overage_seconds.to_string());
        let counted = super::order::postpaid(&self.cycle, said.at);
        match counted {
            Ok(lines) if lines == postpaid => {}
            Ok(lines) => {
                let sum =
                    |lines: &[LineView]| lines.iter().map(|l| i128::from(l.gross.minor)).sum::<i128>().to_string();
                findings.push(Finding::Figure {
                    what: "charges (minor units)",
                    said: sum(postpaid),
                    counted: sum(&lines),
                });
            }
            Err(_) => findings.push(Finding::Unreadable("the charges are too large to count")),
        }
        findings
    }
}
