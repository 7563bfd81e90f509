//! The words on a card: state, figure, meter, limits.

use super::face::{Colour, Face};
use super::markup::Markup;
use crate::address::mail_to;
use crate::format::calendar::{date, date_time, time_of_day};
use crate::format::{bytes, hours_full, hours_left, whole};
use crate::i18n::Lang;
use shared::api::tenants::{BillingState, Limit, LimitLevel, PanelStatus, TenantStatus};
use shared::time::Timestamp;

/// The state in the words of the contract.
#[must_use]
pub fn state_text(lang: Lang, status: &TenantStatus) -> String {
    let said = status.panel.message.clone().filter(|text| !text.trim().is_empty());
    match Face::of(status) {
        Face::Pending => lang.state_pending(),
        Face::Creating => lang.state_creating(),
        Face::Active => match status.billing.state {
            BillingState::Active => lang.state_active(),
            BillingState::Trial => lang.state_trial(),
            BillingState::None | BillingState::Grace | BillingState::Expired => lang.state_active_only(),
        },
        Face::Stopped => lang.state_stopped(),
        Face::Grace => match status.billing.grace_ends_at {
            Some(end) => return lang.state_grace(&date_time(lang, end)),
            None => lang.state_expired(),
        },
        Face::Expired => lang.state_expired(),
        Face::Returning => lang.state_returning(),
        Face::Opening => lang.state_opening(),
        Face::Suspended => return said.unwrap_or_else(|| lang.state_suspended().to_owned()),
        // The server has it in English alone; what to do stands below in either language.
        Face::Failed => match said {
            Some(reason) if lang == Lang::En => return reason,
            _ => lang.state_failed(),
        },
        Face::Deleting => lang.state_deleting(),
        Face::Deleted => lang.state_deleted(),
    }
    .to_owned()
}

/// Used hours and allowance, as whole hours: `("142", "360")`.
#[must_use]
pub fn figure(lang: Lang, status: &TenantStatus) -> Option<(String, String)> {
    let cycle = status.billing.cycle.as_ref()?;
    Some((hours_full(lang, cycle.used_seconds), hours_full(lang, cycle.allowance_seconds)))
}

/// Up to when usage is counted. While a panel is up that moves on by the minute, and the time says it; at rest it stands where
/// the panel was left, perhaps days ago. Nor does the time say it where counting has not come to the day of `now`.
#[must_use]
pub fn counted_until(lang: Lang, status: &TenantStatus, now: Option<Timestamp>) -> Option<String> {
    let at = status.as_of?;
    let is_today = now.is_some_and(|now| date(lang, now) == date(lang, at));
    let write = if is_today && status.panel.status == PanelStatus::Active { time_of_day } else { date_time };
    Some(write(lang, at))
}

/// What the meter says aloud.
#[must_use]
pub fn meter_value(lang: Lang, status: &TenantStatus) -> String {
    match (Face::of(status), figure(lang, status), &status.billing.cycle) {
        (Face::Creating, _, _) => match status.panel.progress_percent {
            Some(percent) => lang.setup_percent(&whole(lang, i64::from(percent))),
            None => lang.setup_unknown().to_owned(),
        },
        (Face::Grace | Face::Expired, Some((used, allowance)), _) => lang.meter_over(&used, &allowance),
        (_, Some((used, allowance)), Some(cycle)) => {
            lang.meter_value(&used, &allowance, &hours_left(lang, cycle.remaining_seconds))
        }
        _ => String::new(),
    }
}

/// "142 of 360 hours used", the first number large.
#[must_use]
pub fn figures(lang: Lang, status: &TenantStatus) -> String {
    let mut out = Markup::default();
    let drawn = !matches!(Face::of(status), Face::Pending | Face::Creating | Face::Failed);
    if let Some((used, allowance)) = figure(lang, status).filter(|_| drawn) {
        let whole = lang.hours_used(&used, &allowance);
        // In both languages the sentence begins with what was used; that figure grows.
        let (before, after) = whole.split_once(used.as_str()).unwrap_or_default();
        out.within("<p class=\"figure\">", before, "<strong>").within("", &used, "</strong>").within("", after, "</p>");
    }
    out.done()
}

