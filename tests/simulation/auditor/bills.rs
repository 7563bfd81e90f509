//! Invoices, credit notes, charges and the hours that reports are made of: judged in calm times, all of them.

use super::book::Book;
use super::core_money::sum_of;
use super::ledger::{Expected, Ledger};
use super::papers::{ChargeRow, CorrectionRow, InvoiceRow};
use super::prices::{Sum, taxed};
use super::rows::{OrderRow, WindowRow};
use super::rules::Rules;
use super::violation::{Found, hold};
use shared::billing::order::is_postpaid;
use shared::billing::terms::Terms;
use std::collections::BTreeMap;

/// Numbers have no gaps, and credit notes take back no more than there is.
pub(crate) fn invariant_2_numbers(found: &mut Found, invoices: &[InvoiceRow]) {
    let mut last: BTreeMap<&(String, i64), i64> = BTreeMap::new();
    for invoice in invoices {
        let before = last.insert(&invoice.series, invoice.sequence).unwrap_or(0);
        hold(found, 2, invoice.sequence == before + 1, || format!("after number {before}: {invoice:?}"));
        let notes = invoices.iter().filter(|it| it.corrects.as_ref() == Some(&invoice.id));
        let back: i64 = notes.map(|it| it.document.gross.minor).sum();
        hold(found, 2, back <= invoice.document.gross.minor, || format!("{back} is taken back of {invoice:?}"));
    }
}

/// One invoice a settled order, which says what the order said; each charge on one of them at most.
pub(crate) fn invariant_2(found: &mut Found, orders: &[OrderRow], invoices: &[InvoiceRow], charges: &[ChargeRow]) {
    for order in orders {
        let of_it: Vec<_> = invoices.iter().filter(|it| it.order_id.as_ref() == Some(&order.id)).collect();
        let one = of_it.len() == usize::from(order.settled_at.is_some());
        hold(found, 2, one, || format!("{} invoices for {order:?}", of_it.len()));
        for invoice in of_it {
            let same = invoice.document.lines == order.lines && invoice.document.gross.minor == order.amount;
            hold(found, 8, same, || format!("{invoice:?} says something else than {order:?}"));
        }
        let billed: Vec<Sum> =
            charges.iter().filter(|it| it.billed_by.as_ref() == Some(&order.id)).map(|it| sum_of(&it.line)).collect();
        let on_it: Vec<Sum> = order.lines.iter().filter(|it| is_postpaid(&it.what)).map(sum_of).collect();
        let carried = if order.settled_at.is_some() { on_it } else { vec![] };
        hold(found, 2, billed == carried, || {
            format!("{billed:?} are carried by it, and on it are {carried:?}: {order:?}")
        });
    }
}

/// The charges that are kept are those of the book.
pub(crate) fn invariant_8(found: &mut Found, book: &Book, charges: &[ChargeRow]) {
    for cycle in &book.cycles {
        let kept = charges.iter().filter(|it| it.cycle == i64::from(cycle.number));
        let kept: Vec<Sum> = kept.map(|it| sum_of(&it.line)).collect();
        hold(found, 8, kept == cycle.charges, || format!("{kept:?} are kept for {cycle:?}"));
    }
}

/// What an order asks is what its lines come to, and the first of them is the plan's price or the upgrade's.
pub(crate) fn price(order: &OrderRow) -> Option<i64> {
    let terms: Terms = serde_json::from_str(&order.terms).ok()?;
    let rules = Rules::paid(&terms);
    let first = order.upgrade.map_or(rules.price, |upgrade| upgrade.price.minor);
    let rest = order.lines.get(1..)?;
    let right = sum_of(order.lines.first()?) == taxed(rules.vat, first) && rest.iter().all(|it| is_postpaid(&it.what));
    right.then(|| order.lines.iter().map(|it| it.gross.minor).sum())
}

