//! The sentences in English.

use super::figures::Pen;
use crate::api::explain::{Basis, DayFigures, Fact, PartFigures, RenewalKind, VatFigures};
use crate::api::invoices::Unit;
use crate::api::tenants::EndedReason;
use crate::billing::usage::Seen;
use crate::billing::vat::Vat;
use crate::money::{Currency, Money};

pub(super) fn sentence(pen: Pen, fact: &Fact) -> String {
    match fact {
        Fact::CycleStarted { .. }
        | Fact::CycleUpgraded { .. }
        | Fact::CycleDay(_)
        | Fact::UsageCorrected { .. }
        | Fact::UsedOfAllowance { .. }
        | Fact::CycleRuns { .. }
        | Fact::EndedHoursUsedUp { .. }
        | Fact::EndedTimeElapsed { .. }
        | Fact::NothingBeyondPrice { .. }
        | Fact::Differs { .. } => cycle(pen, fact),
        Fact::OverageCounted { .. }
        | Fact::SecondsSummed { .. }
        | Fact::PeakMeasured { .. }
        | Fact::AverageWeighted { .. }
        | Fact::NothingMeasured { .. }
        | Fact::IncludedTakenOff { .. }
        | Fact::PricedPart { .. }
        | Fact::RoundedOnce { .. }
        | Fact::VatSplit { .. }
        | Fact::BasePrice { .. }
        | Fact::UpgradePriced { .. }
        | Fact::TakenBack { .. } => charge(pen, fact),
        Fact::AwaitsFirstPayment
        | Fact::SettingUp { .. }
        | Fact::IsOpen { .. }
        | Fact::StoppedByCustomer { .. }
        | Fact::ClosedUnpaid { .. }
        | Fact::BeingOpened
        | Fact::BeingStarted { .. }
        | Fact::ClosedByOperator { .. }
        | Fact::SetUpFailed { .. }
        | Fact::BeingRemoved { .. }
        | Fact::WasRemoved { .. } => panel(pen, fact),
        Fact::InGrace { .. }
        | Fact::PaidTimeOver { .. }
        | Fact::CyclesWait { .. }
        | Fact::WantsNoMore
        | Fact::RunsOut { .. }
        | Fact::RenewalOpen { .. }
        | Fact::RenewalNotDue { .. }
        | Fact::RenewalQueueFull { .. }
        | Fact::NoRenewalOverLimit
        | Fact::NoRenewalGone => renewal(pen, fact),
    }
}