/// The plan and its limits; near one of them also the way to a larger plan. Those who may order find it on the panel's page, the
/// others ask for it, if there is an address.
#[must_use]
pub fn limits(lang: Lang, status: &TenantStatus, may_order: bool, support: Option<&str>) -> String {
    let mut out = Markup::default();
    let (users, storage) = (status.limits.users, status.limits.storage_bytes);
    out.tags("<dl class=\"limits\">").fact(lang.plan_label(), &status.plan.name);
    limit(&mut out, lang, lang.users_label(), users, whole);
    limit(&mut out, lang, lang.storage_label(), storage, bytes);
    out.tags("</dl>");
    let is_near = users.level != LimitLevel::Ok || storage.level != LimitLevel::Ok;
    let larger = match support {
        _ if may_order => Some((format!("/panels/{}#plan", status.tenant_id), lang.larger_plan_see())),
        Some(address) => Some((mail_to(address, &lang.support_subject(&status.name)), lang.larger_plan())),
        None => None,
    };
    if let Some((href, said)) = larger.filter(|_| is_near) {
        out.within("<p class=\"row-head small\"><a data-testid=\"larger-plan\" href=\"", &href, "\">")
            .within("", said, "</a></p>");
    }
    out.done()
}

/// One limit: what is used of it, and how near that is, by icon and word.
fn limit(out: &mut Markup, lang: Lang, term: &str, limit: Limit, write: fn(Lang, i64) -> String) {
    let level = match limit.level {
        LimitLevel::Ok => None,
        LimitLevel::Near => Some((Colour::Yellow, lang.level_near())),
        LimitLevel::Reached => Some((Colour::Orange, lang.level_reached())),
        LimitLevel::Over => Some((Colour::Red, lang.level_over())),
    };
    out.within("<div><dt>", term, "</dt><dd>");
    if let Some((colour, word)) = level {
        out.within(
            "<span class=\"badge ",
            colour.name(),
            "\"><svg class=\"icon\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">",
        )
        .within("<path fill-rule=\"evenodd\" d=\"", colour.shape(), "\"/></svg>")
        .within("", word, "</span> ");
    }
    out.within("", &limit_words(lang, limit, write), "</dd></div>");
}