/// Adds what a tenant's cycles, charges and documents must come to in the ledger.
pub(crate) fn expect(
    found: &mut Found,
    expected: &mut Expected,
    ledger: &Ledger,
    tenant_id: &str,
    book: &Book,
    charges: &[ChargeRow],
) {
    let last = book.cycles.last().map(|it| it.number);
    for cycle in &book.cycles {
        let is = ledger.earned(tenant_id, cycle.number);
        let must = match (cycle.ended, last == Some(cycle.number)) {
            (Some(_), _) => Some(cycle.paid),
            (None, true) => book.earned(),
            (None, false) => None,
        };
        let right = must.map_or(is <= cycle.paid, |must| is == must);
        hold(found, 1, right, || format!("earned is {is}, not {must:?}, of {cycle:?}"));
        let shrank = ledger.shrank(tenant_id, cycle.number);
        hold(found, 1, !shrank || cycle.corrected, || format!("what was earned was taken back: {cycle:?}"));
        expected.revenue += i128::from(is);
        expected.deferred += i128::from(cycle.paid - is);
    }
    let price = |rules: &Rules| i128::from(taxed(rules.vat, rules.price).net);
    expected.deferred += book.queue.iter().map(|(_, it)| price(&it.rules)).sum::<i128>();
    // The note that took it back took it from what was not earned yet.
    expected.revenue += book.withdrawn.iter().map(|it| price(&it.rules)).sum::<i128>();
    for charge in charges {
        let net = i128::from(charge.line.net.minor);
        expected.revenue += net;
        if charge.billed_by.is_none() {
            expected.receivable += net;
        }
    }
}

/// Adds what documents must come to.
pub(crate) fn expect_documents(expected: &mut Expected, invoices: &[InvoiceRow]) {
    for invoice in invoices {
        let [net, tax, gross] = [invoice.document.net, invoice.document.tax, invoice.document.gross];
        if invoice.corrects.is_none() {
            expected.tax += i128::from(tax.minor);
        } else {
            expected.tax -= i128::from(tax.minor);
            expected.revenue -= i128::from(net.minor);
            expected.credit += i128::from(gross.minor);
        }
    }
}

/// The counters of the hours are what windows and corrections give, and all that is charged is in them.
pub(crate) fn invariant_3_hours(
    found: &mut Found,
    windows: &[WindowRow],
    corrections: &[CorrectionRow],
    hours: &[(String, i64, i64)],
    charged: i64,
) {
    let mut counted: BTreeMap<(&str, i64), i64> = BTreeMap::new();
    for window in windows {
        let mut at = window.from;
        // Corrections begin and end at any second: the stretches between their borders are seen in one way each.
        let borders = corrections.iter().flat_map(|it| [it.from, it.to]);
        let mut cuts: Vec<i64> = borders.chain([window.to]).filter(|cut| (at + 1..=window.to).contains(cut)).collect();
        cuts.sort_unstable();
        for cut in cuts {
            let last = corrections.iter().rev().find(|it| it.from <= at && at < it.to);
            let seen = last.map_or(window.seen.as_str(), |it| it.seen.as_str());
            while at < cut {
                let hour = at - at.rem_euclid(3_600);
                let to = cut.min(hour + 3_600);
                *counted.entry((seen, hour)).or_default() += to - at;
                at = to;
            }
        }
    }
    for seen in ["up", "down", "unknown"] {
        let kept: BTreeMap<i64, i64> = hours
            .iter()
            .filter(|(meter, _, quantity)| meter.strip_suffix("_seconds") == Some(seen) && *quantity != 0)
            .map(|(_, hour, quantity)| (*hour, *quantity))
            .collect();
        let mine: BTreeMap<i64, i64> =
            counted.iter().filter(|(key, _)| key.0 == seen).map(|(key, seconds)| (key.1, *seconds)).collect();
        let apart = || -> Vec<_> { kept.iter().filter(|it| mine.get(it.0) != Some(it.1)).take(3).collect() };
        hold(found, 3, kept == mine, || format!("hours of {seen} are not as the windows: {:?}", apart()));
    }
    let billable: i64 = hours.iter().filter(|it| it.0 == "billable_seconds").map(|it| it.2).sum();
    hold(found, 3, billable == charged, || format!("hours say {billable} s are charged, the book says {charged} s"));
}
