//! The one sentence under the meter: what is left, until when, with which consequence.
//!
//! The dates are the server's forecast; only the choice of sentence is made here.

use super::face::Face;
use crate::format::calendar::{date, date_time};
use crate::format::{counted, duration, fixed, hours_left, money, stretch, whole};
use crate::i18n::Lang;
use shared::api::tenants::{BillingState, CycleView, TenantStatus};
use shared::time::HOUR;

/// The sentence, if the state has one.
#[must_use]
pub fn sentence(lang: Lang, status: &TenantStatus) -> Option<String> {
    let cycle = status.billing.cycle.as_ref();
    match Face::of(status) {
        Face::Active => cycle.map(|cycle| running(lang, status, cycle)),
        Face::Stopped => cycle.map(|cycle| {
            lang.left_stopped(&hours_left(lang, cycle.remaining_seconds), &date_time(lang, cycle.ends_at))
        }),
        Face::Pending => Some(match status.panel.kept_until {
            Some(until) => lang.note_kept(lang.note_pending(), &date_time(lang, until)),
            None => lang.note_pending().to_owned(),
        }),
        Face::Creating => Some(lang.note_creating().to_owned()),
        Face::Grace => Some(lang.note_grace().to_owned()),
        Face::Expired => Some(lang.note_expired().to_owned()),
        Face::Returning | Face::Opening => Some(lang.note_returning().to_owned()),
        Face::Suspended => Some(lang.note_suspended().to_owned()),
        Face::Failed if status.billing.state == BillingState::Trial => Some(lang.note_trial_failed().to_owned()),
        Face::Failed => Some(lang.note_failed().to_owned()),
        Face::Deleting | Face::Deleted => None,
    }
}

fn running(lang: Lang, status: &TenantStatus, cycle: &CycleView) -> String {
    let left = hours_left(lang, cycle.remaining_seconds);
    let Some(runs_out_at) = status.billing.runs_out_at else { return lang.left_only(&left) };
    if status.billing.cancels_at_end {
        return lang.left_cancelled(&left, &date(lang, runs_out_at));
    }
    let queued = i64::from(status.billing.queued_cycles);
    if queued > 0 {
        let until = date(lang, runs_out_at);
        return match queued {
            1 => lang.left_queued_one(&left, &until),
            _ => lang.left_queued_many(&left, &whole(lang, queued), &until),
        };
    }
    if let Some(price) = cycle.overage_price_per_hour {
        let (price, until) = (money(lang, price), date(lang, cycle.ends_at));
        if cycle.remaining_seconds > 0 {
            return lang.left_goes_on(&left, &until, &price);
        }
        return lang.left_beyond(&duration(lang, cycle.overage_seconds), &until, &price);
    }
    let early = cycle.ends_at.seconds_since(runs_out_at);
    // Within an hour of the end the two dates read alike; a warning would only confuse.
    if early >= HOUR {
        lang.left_runs_out(&left, &date(lang, runs_out_at), &stretch(lang, early))
    } else {
        lang.left_lasts(&left, &date(lang, cycle.ends_at))
    }
}

/// "6 panels. 2 need your attention."
#[must_use]
pub fn strip(lang: Lang, count: usize, urgent: usize) -> String {
    let number = |n: usize| whole(lang, i64::try_from(n).unwrap_or(i64::MAX));
    match (count, urgent) {
        (0, _) => lang.strip_none().to_owned(),
        (1, 0) => fixed(lang.strip_one_fine()),
        (1, _) => fixed(lang.strip_one_attention()),
        (_, 0) => lang.strip_all_fine(&number(count)),
        (_, 1) => lang.strip_attention_one(&number(count)),
        _ => lang.strip_attention_many(&number(count), &number(urgent)),
    }
}

