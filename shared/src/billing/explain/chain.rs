//! From a counted cycle, and from counted amounts, to the facts that explain them, in the order in which they are told.

use super::count::Counted;
use crate::api::explain::{ChargeFigures, Fact, Fraction, PartFigures};
use crate::api::invoices::{LineWhat, Unit};
use crate::api::tenants::EndedReason;
use crate::billing::cycle::{End, Origin};
use crate::billing::rating::{Aggregation, Meter};
use crate::billing::terms::OnExhaustion;
use crate::ids::CorrectionId;
use crate::money::{Money, round_half_even};
use crate::time::{DAY, Timestamp};

/// How a cycle went: its terms, its days, what was taken back, what it used, and its end, or that it runs.
/// `reason` finds the words of a correction.
#[must_use]
pub fn cycle_chain(
    counted: &Counted,
    end: Option<End>,
    as_of: Timestamp,
    reason: impl Fn(CorrectionId) -> Option<String>,
) -> Vec<Fact> {
    let cycle = &counted.cycle;
    let length_seconds = cycle.ends_at.seconds_since(cycle.starts_at);
    let added: i64 = counted.upgrades.iter().map(|(_, added, _)| added).sum();
    let mut facts = vec![Fact::CycleStarted {
        number: cycle.number,
        starts_at: cycle.starts_at,
        is_trial: cycle.origin == Origin::Trial,
        days: u32::try_from(length_seconds / DAY).unwrap_or(u32::MAX),
        allowance_seconds: cycle.allowance_seconds - added,
        daily_cap_seconds: cycle.terms.daily_cap_seconds(),
    }];
    facts.extend(counted.upgrades.iter().map(|&(order_id, allowance_added_seconds, paid_net_added)| {
        Fact::CycleUpgraded { order_id, allowance_added_seconds, paid_net_added }
    }));
    facts.extend(counted.taken.iter().map(|taken| Fact::UsageCorrected {
        correction_id: taken.id,
        from: taken.span.from(),
        to: taken.span.to(),
        seen: taken.seen,
        seconds_taken_back: taken.seconds,
        reason: reason(taken.id),
    }));
    facts.extend(counted.days.values().cloned().map(Fact::CycleDay));
    facts.push(Fact::UsedOfAllowance {
        used_seconds: cycle.used_seconds,
        allowance_seconds: cycle.allowance_seconds,
        overage_seconds: cycle.overage_seconds,
    });
    facts.push(match end {
        None => Fact::CycleRuns { as_of, ends_at: cycle.ends_at },
        Some(End { at, reason: EndedReason::HoursUsedUp }) => {
            Fact::EndedHoursUsedUp { at, allowance_seconds: cycle.allowance_seconds }
        }
        Some(End { at, reason: EndedReason::TimeElapsed }) => Fact::EndedTimeElapsed { at, seconds: length_seconds },
    });
    facts
}

/// How one charge of a cycle that ended at `at` came to be.
#[must_use]
pub fn charge_chain(counted: &Counted, at: Timestamp, charge: &ChargeFigures) -> Vec<Fact> {
    let mut facts: Vec<Fact> = measured(counted, at, charge).into_iter().collect();
    if charge.included > 0 && charge.measured.numerator != "0" {
        facts.push(Fact::IncludedTakenOff {
            unit: charge.unit,
            included: charge.included,
            hundredths: hundredths(&charge.billable),
            billable: charge.billable.clone(),
        });
    }
    // Nothing to be charged is neither priced, nor rounded, nor taxed.
    if !charge.parts.is_empty() {
        facts.extend(amount_chain(charge));
    }
    facts
}

fn measured(counted: &Counted, at: Timestamp, charge: &ChargeFigures) -> Option<Fact> {
    let cycle = &counted.cycle;
    let cycle_number = cycle.number;
    let (meter, aggregation) = match (&charge.what, cycle.terms.on_exhaustion) {
        (LineWhat::Overage { .. }, OnExhaustion::Overage { price_per_hour }) => {
            return Some(Fact::OverageCounted { cycle_number, seconds: cycle.overage_seconds, price_per_hour });
        }
        (LineWhat::Metered { meter, aggregation, .. }, _) => (*meter, *aggregation),
        (LineWhat::Overage { .. } | LineWhat::BasePrice { .. } | LineWhat::Upgrade { .. }, _) => return None,
    };
    let figures = counted.figures(None);
    let gauge = match meter {
        Meter::ActiveSeconds => return Some(Fact::SecondsSummed { cycle_number, seconds: cycle.billable_seconds() }),
        Meter::Users => figures.users,
        Meter::StorageBytes => figures.storage_bytes,
    };
    let unit = charge.unit;
    let (Some(peak), Some(window)) = (gauge.peak, gauge.peak_window) else {
        return Some(Fact::NothingMeasured { cycle_number, unit });
    };
    Some(match aggregation {
        Aggregation::Sum | Aggregation::Peak => Fact::PeakMeasured { cycle_number, unit, peak, window },
        Aggregation::TimeWeightedAverage => Fact::AverageWeighted {
            cycle_number,
            unit,
            weighted: gauge.weighted,
            measured_seconds: gauge.measured_seconds,
            cycle_seconds: at.seconds_since(cycle.starts_at).max(1),
            hundredths: hundredths(&charge.measured),
            average: charge.measured.clone(),
        },
    })
}

/// The parts of an amount, its rounding, and its VAT.
#[must_use]
pub fn amount_chain(charge: &ChargeFigures) -> Vec<Fact> {
    let priced = |part: &PartFigures| Fact::PricedPart {
        unit: charge.unit,
        hundredths: hundredths(&part.quantity),
        part: part.clone(),
    };
    let amount = Money { minor: charge.amount.rounded, ..charge.vat.net };
    // A whole price is not put together, and was not rounded.
    let in_parts = charge.unit != Unit::Cycles;
    let mut facts: Vec<Fact> = charge.parts.iter().filter(|_| in_parts).map(priced).collect();
    if charge.amount.exact.denominator != "1" {
        facts.push(Fact::RoundedOnce { rounding: charge.amount.clone(), amount });
    }
    facts.push(Fact::VatSplit { amount, figures: charge.vat.clone() });
    facts
}

/// A quantity in hundredths of a unit, half to even: to be read, not to be charged.
fn hundredths(fraction: &Fraction) -> i64 {
    let (Ok(numerator), Ok(denominator)) = (fraction.numerator.parse::<i128>(), fraction.denominator.parse::<i128>())
    else {
        return 0;
    };
    let scaled = numerator.checked_mul(100).map(|scaled| round_half_even(scaled, denominator.max(1)));
    scaled.and_then(|scaled| i64::try_from(scaled).ok()).unwrap_or(i64::MAX)
}
