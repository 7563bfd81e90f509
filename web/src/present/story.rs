//! What happened, in sentences: audit rows and notices. Codes that this version does not know are shown plainly.

use crate::i18n::Lang;
use shared::api::history::{ActorKind, AuditView, NoticeKind};

/// An audit row as a sentence.
#[must_use]
pub fn sentence(lang: Lang, row: &AuditView) -> String {
    let told = match (row.what.as_str(), &row.from, &row.to) {
        ("panel_moved", Some(from), Some(to)) => lang.moved_panel(&state(lang, from), &state(lang, to)),
        ("panel_moved", None, Some(to)) => lang.moved_panel_to(&state(lang, to)),
        ("billing_moved", Some(from), Some(to)) => lang.moved_billing(&state(lang, from), &state(lang, to)),
        ("billing_moved", None, Some(to)) => lang.moved_billing_to(&state(lang, to)),
        ("payment_settled", ..) => lang.payment_settled().to_owned(),
        ("payment_started" | "payment_opened", ..) => lang.payment_started().to_owned(),
        ("payment_failed", ..) => lang.payment_failed().to_owned(),
        ("payment_cancelled", ..) => lang.payment_cancelled().to_owned(),
        ("payment_expired", ..) => lang.payment_expired().to_owned(),
        ("payment_held", ..) => lang.payment_held().to_owned(),
        ("payment_mismatch", ..) => lang.payment_mismatch().to_owned(),
        ("payment_credited", ..) => lang.payment_credited().to_owned(),
        ("notice_rejected", ..) => lang.notice_rejected().to_owned(),
        ("cycle_started", ..) => lang.cycle_started().to_owned(),
        ("cycle_ended", ..) => lang.cycle_over().to_owned(),
        ("cycle_queued", ..) => lang.cycle_queued_up().to_owned(),
        (other, ..) => lang.happened(&other.replace('_', " ")),
    };
    // A row whose reason is the event itself would only say the same thing twice.
    match row.why.as_deref().filter(|why| !why.is_empty() && *why != row.what) {
        Some(why) => lang.because(&told, &reason(lang, why)),
        None => told,
    }
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
pub const fn notice(lang: Lang, kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::GraceBegan => lang.told_grace(),
        NoticeKind::Expired => lang.told_expired(),
        NoticeKind::Renewed => lang.told_renewed(),
        NoticeKind::Resumed => lang.told_resumed(),
        NoticeKind::SuspendedByOperator => lang.told_suspended(),
        NoticeKind::PaymentCredited => lang.told_credited(),
        NoticeKind::PaymentHeld => lang.told_held(),
        NoticeKind::CreationFailed => lang.told_creation_failed(),
    }
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
    known.to_lowercase()
}

/// Codes become words; what a person wrote stays as it is.
fn reason(lang: Lang, why: &str) -> String {
    let known = match why {
        "hours_used_up" => lang.why_hours_used_up(),
        "time_elapsed" => lang.why_time_elapsed(),
        "grace_over" => lang.why_grace_over(),
        "payment_settled" => lang.why_payment_settled(),
        "trial_started" => lang.why_trial_started(),
        "panel_ready" => lang.why_panel_ready(),
        "creation_failed" => lang.why_creation_failed(),
        "retried" => lang.why_retried(),
        "by_customer" => lang.why_by_customer(),
        "by_operator" => lang.why_by_operator(),
        "panel_opened" => lang.why_panel_opened(),
        "deletion_requested" => lang.why_deletion_requested(),
        "removed" => lang.why_removed(),
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

    #[test]
    fn unknown_codes_are_shown_plainly() {
        let odd = row("moon_landed", None, None, Some("tide_turned"));
        assert_eq!(sentence(Lang::En, &odd), "Recorded: moon landed. Reason: tide turned.");
        let typed = row("panel_moved", None, Some("suspended"), Some("Unpaid invoice, see mail."));
        assert_eq!(sentence(Lang::En, &typed), "The panel became suspended. Reason: Unpaid invoice, see mail.");
    }
}
