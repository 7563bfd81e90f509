//! What another plan would have cost, beside what was invoiced.

use super::cycles::ended;
use super::markup::Markup;
use crate::format::calendar::date_time;
use crate::format::{duration, money};
use crate::i18n::Lang;
use crate::wire::Shadow;

/// What another plan would have cost: the two sums, and its cycles.
#[must_use]
pub fn shadow(lang: Lang, shadow: &Shadow) -> String {
    let (from, to) = (date_time(lang, shadow.from), date_time(lang, shadow.to));
    let mut out = Markup::default();
    out.within("<p>", &lang.shadow_span(&from, &to), "</p><dl class=\"facts\">")
        .fact(&lang.shadow_would(&shadow.plan), &money(lang, shadow.gross))
        .fact(lang.shadow_was(), &money(lang, shadow.invoiced));
    if let Ok(more) = shadow.gross.checked_sub(shadow.invoiced) {
        out.fact(lang.shadow_difference(), &money(lang, more));
    }
    out.within("</dl><p class=\"small\">", lang.shadow_note(), "</p><ul class=\"rows\">");
    for cycle in &shadow.cycles {
        let dates = lang.cycles_dates(&date_time(lang, cycle.starts_at), &date_time(lang, cycle.ended_at));
        out.within("<li class=\"document movement\"><span>", &dates, "</span>");
        out.within("<strong>", &money(lang, cycle.gross), "</strong><p class=\"small\">");
        out.put(&lang.shadow_used(&duration(lang, cycle.used_seconds)));
        if cycle.overage_seconds > 0 {
            out.tags(" ").put(&lang.cycles_beyond(&duration(lang, cycle.overage_seconds)));
        }
        if let Some(reason) = cycle.ended_reason {
            out.tags(" · ").put(&lang.cycles_over(ended(lang, reason)));
        }
        out.tags("</p></li>");
    }
    out.tags("</ul>");
    out.done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::now;
    use crate::wire::ShadowCycle;
    use shared::api::tenants::EndedReason;
    use shared::money::{Currency, Money};
    use shared::time::{DAY, HOUR};

    // Harm prevented: a customer is told to move to a plan that would have cost more.
    #[test]
    fn what_would_have_been_stands_beside_what_was() {
        let taka = |minor| Money::new(minor, Currency::Bdt);
        let cycle = ShadowCycle {
            starts_at: now().plus(-30 * DAY),
            ended_at: now().plus(-DAY),
            ended_reason: Some(EndedReason::HoursUsedUp),
            used_seconds: 360 * HOUR,
            overage_seconds: 0,
            gross: taka(150_000),
        };
        let bill = Shadow {
            plan: "Small".to_owned(),
            from: now().plus(-30 * DAY),
            to: now(),
            cycles: vec![cycle],
            gross: taka(200_000),
            invoiced: taka(360_000),
        };
        let said = shadow(Lang::En, &bill).replace('\u{a0}', " ");
        for part in
            ["Small", "৳ 1,500.00", "৳ 2,000.00", "৳ 3,600.00", "-৳ 1,600.00", "360 h", "the hours were used up"]
        {
            assert!(said.contains(part), "{part} is missing in {said}");
        }
    }
}