/// Unread notices in words.
#[must_use]
pub fn unread(lang: Lang, count: u32) -> String {
    match count {
        0 => lang.notices_all_read().to_owned(),
        _ => counted(lang, count.into(), Lang::notices_unread_one, Lang::notices_unread_many),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::{active, now};
    use shared::api::tenants::PanelStatus;
    use shared::money::{Currency, Money};
    use shared::time::DAY;

    #[test]
    fn a_slow_panel_lasts_until_the_cycle_ends() {
        let status = active(142, 360);
        let said = sentence(Lang::En, &status).unwrap();
        assert_eq!(said, "218 hours left. At this pace they last until the cycle ends on 7 Dec 2026.");
    }

    #[test]
    fn a_fast_panel_names_the_day_and_how_early_it_is() {
        let mut status = active(289, 360);
        status.billing.runs_out_at = Some(now().plus(11 * DAY));
        let said = sentence(Lang::En, &status).unwrap();
        assert_eq!(said, "71 hours left. At this pace they run out on 3 Dec 2026, 4 days before the cycle ends.");
        let said = sentence(Lang::Bn, &status).unwrap();
        assert_eq!(said, "৭১ ঘণ্টা বাকি। এই হারে ৩ ডিসেম্বর ২০২৬ শেষ হবে, চক্র শেষের ৪ দিন আগে।");
    }

    #[test]
    fn a_waiting_cycle_turns_the_warning_into_a_comfort() {
        let mut status = active(289, 360);
        status.billing.queued_cycles = 1;
        status.billing.runs_out_at = Some(now().plus(40 * DAY));
        let said = sentence(Lang::En, &status).unwrap();
        assert!(said.contains("1 paid cycle waits") && said.contains("1 Jan 2027"), "{said}");
    }

    // Harm prevented: an order is given up, and nobody ever said that it would be.
    #[test]
    fn an_unpaid_order_says_how_long_it_waits() {
        let mut status = active(0, 360);
        status.panel.status = PanelStatus::Pending;
        status.billing.cycle = None;
        assert_eq!(sentence(Lang::En, &status).as_deref(), Some("Pay once and the panel is set up by itself."));
        status.panel.kept_until = Some(now());
        let said = sentence(Lang::En, &status).unwrap();
        assert!(said.ends_with(&format!("kept until {}.", date_time(Lang::En, now()))), "{said}");
    }

    // Harm prevented: whoever cancelled reads nothing of it on the card, and is surprised when the panel closes.
    #[test]
    fn a_cancelled_panel_names_the_day_on_which_it_closes() {
        let mut status = active(142, 360);
        status.billing.cancels_at_end = true;
        let said = sentence(Lang::En, &status).unwrap();
        assert_eq!(said, "218 hours left. It was cancelled, and closes on 7 Dec 2026.");
    }

    // Harm prevented: a customer reads that the hours last, and each of them is charged.
    #[test]
    fn where_service_goes_on_beyond_the_hours_its_price_is_said() {
        let mut status = active(350, 360);
        let priced = |status: &mut TenantStatus, used: i64, beyond: i64| {
            let cycle = status.billing.cycle.as_mut().unwrap();
            cycle.overage_price_per_hour = Some(Money::new(1_150, Currency::Bdt));
            (cycle.remaining_seconds, cycle.overage_seconds) = ((360 - used) * HOUR, beyond * HOUR);
        };
        priced(&mut status, 350, 0);
        let said = |lang, status: &TenantStatus| sentence(lang, status).unwrap().replace('\u{a0}', " ");
        let left = "10 hours left in this cycle, which ends on 7 Dec 2026. Each hour beyond them costs ৳ 11.50.";
        assert_eq!(said(Lang::En, &status), left);
        priced(&mut status, 360, 26);
        let beyond = "26 h beyond the hours of this cycle so far, at ৳ 11.50 an hour. It ends on 7 Dec 2026.";
        assert_eq!(said(Lang::En, &status), beyond);
        assert!(said(Lang::Bn, &status).contains("২৬ ঘণ্টা"), "{}", said(Lang::Bn, &status));
        status.billing.queued_cycles = 1;
        assert!(said(Lang::En, &status).contains("1 paid cycle waits"), "then the next one begins");
    }

    #[test]
    fn without_a_forecast_none_is_made_up() {
        let mut status = active(142, 360);
        status.billing.runs_out_at = None;
        assert_eq!(sentence(Lang::En, &status).as_deref(), Some("218 hours left."));
    }

    #[test]
    fn the_strip_counts_in_whole_sentences() {
        assert_eq!(strip(Lang::En, 6, 2), "6 panels. 2 need your attention.");
        assert_eq!(strip(Lang::En, 1, 0), "1 panel. It is fine.");
        assert_eq!(strip(Lang::Bn, 6, 1), "৬টি প্যানেল। একটিতে আপনার মনোযোগ দরকার।");
    }
}