fn cycle(pen: Pen, fact: &Fact) -> String {
    let (hours, at) = (|seconds: &i64| pen.hours(*seconds), |at: &_| pen.instant(*at));
    match fact {
        Fact::CycleStarted { number, starts_at, is_trial, days, allowance_seconds, daily_cap_seconds } => {
            let kind = if *is_trial { "Trial cycle" } else { "Cycle" };
            let cap = match daily_cap_seconds {
                Some(cap) => format!("one day of it uses up at most {}", hours(cap)),
                None => "there is no daily cap".to_owned(),
            };
            let days = pen.days(i64::from(*days) * crate::time::DAY);
            let began = at(starts_at);
            format!(
                "{kind} {number} began on {began}. It lasts {days} and includes {}; {cap}.",
                hours(allowance_seconds)
            )
        }
        Fact::CycleUpgraded { allowance_added_seconds, paid_net_added, .. } => {
            let paid = pen.money(*paid_net_added);
            format!("It was upgraded for {paid} without VAT, which added {}.", hours(allowance_added_seconds))
        }
        Fact::CycleDay(day) => day_sentence(pen, day),
        Fact::UsageCorrected { from, to, seen, seconds_taken_back, reason, .. } => {
            let seen = match seen {
                Seen::Up => "it was in truth up",
                Seen::Down => "it was in truth down",
                Seen::Unknown => "nobody can say how it was",
            };
            let reason = reason.as_ref().map(|words| format!(" Reason: {words}")).unwrap_or_default();
            let back = hours(seconds_taken_back);
            format!("From {} to {} {seen}: {back} of usage was taken back.{reason}", at(from), at(to))
        }
        Fact::UsedOfAllowance { used_seconds, allowance_seconds, overage_seconds } => {
            let left = hours(&(allowance_seconds - used_seconds));
            let beyond = match overage_seconds {
                0 => String::new(),
                seconds => format!(" {} were used beyond the allowance.", hours(seconds)),
            };
            let (used, of) = (hours(used_seconds), hours(allowance_seconds));
            format!("In all, {used} of {of} were used; {left} are left.{beyond}")
        }
        Fact::CycleRuns { as_of, ends_at } => {
            let (as_of, ends_at) = (at(as_of), at(ends_at));
            format!("The cycle is running; usage is accounted up to {as_of}. Its days are over on {ends_at}.")
        }
        Fact::EndedHoursUsedUp { at: end, allowance_seconds } => {
            let (end, all) = (at(end), hours(allowance_seconds));
            format!("It ended on {end}: the panel was up in that second, and the whole allowance of {all} was used.")
        }
        Fact::EndedTimeElapsed { at: end, seconds } => {
            format!("It ended on {}: its {} were over.", at(end), pen.days(*seconds))
        }
        Fact::NothingBeyondPrice { number } => format!("Cycle {number} costs nothing beyond its price."),
        Fact::Differs { figures } => {
            format!("Stored figures that differ from what was counted again: {figures}. Please write to the operator.")
        }
        _ => String::new(),
    }
}

fn day_sentence(pen: Pen, day: &DayFigures) -> String {
    let mut parts =
        vec![format!("up {}", pen.hours(day.up_seconds)), format!("charged {}", pen.hours(day.billable_seconds))];
    let mut add = |seconds: i64, words: &str| {
        if seconds != 0 {
            parts.push(format!("{} {words}", pen.hours(seconds)));
        }
    };
    add(day.overage_seconds, "of it beyond the allowance");
    add(day.capped_seconds, "free by the daily cap");
    add(day.down_seconds, "down and free");
    add(day.unknown_seconds, "unknown and free");
    format!("Day {}, from {}: {}.", day.number, pen.instant(day.starts_at), parts.join(", "))
}

