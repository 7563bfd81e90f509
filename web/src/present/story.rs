//! What happened, in sentences: audit rows and notices. Codes that this version does not know are shown plainly.

use super::markup::Markup;
use crate::format::calendar::{date_time, stamp};
use crate::format::{counted, whole};
use crate::i18n::Lang;
use shared::api::history::{ActorKind, AuditView, NoticeKind, NoticeView};

/// An audit row as a sentence.
#[must_use]
pub fn sentence(lang: Lang, row: &AuditView) -> String {
    let told = match (row.what.as_str(), &row.from, &row.to) {
        ("panel_moved", Some(from), Some(to)) => lang.moved_panel(&state(lang, from), &state(lang, to)),
        ("panel_moved", None, Some(to)) => lang.moved_panel_to(&state(lang, to)),
        ("billing_moved", Some(from), Some(to)) => lang.moved_billing(&state(lang, from), &state(lang, to)),
        ("billing_moved", None, Some(to)) => lang.moved_billing_to(&state(lang, to)),
        ("payment_moved", _, Some(to)) => payment(lang, to),
        ("payment_settled", ..) => lang.payment_settled().to_owned(),
        // Their reasons are the gateway's own words, or a number of its.
        ("second_charge", ..) => return lang.second_charge().to_owned(),
        ("foreign_charge_claimed", ..) => return lang.foreign_charge().to_owned(),
        ("notice_rejected", ..) => return lang.notice_rejected().to_owned(),
        ("notice_unconfirmed", ..) => return lang.notice_unconfirmed().to_owned(),
        ("credit_note_issued", ..) => lang.told_credit_note().to_owned(),
        ("plan_moved", Some(from), Some(to)) => lang.plan_moved(from, to),
        ("cycle_started", ..) => lang.cycle_started().to_owned(),
        ("cycle_ended", ..) => lang.cycle_over().to_owned(),
        ("cycle_queued", ..) => lang.cycle_queued_up().to_owned(),
        ("cycle_withdrawn", ..) => lang.cycle_withdrawn().to_owned(),
        ("order_expired", ..) => lang.order_expired().to_owned(),
        ("refund_moved", _, Some(to)) => refund(lang, to),
        ("manual_payment_recorded", ..) => lang.manual_recorded().to_owned(),
        ("manual_payment_decided", _, Some(to)) if to == "approved" => lang.manual_approved().to_owned(),
        ("manual_payment_decided", ..) => lang.manual_rejected().to_owned(),
        ("alert_resolved", ..) => lang.alert_resolved().to_owned(),
        ("cycle_upgraded", ..) => lang.cycle_upgraded().to_owned(),
        ("usage_corrected", ..) => lang.usage_corrected().to_owned(),
        ("copy_requested", ..) => lang.copy_wanted().to_owned(),
        ("restore_requested", ..) => lang.restore_asked().to_owned(),
        ("panel_ordered", ..) => lang.was_ordered().to_owned(),
        ("adopted", ..) => lang.was_adopted().to_owned(),
        ("panel_placed", ..) => lang.was_placed().to_owned(),
        ("cancelled", ..) => lang.was_cancelled().to_owned(),
        ("cancellation_withdrawn", ..) => lang.cancellation_withdrawn().to_owned(),
        (other, ..) => lang.happened(&other.replace('_', " ")),
    };
    // A row whose reason is the event itself would only say the same thing twice.
    match row.why.as_deref().filter(|why| !why.is_empty() && *why != row.what) {
        Some(why) => lang.because(&told, &reason(lang, why)),
        None => told,
    }
}

/// What happened, newest first.
#[must_use]
pub fn history(lang: Lang, rows: &[AuditView]) -> String {
    let mut out = Markup::default();
    if rows.is_empty() {
        out.within("<p>", lang.history_empty(), "</p>");
    }
    out.tags("<ul class=\"rows\">");
    for row in rows {
        out.within("<li><p class=\"row-head small\"><time datetime=\"", &stamp(row.at), "\">")
            .within("", &date_time(lang, row.at), "</time>")
            .within("<span>", actor(lang, row.actor), "</span></p>")
            .within("<p>", &sentence(lang, row), "</p></li>");
    }
    out.tags("</ul>");
    out.done()
}

/// Notices as sentences, newest first.
#[must_use]
pub fn notices(lang: Lang, items: &[NoticeView]) -> String {
    let mut out = Markup::default();
    out.tags("<ul class=\"rows\">");
    for item in items {
        out.tags("<li><p class=\"row-head\">");
        if !item.read {
            out.within("<span class=\"badge blue\">", lang.notice_new(), "</span>");
        }
        out.within("<time class=\"small\" datetime=\"", &stamp(item.at), "\">")
            .within("", &date_time(lang, item.at), "</time></p>")
            .within("<p>", &notice(lang, item.kind, item.value), "</p></li>");
    }
    out.tags("</ul>");
    out.done()
}

