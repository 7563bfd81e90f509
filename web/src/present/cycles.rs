//! Past cycles in words, and the sentences that explain one.

use super::markup::Markup;
use crate::format::calendar::{date, date_time};
use crate::format::{duration, fixed, whole};
use crate::i18n::Lang;
use crate::wire::{Cycle, Sentence};
use shared::api::tenants::EndedReason;

/// A cycle's row: number, dates, what was used of what, why it ended.
#[must_use]
pub fn facts(lang: Lang, cycle: &Cycle) -> String {
    let mut out = Markup::default();
    let to = cycle.ended_at.unwrap_or(cycle.ends_at);
    out.within("<p class=\"row-head\"><strong>", lang.cycle_number(), " ");
    out.within("", &whole(lang, i64::from(cycle.number)), "</strong>");
    if cycle.is_trial {
        out.within("<span class=\"badge blue\">", lang.cycles_trial(), "</span>");
    }
    if cycle.ended_at.is_none() {
        out.within("<span class=\"badge green\">", lang.cycles_running(), "</span>");
    }
    let dates = lang.cycles_dates(&date(lang, cycle.starts_at), &date_time(lang, to));
    out.within("<span class=\"small\">", &dates, "</span></p>");
    let hours = |seconds| duration(lang, seconds);
    // A running one is still counted: its figures stand on the card, where they are kept fresh.
    if cycle.ended_at.is_none() {
        return out.done();
    }
    out.within("<p>", &lang.cycles_used(&hours(cycle.used_seconds), &hours(cycle.allowance_seconds)), "</p>");
    if cycle.overage_seconds > 0 {
        out.within("<p>", &lang.cycles_beyond(&hours(cycle.overage_seconds)), "</p>");
    }
    if let Some(reason) = cycle.ended_reason {
        out.within("<p class=\"small\">", &lang.cycles_over(ended(lang, reason)), "</p>");
    }
    out.done()
}

/// Why a cycle ended.
#[must_use]
pub const fn ended(lang: Lang, reason: EndedReason) -> &'static str {
    match reason {
        EndedReason::HoursUsedUp => lang.ended_hours(),
        EndedReason::TimeElapsed => lang.ended_time(),
    }
}

/// The steps of an explanation, one after the other.
#[must_use]
pub fn sentences(lang: Lang, steps: &[Sentence]) -> String {
    let mut out = Markup::default();
    out.tags("<ol>");
    for step in steps {
        let said = match lang {
            Lang::En => step.en.clone(),
            Lang::Bn => fixed(&step.bn),
        };
        out.within("<li>", &said, "</li>");
    }
    out.tags("</ol>");
    out.done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::now;
    use shared::money::{Currency, Money};
    use shared::time::{DAY, HOUR};

    fn cycle() -> Cycle {
        Cycle {
            number: 3,
            plan: None,
            is_trial: false,
            starts_at: now().plus(-15 * DAY),
            ends_at: now().plus(15 * DAY),
            ended_at: None,
            ended_reason: None,
            allowance_seconds: 360 * HOUR,
            daily_cap_hours: Some(12),
            used_seconds: 90 * HOUR + 60,
            overage_seconds: 0,
            paid_net: Money::new(250_000, Currency::Bdt),
            has_export: false,
        }
    }

    // Harm prevented: a cycle that was used up early is said to have lasted all its days.
    #[test]
    fn a_cycle_says_when_and_why_it_ended() {
        let running = facts(Lang::En, &cycle()).replace('\u{a0}', " ");
        assert!(running.contains("7 Nov 2026 to 7 Dec 2026") && running.contains("running"), "{running}");
        assert!(!running.contains("used"), "a figure that grows old beside a fresh one: {running}");
        let reason = Some(EndedReason::HoursUsedUp);
        let over = Cycle { ended_at: Some(now()), ended_reason: reason, overage_seconds: HOUR, ..cycle() };
        let over = facts(Lang::En, &over).replace('\u{a0}', " ");
        assert!(over.contains("to 22 Nov 2026, 9:05") && over.contains("Ended: the hours were used up"), "{over}");
        assert!(over.contains("90 h 1 min used of 360 h"), "{over}");
        assert!(over.contains("1 h beyond the allowance") && !over.contains("running"));
    }

    #[test]
    fn sentences_come_in_the_language_of_the_page() {
        let steps = [Sentence { en: "Up < 1 h.".into(), bn: "চালু।".into() }];
        assert_eq!(sentences(Lang::En, &steps), "<ol><li>Up &lt; 1 h.</li></ol>");
        assert_eq!(sentences(Lang::Bn, &steps), "<ol><li>চালু।</li></ol>");
    }
}