fn charge(pen: Pen, fact: &Fact) -> String {
    match fact {
        Fact::OverageCounted { cycle_number, seconds, price_per_hour } => {
            let (hours, price) = (pen.hours(*seconds), pen.money(*price_per_hour));
            format!("In cycle {cycle_number} the panel was up for {hours} beyond the allowance; an hour costs {price}.")
        }
        Fact::SecondsSummed { cycle_number, seconds } => {
            format!("The charged time of cycle {cycle_number} adds up to {}.", pen.hours(*seconds))
        }
        Fact::PeakMeasured { cycle_number, unit, peak, window } => {
            let (peak, from, to) = (pen.units(*unit, *peak), pen.instant(window.from), pen.instant(window.to));
            format!("The highest measurement of cycle {cycle_number} was {peak}, first seen between {from} and {to}.")
        }
        Fact::AverageWeighted { cycle_number, unit, weighted, measured_seconds, cycle_seconds, hundredths, .. } => {
            let (average, measured) = (pen.quantity(*unit, *hundredths), pen.days(*measured_seconds));
            let name = gauge(*unit);
            format!(
                "Each measurement of {name} in cycle {cycle_number}, times the seconds for which it held, adds up to \
                 {weighted}; over the cycle's {cycle_seconds} s that is {average} on average. It was measured for {measured}."
            )
        }
        Fact::NothingMeasured { cycle_number, unit } => {
            format!("Nobody measured {} in cycle {cycle_number}; what is not measured is not charged.", gauge(*unit))
        }
        Fact::IncludedTakenOff { unit, included, hundredths, .. } => {
            let (included, rest) = (pen.units(*unit, *included), pen.quantity(*unit, *hundredths));
            format!("The plan includes {included}; {rest} are left to be charged.")
        }
        Fact::PricedPart { unit, part, hundredths } => part_sentence(pen, *unit, part, *hundredths),
        Fact::RoundedOnce { rounding, amount } => {
            let (over, under) = (&rounding.exact.numerator, &rounding.exact.denominator);
            let coins = if amount.currency == Currency::Bdt { "poisha" } else { "minor units" };
            format!("Exactly that is {over} / {under} {coins}; rounded once, half to even: {}.", pen.money(*amount))
        }
        Fact::VatSplit { amount, figures } => vat_sentence(pen, *amount, figures),
        Fact::BasePrice { plan, cycle_number, cycle_days, included_hours, price } => {
            let price = pen.money(*price);
            format!(
                "Cycle {cycle_number} on {plan}, {cycle_days} days with {included_hours} h, costs {price}, paid beforehand."
            )
        }
        Fact::UpgradePriced { from_plan, to_plan, from_price, to_price, left_seconds, of_seconds, basis } => {
            let (from, to) = (pen.money(*from_price), pen.money(*to_price));
            let (left, of) = match basis {
                Basis::Days => (pen.days(*left_seconds), pen.days(*of_seconds)),
                Basis::Hours => (pen.hours(*left_seconds), pen.hours(*of_seconds)),
            };
            let by = match basis {
                Basis::Days => "of its time",
                Basis::Hours => "of its allowance",
            };
            format!(
                "From {from_plan} ({from}) to {to_plan} ({to}): the difference is paid for what was left of the cycle, \
                 {left} of {of} {by}."
            )
        }
        Fact::TakenBack { corrects, reason, gross, .. } => {
            format!("This credit note takes {} of invoice {corrects} back. Reason: {reason}", pen.money(*gross))
        }
        _ => String::new(),
    }
}

const fn gauge(unit: Unit) -> &'static str {
    match unit {
        Unit::Users => "users",
        Unit::Bytes => "storage",
        Unit::Seconds | Unit::Cycles => "time",
    }
}

fn part_sentence(pen: Pen, unit: Unit, part: &PartFigures, hundredths: i64) -> String {
    let tier = match (part.from, part.to) {
        (0, None) => String::new(),
        (from, None) => format!("Beyond the first {}: ", pen.units(unit, from)),
        (0, Some(to)) => format!("Up to {}: ", pen.units(unit, to)),
        (from, Some(to)) => format!("Beyond the first {}, up to {}: ", pen.units(unit, from), pen.units(unit, to)),
    };
    let (quantity, price) = (pen.quantity(unit, hundredths), pen.money(part.price));
    format!("{tier}{quantity} at {price} per {}.", pen.units(unit, part.per))
}

fn vat_sentence(pen: Pen, amount: Money, figures: &VatFigures) -> String {
    let (net, tax, gross) = (pen.money(figures.net), pen.money(figures.tax), pen.money(figures.gross));
    match figures.rule {
        Vat::None => format!("No VAT is charged: {}.", pen.money(amount)),
        Vat::Exclusive { basis_points } => {
            format!("{} VAT comes on top: {net} + {tax} = {gross}.", pen.rate(basis_points))
        }
        Vat::Inclusive { basis_points } => {
            format!("{} VAT is contained: {net} + {tax} = {gross}.", pen.rate(basis_points))
        }
    }
}