/// Who caused it.
#[must_use]
pub const fn actor(lang: Lang, actor: ActorKind) -> &'static str {
    match actor {
        ActorKind::Customer => lang.actor_customer(),
        ActorKind::Operator => lang.actor_operator(),
        ActorKind::Gateway => lang.actor_gateway(),
        ActorKind::System => lang.actor_system(),
    }
}

/// A notice as a sentence.
#[must_use]
pub fn notice(lang: Lang, kind: NoticeKind, value: Option<u32>) -> String {
    let count = value.unwrap_or(0).into();
    let value = whole(lang, count);
    let told = match kind {
        NoticeKind::DaysLeft => return counted(lang, count, Lang::told_day_left, Lang::told_days_left),
        NoticeKind::HoursLeft => return counted(lang, count, Lang::told_hour_left, Lang::told_hours_left),
        NoticeKind::UsedPercent => return lang.told_used_percent(&value),
        NoticeKind::UsersPercent => return lang.told_users_percent(&value),
        NoticeKind::StoragePercent => return lang.told_storage_percent(&value),
        NoticeKind::Upgraded => lang.told_upgraded(),
        NoticeKind::GraceBegan => lang.told_grace(),
        NoticeKind::Expired => lang.told_expired(),
        NoticeKind::Renewed => lang.told_renewed(),
        NoticeKind::Resumed => lang.told_resumed(),
        NoticeKind::SuspendedByOperator => lang.told_suspended(),
        NoticeKind::PaymentCredited => lang.told_credited(),
        NoticeKind::CreditNoteIssued => lang.told_credit_note(),
        NoticeKind::PaymentHeld => lang.told_held(),
        NoticeKind::Refunded => lang.told_refunded(),
        NoticeKind::CreationFailed => lang.told_creation_failed(),
        NoticeKind::Restored => lang.told_restored(),
        NoticeKind::RestoreFailed => lang.told_restore_failed(),
        NoticeKind::Removed => lang.told_removed(),
        NoticeKind::GivenUp => lang.told_given_up(),
    };
    told.to_owned()
}

fn payment(lang: Lang, state: &str) -> String {
    let known = match state {
        "open" => lang.payment_started(),
        "settled" => lang.payment_settled(),
        "failed" => lang.payment_failed(),
        "cancelled" => lang.payment_cancelled(),
        "expired" => lang.payment_expired(),
        "held" => lang.payment_held(),
        "mismatch" => lang.payment_mismatch(),
        "credited" => lang.payment_credited(),
        "refunded" => lang.payment_refunded(),
        unknown => return lang.payment_moved(&unknown.replace('_', " ")),
    };
    known.to_owned()
}

fn refund(lang: Lang, state: &str) -> String {
    let known = match state {
        "requested" => lang.refund_requested(),
        "processing" => lang.refund_processing(),
        "refunded" => lang.refund_done(),
        "cancelled" => lang.refund_cancelled(),
        unknown => return lang.happened(&unknown.replace('_', " ")),
    };
    known.to_owned()
}

fn state(lang: Lang, code: &str) -> String {
    let known = match code {
        "pending" => lang.badge_pending(),
        "creating" => lang.badge_creating(),
        "active" => lang.badge_active(),
        "stopped" => lang.badge_stopped(),
        "suspended" => lang.badge_suspended(),
        "failed" => lang.badge_failed(),
        "deleting" => lang.badge_deleting(),
        "deleted" => lang.badge_deleted(),
        "grace" => lang.badge_grace(),
        "expired" => lang.badge_expired(),
        "none" => lang.word_none(),
        "trial" => lang.word_trial(),
        unknown => return unknown.replace('_', " "),
    };
    known.to_ascii_lowercase()
}

