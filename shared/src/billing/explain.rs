//! Why a figure is what it is: a cycle counted again from its facts, and each amount from its quantity to its tax.
//!
//! Nothing stored goes into a figure; it is only compared with at the end. Knows no language: facts come out, in order.

mod amount;
mod chain;
mod count;
mod standing;

pub use amount::{base_price, charges_of, upgrade};
pub use chain::{amount_chain, charge_chain, cycle_chain};
pub use count::{Counted, Taken, count};
pub use standing::standing;

use super::cycle::{Cycle, End};
use super::gauge::Tally;
use crate::api::explain::{ChargeFigures, Difference};
use crate::api::invoices::LineView;

fn unlike(what: &str, stored: String, counted: String) -> Option<Difference> {
    (stored != counted).then(|| Difference { what: what.to_owned(), stored, counted })
}

/// Where a stored cycle, and its stored end, is not what was counted from its facts.
#[must_use]
pub fn differences(counted: &Counted, stored: &Cycle, end: Option<End>) -> Vec<Difference> {
    let again = &counted.cycle;
    let figure = |what, stored: i64, counted: i64| unlike(what, stored.to_string(), counted.to_string());
    let peak = |tally: Tally| tally.peak.map_or_else(|| "none".to_owned(), |peak| peak.to_string());
    let (mine, theirs) = (again.gauges, stored.gauges);
    let ended = end.map(|said| (said, counted.end_beside(said)));
    let at = |end: &End| end.at.to_string();
    let all = [
        figure("allowance_seconds", stored.allowance_seconds, again.allowance_seconds),
        figure("used_seconds", stored.used_seconds, again.used_seconds),
        figure("overage_seconds", stored.overage_seconds, again.overage_seconds),
        unlike("users_peak", peak(theirs.users), peak(mine.users)),
        unlike("users_weighted", theirs.users.weighted.to_string(), mine.users.weighted.to_string()),
        unlike("storage_bytes_peak", peak(theirs.storage_bytes), peak(mine.storage_bytes)),
        unlike(
            "storage_bytes_weighted",
            theirs.storage_bytes.weighted.to_string(),
            mine.storage_bytes.weighted.to_string(),
        ),
        ended.and_then(|(said, again)| unlike("ended_at", at(&said), at(&again))),
        ended.and_then(|(said, again)| {
            unlike("ended_reason", said.reason.name().to_owned(), again.reason.name().to_owned())
        }),
    ];
    all.into_iter().flatten().collect()
}

/// Where a stored line is not what was counted. A line that came to nothing is not stored.
#[must_use]
pub fn line_differences(counted: &ChargeFigures, stored: Option<&LineView>) -> Vec<Difference> {
    let money = |minor: i64| minor.to_string();
    let vat = &counted.vat;
    let Some(stored) = stored else {
        return unlike("line/gross", money(0), money(vat.gross.minor)).into_iter().collect();
    };
    let all = [
        unlike("line/net", money(stored.net.minor), money(vat.net.minor)),
        unlike("line/tax", money(stored.tax.minor), money(vat.tax.minor)),
        unlike("line/gross", money(stored.gross.minor), money(vat.gross.minor)),
    ];
    all.into_iter().flatten().collect()
}

/// The same for all charges of a cycle, in their order.
#[must_use]
pub fn charge_differences(counted: &[ChargeFigures], stored: &[LineView]) -> Vec<Difference> {
    let of = |charge: &ChargeFigures| stored.iter().find(|line| line.what == charge.what);
    let mut found: Vec<Difference> = counted.iter().flat_map(|charge| line_differences(charge, of(charge))).collect();
    for line in stored.iter().filter(|line| counted.iter().all(|charge| charge.what != line.what)) {
        found.extend(unlike("line/gross", line.gross.minor.to_string(), "0".to_owned()));
    }
    found
}