/// Zero is zero; `null` used is "not measured yet"; `null` limit is "no limit".
fn limit_words(lang: Lang, limit: Limit, write: fn(Lang, i64) -> String) -> String {
    match (limit.used, limit.limit) {
        (Some(used), Some(most)) => lang.limit_of(&write(lang, used), &write(lang, most)),
        (Some(used), None) => lang.limit_none(&write(lang, used)),
        (None, Some(most)) => lang.limit_unmeasured(&write(lang, most)),
        (None, None) => lang.limit_unmeasured_none().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::{active, now, suspended};
    use shared::api::tenants::{LimitLevel, SuspendReason};
    use shared::time::HOUR;

    #[test]
    fn the_fixed_texts_of_the_contract_are_said() {
        assert_eq!(state_text(Lang::En, &active(1, 360)), "Panel active · Active billing cycle");
        let expired = suspended(SuspendReason::BillingExpired, BillingState::Expired);
        assert_eq!(state_text(Lang::En, &expired), "Billing expired. Please renew");
        let paid = suspended(SuspendReason::BillingExpired, BillingState::Active);
        assert_eq!(state_text(Lang::En, &paid), "Payment received. The panel is coming back.");
        let starting = suspended(SuspendReason::Opening, BillingState::Active);
        assert_eq!(state_text(Lang::En, &starting), "The panel is being started. No hours are used yet.");
        let mut grace = active(360, 360);
        grace.billing.state = BillingState::Grace;
        grace.billing.grace_ends_at = Some(now());
        assert_eq!(state_text(Lang::En, &grace), "Billing expired. Please renew before 22 Nov 2026, 9:05\u{a0}pm");
    }

    #[test]
    fn the_operators_words_are_shown_as_they_are() {
        let mut closed = suspended(SuspendReason::ByOperator, BillingState::Active);
        closed.panel.message = Some("Please call us.".to_owned());
        assert_eq!(state_text(Lang::Bn, &closed), "Please call us.");
        closed.panel.message = None;
        assert_eq!(state_text(Lang::En, &closed), "The operator has closed this panel.");
    }

    // Harm prevented: a card in Bangla has the one sentence that says what went wrong in English.
    #[test]
    fn a_failure_is_told_in_the_readers_language() {
        let mut failed = suspended(SuspendReason::ByOperator, BillingState::Active);
        (failed.panel.status, failed.panel.message) = (PanelStatus::Failed, Some("There is no room now.".to_owned()));
        assert_eq!(state_text(Lang::En, &failed), "There is no room now.");
        assert_eq!(state_text(Lang::Bn, &failed), "প্যানেলটি তৈরি করা যায়নি।");
    }

    #[test]
    fn zero_unmeasured_and_unlimited_are_three_different_things() {
        let words = |used, limit| limit_words(Lang::En, Limit { used, limit, level: LimitLevel::Ok }, whole);
        assert_eq!(words(Some(0), Some(0)), "0 of 0");
        assert_eq!(words(Some(4), None), "4, no limit");
        assert_eq!(words(None, Some(10)), "not measured yet, up to 10");
        assert_eq!(words(None, None), "not measured yet, no limit");
    }

    // Harm prevented: a panel that is full looks like one with room, until somebody cannot work.
    #[test]
    fn what_is_nearly_full_says_so_with_a_word_and_whom_to_ask() {
        let mut status = active(1, 360);
        let calm = limits(Lang::En, &status, false, Some("help@example.com"));
        assert!(calm.contains("4 of 10") && !calm.contains("badge") && !calm.contains("mailto"), "{calm}");
        status.limits.users.level = LimitLevel::Near;
        status.limits.storage_bytes.level = LimitLevel::Over;
        let said = limits(Lang::En, &status, false, Some("help@example.com"));
        assert!(
            said.contains("badge yellow") && said.contains("Nearly full") && said.contains("Over the limit"),
            "{said}"
        );
        assert!(said.contains("mailto:help@example.com?subject=Help%20with%20Rahman%20Traders"), "{said}");
        assert!(!limits(Lang::Bn, &status, false, None).contains("larger-plan"));
    }

    // Harm prevented: an owner whose panel is full writes a mail and waits, while a click away the larger plan is sold.
    #[test]
    fn who_may_order_is_led_to_the_plans() {
        let mut status = active(1, 360);
        assert!(!limits(Lang::En, &status, true, None).contains("larger-plan"));
        status.limits.users.level = LimitLevel::Reached;
        let said = limits(Lang::En, &status, true, Some("help@example.com"));
        assert!(said.contains(&format!("href=\"/panels/{}#plan\">See larger plans<", status.tenant_id)), "{said}");
        assert!(!said.contains("mailto"), "{said}");
    }

    // Harm prevented: a panel that was stopped days ago seems to have been counted a moment ago.
    #[test]
    fn what_was_counted_days_ago_says_the_day() {
        let mut status = active(1, 360);
        let said = |status: &TenantStatus, now| counted_until(Lang::En, status, now).unwrap_or_default();
        assert_eq!(said(&status, Some(now())), "9:05\u{a0}pm");
        status.panel.status = PanelStatus::Stopped;
        assert_eq!(said(&status, Some(now())), "22 Nov 2026, 9:05\u{a0}pm");
        status.as_of = None;
        assert_eq!(counted_until(Lang::En, &status, Some(now())), None);
    }

    // Harm prevented: counting stood still all night, and in the morning yesterday's time reads as if it were fresh.
    #[test]
    fn what_was_counted_yesterday_says_the_day_though_the_panel_is_up() {
        let status = active(1, 360);
        let said = |now| counted_until(Lang::En, &status, now).unwrap_or_default();
        assert_eq!(said(Some(now().plus(2 * HOUR))), "9:05\u{a0}pm", "it is five past eleven");
        for later in [Some(now().plus(3 * HOUR)), Some(now().plus(24 * HOUR)), None] {
            assert_eq!(said(later), "22 Nov 2026, 9:05\u{a0}pm", "{later:?}");
        }
    }

    #[test]
    fn the_figure_that_grows_is_what_was_used() {
        let drawn = figures(Lang::En, &active(142, 360));
        assert_eq!(drawn, "<p class=\"figure\"><strong>142</strong> of 360 hours used</p>");
    }

    #[test]
    fn the_meter_says_what_it_shows() {
        assert_eq!(meter_value(Lang::En, &active(142, 360)), "142 of 360 hours used, 218 hours left");
    }
}