/// Codes become words; what a person wrote stays as it is.
fn reason(lang: Lang, why: &str) -> String {
    let known = match why {
        "hours_used_up" => lang.why_hours_used_up(),
        "time_elapsed" => lang.why_time_elapsed(),
        "grace_over" => lang.why_grace_over(),
        "payment_settled" => lang.why_payment_settled(),
        "confirmed" => lang.why_confirmed(),
        "risky" => lang.why_risky(),
        "not_as_ordered" => lang.why_not_as_ordered(),
        "not_paid" => lang.why_not_paid(),
        "gateway_refused" => lang.why_gateway_refused(),
        "accepted" => lang.why_accepted(),
        "paid_by_credit" => lang.why_paid_by_credit(),
        "not paid in time" => lang.why_not_in_time(),
        "trial_started" => lang.why_trial_started(),
        "panel_ready" => lang.why_panel_ready(),
        "creation_failed" => lang.why_creation_failed(),
        "retried" => lang.why_retried(),
        "by_customer" => lang.why_by_customer(),
        "by_operator" => lang.why_by_operator(),
        "panel_opened" => lang.why_panel_opened(),
        "deletion_requested" => lang.why_deletion_requested(),
        "refunded" => lang.why_refunded(),
        "removed" => lang.why_removed(),
        "never_paid" => lang.why_never_paid(),
        unknown if unknown.contains(' ') => unknown.trim_end_matches('.'),
        unknown => return unknown.replace('_', " "),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::time::Timestamp;

    fn row(what: &str, from: Option<&str>, to: Option<&str>, why: Option<&str>) -> AuditView {
        AuditView {
            id: "aud_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            at: Timestamp::EPOCH,
            actor: ActorKind::System,
            what: what.to_owned(),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            why: why.map(str::to_owned),
        }
    }

    #[test]
    fn known_rows_read_as_sentences() {
        let moved = row("panel_moved", Some("active"), Some("suspended"), Some("hours_used_up"));
        let said = sentence(Lang::En, &moved);
        assert_eq!(said, "The panel went from active to suspended. Reason: the hours were used up.");
    }

    // Harm prevented: a customer reads a code of ours, or what the gateway wrote to us, as an account of what happened.
    #[test]
    fn codes_and_the_gateways_words_are_not_shown() {
        let moved = row("plan_moved", Some("Standard v2"), Some("Large v1"), None);
        assert_eq!(sentence(Lang::En, &moved), "The plan of the next cycle went from Standard v2 to Large v1.");
        for what in ["second_charge", "foreign_charge_claimed", "notice_rejected", "notice_unconfirmed"] {
            for lang in [Lang::En, Lang::Bn] {
                let said = sentence(lang, &row(what, None, None, Some("val_id 17: no route")));
                assert!(
                    !said.contains("val_id") && !said.contains(lang.happened("").trim_end_matches(['.', '।'])),
                    "{said}"
                );
            }
        }
    }

    #[test]
    fn a_payment_is_told_by_what_it_became() {
        let moved = row("payment_moved", Some("open"), Some("cancelled"), Some("not_paid"));
        let said = sentence(Lang::En, &moved);
        assert_eq!(said, "A payment was cancelled. Nothing was charged. Reason: it was not paid.");
        let odd = row("payment_moved", Some("open"), Some("sent_back"), None);
        assert_eq!(sentence(Lang::En, &odd), "A payment became sent back.");
    }

    #[test]
    fn money_on_its_way_back_is_told_step_by_step() {
        let back = row("refund_moved", Some("processing"), Some("refunded"), Some("Paid twice"));
        assert_eq!(sentence(Lang::En, &back), "The gateway has sent money back. Reason: Paid twice.");
        let typed = row("manual_payment_decided", Some("recorded"), Some("rejected"), Some("TRX 9"));
        assert!(sentence(Lang::En, &typed).contains("rejected"));
    }

    // Harm prevented: what a person typed as a reason becomes a part of the page.
    #[test]
    fn a_history_holds_its_rows_as_text() {
        let typed = row("panel_moved", None, Some("suspended"), Some("<b>call us</b> now"));
        let drawn = history(Lang::En, &[typed]);
        assert!(drawn.contains("&lt;b&gt;call us&lt;/b&gt; now") && drawn.matches("<li>").count() == 1, "{drawn}");
        assert!(history(Lang::En, &[]).contains("Nothing has happened yet."));
    }

    #[test]
    fn notices_of_a_panel_say_which_are_new() {
        let new = NoticeView {
            id: "ntc_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            tenant_id: "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            tenant_name: "A & B".to_owned(),
            kind: NoticeKind::GraceBegan,
            value: None,
            at: Timestamp::EPOCH,
            read: false,
        };
        let seen = NoticeView { read: true, ..new.clone() };
        let drawn = notices(Lang::En, &[new, seen]);
        assert_eq!((drawn.matches("<li>").count(), drawn.matches("badge blue").count()), (2, 1), "{drawn}");
    }

    #[test]
    fn one_day_is_not_told_as_many() {
        let told = |value| notice(Lang::En, NoticeKind::DaysLeft, Some(value));
        assert!(told(1).starts_with("1 day of the cycle is left.") && told(2).starts_with("2 days"), "{}", told(1));
        assert!(notice(Lang::Bn, NoticeKind::HoursLeft, Some(1)).starts_with("১ ঘণ্টা বাকি।"));
    }

    #[test]
    fn unknown_codes_are_shown_plainly() {
        let odd = row("moon_landed", None, None, Some("tide_turned"));
        assert_eq!(sentence(Lang::En, &odd), "Recorded: moon landed. Reason: tide turned.");
        let typed = row("panel_moved", None, Some("suspended"), Some("Unpaid invoice, see mail."));
        assert_eq!(sentence(Lang::En, &typed), "The panel became suspended. Reason: Unpaid invoice, see mail.");
    }
}