fn panel(pen: Pen, fact: &Fact) -> String {
    let at = |at: &_| pen.instant(*at);
    match fact {
        Fact::AwaitsFirstPayment => "Nothing was paid yet: the panel awaits its first payment.".to_owned(),
        Fact::SettingUp { since } => format!("The panel is paid for and has been in set-up since {}.", at(since)),
        Fact::IsOpen { since } => format!("The panel has been open since {}.", at(since)),
        Fact::StoppedByCustomer { since } => format!(
            "Its customer stopped the panel on {}: no hours are used, but the cycle's days run on. Starting it opens it again.",
            at(since)
        ),
        Fact::ClosedUnpaid { since } => format!(
            "The panel has been closed since {} because nothing is paid any more. It opens by itself once a payment is confirmed.",
            at(since)
        ),
        Fact::BeingOpened => "It is paid for again, and the panel is being opened.".to_owned(),
        Fact::BeingStarted { since } => {
            format!("The panel has been starting since {}. No hours are used until it is open.", at(since))
        }
        Fact::ClosedByOperator { since, message } => {
            format!(
                "The operator closed the panel on {}, and alone can open it again. They write: {message}",
                at(since)
            )
        }
        Fact::SetUpFailed { since, reason } => {
            format!("The panel could not be set up ({}): {reason} It can be tried again.", at(since))
        }
        Fact::BeingRemoved { since } => format!("The panel is being removed; that began on {}.", at(since)),
        Fact::WasRemoved { since } => format!("The panel was removed on {}.", at(since)),
        _ => String::new(),
    }
}

const fn why(reason: EndedReason) -> &'static str {
    match reason {
        EndedReason::HoursUsedUp => "its hours were used up",
        EndedReason::TimeElapsed => "its days were over",
    }
}

fn renewal(pen: Pen, fact: &Fact) -> String {
    let at = |at: &_| pen.instant(*at);
    match fact {
        Fact::InGrace { cycle_number, ended_at, reason, until } => format!(
            "Cycle {cycle_number} ended on {} because {}. Service goes on until {}; what is paid before then begins where \
             that cycle ended.",
            at(ended_at),
            why(*reason),
            at(until)
        ),
        Fact::PaidTimeOver { cycle_number, ended_at, reason } => {
            let (ended, why) = (at(ended_at), why(*reason));
            format!("Cycle {cycle_number} ended on {ended} because {why}, and no further cycle was paid for.")
        }
        Fact::CyclesWait { waiting: 1 } => "1 paid cycle waits and begins by itself.".to_owned(),
        Fact::CyclesWait { waiting } => format!("{waiting} paid cycles wait and begin by themselves."),
        Fact::WantsNoMore => {
            "The customer wants no further cycle: once what is paid is over, the panel closes without grace.".to_owned()
        }
        Fact::RunsOut { at: end } => format!("At the present rate of use, what is paid lasts until {}.", at(end)),
        Fact::RenewalOpen { kind, due } => {
            let due = pen.money(*due);
            match kind {
                RenewalKind::First => format!("The first cycle costs {due} and begins once it is paid."),
                RenewalKind::Early => {
                    format!("A renewal is open: {due}. The next cycle waits until the running one is over.")
                }
                RenewalKind::InGrace => {
                    format!("A renewal is open: {due}. The next cycle begins where the last one ended.")
                }
                RenewalKind::Lapsed => format!("A renewal is open: {due}. The next cycle begins once it is paid."),
            }
        }
        Fact::RenewalNotDue {
            days_at_most,
            percent_at_most,
            seconds_left,
            remaining_seconds,
            allowance_seconds,
            opens_at,
        } => format!(
            "No renewal yet: it opens when {days_at_most} days or {percent_at_most}% of the hours are left. Now {} and {} \
             ({}) are left. It opens on {} at the latest.",
            pen.days(*seconds_left),
            pen.share(*remaining_seconds, *allowance_seconds),
            pen.hours(*remaining_seconds),
            at(opens_at)
        ),
        Fact::RenewalQueueFull { waiting, at_most, frees_at } => format!(
            "No renewal now: {waiting} paid cycles wait, and the plan lets {at_most} wait. There is room again once the \
             running cycle is over, on {} at the latest.",
            at(frees_at)
        ),
        Fact::NoRenewalOverLimit => {
            "No renewal now: the panel holds more than the plan includes. Hold less, or change to a larger plan. Once it \
             has closed, it can be renewed in any case."
                .to_owned()
        }
        Fact::NoRenewalGone => "A panel that is being removed takes no money.".to_owned(),
        _ => String::new(),
    }
}
