//! Two cycles of a panel side by side.

use super::cycles::ended;
use super::markup::Markup;
use super::plot::{table_end, table_head};
use crate::format::calendar::{date, date_time};
use crate::format::{duration, money, whole};
use crate::i18n::Lang;
use crate::wire::Cycle;
use shared::time::DAY;

/// A cycle in a list to choose from: `3: 7 Nov 2026`.
#[must_use]
pub fn name(lang: Lang, cycle: &Cycle) -> String {
    lang.chart_reading(&whole(lang, i64::from(cycle.number)), &date(lang, cycle.starts_at))
}

/// The two as a table: a column for each, and what the second has more than the first.
#[must_use]
pub fn table(lang: Lang, one: &Cycle, other: &Cycle) -> String {
    let mut out = Markup::default();
    let title = |cycle: &Cycle| format!("{} {}", lang.cycle_number(), whole(lang, i64::from(cycle.number)));
    table_head(&mut out, &[lang.compare_what(), &title(one), &title(other), lang.compare_more()]);
    let mut row = |name: &str, figures: [String; 3]| super::plot::table_row(&mut out, name, &figures);
    let of = |of: fn(Lang, &Cycle) -> String, more: String| [of(lang, one), of(lang, other), more];
    let time = |seconds: fn(&Cycle) -> i64| {
        let written = |seconds| duration(lang, seconds);
        let (first, second) = (seconds(one), seconds(other));
        [written(first), written(second), written(second - first)]
    };
    row(lang.cycle_starts(), of(|lang, cycle| date_time(lang, cycle.starts_at), String::new()));
    row(lang.cycle_ended(), of(ended_at, String::new()));
    let (days, more) = (days(one), days(other) - days(one));
    let lasted = |days| whole(lang, days);
    row(lang.compare_days(), [lasted(days), lasted(days + more), lasted(more)]);
    row(lang.cycle_used(), time(|cycle| cycle.used_seconds));
    row(lang.compare_allowance(), time(|cycle| cycle.allowance_seconds));
    row(lang.compare_beyond(), time(|cycle| cycle.overage_seconds));
    row(lang.cycle_why_ended(), of(why, String::new()));
    let dearer = other.paid_net.checked_sub(one.paid_net).map(|more| money(lang, more)).unwrap_or_default();
    row(lang.compare_paid(), [money(lang, one.paid_net), money(lang, other.paid_net), dearer]);
    table_end(&mut out);
    out.done()
}

fn ended_at(lang: Lang, cycle: &Cycle) -> String {
    cycle.ended_at.map_or_else(|| lang.cycles_running().to_owned(), |at| date_time(lang, at))
}

fn why(lang: Lang, cycle: &Cycle) -> String {
    cycle.ended_reason.map(|reason| ended(lang, reason).to_owned()).unwrap_or_default()
}

/// For how many days it lasted, or is to last; a day that was begun counts.
fn days(cycle: &Cycle) -> i64 {
    (cycle.ended_at.unwrap_or(cycle.ends_at).seconds_since(cycle.starts_at) + DAY - 1) / DAY
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::now;
    use shared::api::tenants::EndedReason;
    use shared::money::{Currency, Money};
    use shared::time::HOUR;

    // Harm prevented: less is shown as more, or one cycle's figures under the other's number.
    #[test]
    fn the_second_is_measured_against_the_first() {
        let one = Cycle {
            number: 2,
            plan: None,
            is_trial: false,
            starts_at: now().plus(-30 * DAY),
            ends_at: now(),
            ended_at: Some(now().plus(-5 * DAY)),
            ended_reason: Some(EndedReason::HoursUsedUp),
            allowance_seconds: 360 * HOUR,
            daily_cap_hours: Some(12),
            used_seconds: 360 * HOUR,
            overage_seconds: 0,
            paid_net: Money::new(300_000, Currency::Bdt),
            has_export: true,
        };
        let used_seconds = 100 * HOUR;
        let paid_net = Money::new(250_000, Currency::Bdt);
        let two = Cycle { number: 3, used_seconds, ended_at: None, ended_reason: None, paid_net, ..one.clone() };
        let said = table(Lang::En, &one, &two).replace('\u{a0}', " ");
        for row in [
            "<th scope=\"col\">Cycle 2</th><th scope=\"col\">Cycle 3</th>",
            "<td>25</td><td>30</td><td>5</td>",
            "<td>360 h</td><td>100 h</td><td>-260 h</td>",
            "<td>৳ 3,000.00</td><td>৳ 2,500.00</td><td>-৳ 500.00</td>",
            "<td>17 Nov 2026, 9:05 pm</td><td>running</td>",
        ] {
            assert!(said.contains(row), "{row} is missing in {said}");
        }
        assert_eq!(name(Lang::Bn, &one), "২: ২৩ অক্টোবর ২০২৬");
    }
}
