//! Notices on a page of their own: grouped by day, each with the page where one can do something about it.

use crate::format::calendar::date;
use crate::i18n::Lang;
use shared::api::history::{NoticeKind, NoticeView};
use shared::time::Timestamp;

/// Where a notice leads whoever `may_pay` or may not, and what the link says.
#[must_use]
pub fn leads(notice: &NoticeView, may_pay: bool) -> (String, fn(Lang) -> &'static str) {
    let panel = || format!("/panels/{}", notice.tenant_id);
    match notice.kind {
        NoticeKind::GraceBegan | NoticeKind::Expired if may_pay => (format!("{}/pay", panel()), Lang::notice_pay),
        NoticeKind::PaymentCredited | NoticeKind::CreditNoteIssued => ("/credit".to_owned(), Lang::notice_credit),
        NoticeKind::GraceBegan
        | NoticeKind::Expired
        | NoticeKind::DaysLeft
        | NoticeKind::HoursLeft
        | NoticeKind::UsedPercent
        | NoticeKind::UsersPercent
        | NoticeKind::StoragePercent
        | NoticeKind::Renewed
        | NoticeKind::Upgraded
        | NoticeKind::Resumed
        | NoticeKind::SuspendedByOperator
        | NoticeKind::PaymentHeld
        | NoticeKind::Refunded
        | NoticeKind::CreationFailed
        | NoticeKind::Restored
        | NoticeKind::RestoreFailed
        | NoticeKind::Removed => (panel(), Lang::notice_panel),
        NoticeKind::GivenUp => ("/new".to_owned(), Lang::add_panel),
    }
}

/// Stretches of what happened on one day, by its instant, in the order given.
#[must_use]
pub fn by_day<T>(items: &[T], at: fn(&T) -> Timestamp) -> Vec<&[T]> {
    let day = |item: &T| date(Lang::En, at(item));
    items.chunk_by(|one, next| day(one) == day(next)).collect()
}

/// The newest notices and, after them, those that were known before and are older; true if nothing can be missing between the
/// two. Otherwise the known ones are left out. Both are newest first.
#[must_use]
pub fn joined(newest: &[NoticeView], known: Vec<NoticeView>) -> (Vec<NoticeView>, bool) {
    let mut all = newest.to_vec();
    let Some(last) = newest.last().map(|notice| notice.id) else { return (all, false) };
    let meet = known.first().is_some_and(|first| first.id >= last);
    if meet {
        all.extend(known.into_iter().filter(|notice| notice.id < last));
    }
    (all, meet)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(kind: NoticeKind, at: &str) -> NoticeView {
        let (id, tenant_id) = (uuid::Uuid::from_bytes([1; 16]), uuid::Uuid::from_bytes([2; 16]));
        NoticeView {
            id: shared::ids::NoticeId::new(id),
            tenant_id: shared::ids::TenantId::new(tenant_id),
            tenant_name: "t".to_owned(),
            kind,
            value: None,
            at: at.parse().unwrap(),
            read: false,
        }
    }

    // Harm prevented: what happened at one in the morning stands under the day before, because that is still UTC's.
    #[test]
    fn a_day_is_one_of_bangladesh() {
        let instants = ["2026-11-22T20:00:00Z", "2026-11-22T18:00:00Z", "2026-11-22T17:59:59Z"];
        let items = instants.map(|at| notice(NoticeKind::Renewed, at));
        let lengths: Vec<usize> = by_day(&items, |notice| notice.at).iter().map(|day| day.len()).collect();
        assert_eq!(lengths, [2, 1]);
        assert!(by_day::<NoticeView>(&[], |notice| notice.at).is_empty());
    }

    // Harm prevented: while older notices are read a new one comes, and the one that it pushes off the first page is on none; or
    // a whole page came, and what is missing before the older ones is passed over in silence.
    #[test]
    fn nothing_is_lost_between_the_newest_and_the_older() {
        let numbered = |number: u8| NoticeView {
            id: shared::ids::NoticeId::new(uuid::Uuid::from_bytes([number; 16])),
            ..notice(NoticeKind::Renewed, "2026-11-22T20:00:00Z")
        };
        let of = |numbers: &[u8]| numbers.iter().map(|number| numbered(*number)).collect::<Vec<_>>();
        assert_eq!(joined(&of(&[6, 5]), of(&[5, 4, 3, 2])), (of(&[6, 5, 4, 3, 2]), true));
        let read = NoticeView { read: true, ..numbered(4) };
        assert!(joined(&of(&[5]), vec![numbered(5), read]).0.last().is_some_and(|last| last.read));
        assert_eq!(joined(&of(&[9, 8]), of(&[5, 4])), (of(&[9, 8]), false));
        assert_eq!(joined(&of(&[9, 8]), vec![]), (of(&[9, 8]), false));
        assert_eq!(joined(&[], of(&[5])), (vec![], false));
    }

    // Harm prevented: a panel is closed, and its notice leads to a page on which nobody can pay.
    #[test]
    fn what_waits_for_money_leads_to_paying() {
        let path = |kind| leads(&notice(kind, "2026-11-22T20:00:00Z"), true).0;
        assert!(path(NoticeKind::Expired).ends_with("/pay"));
        assert!(path(NoticeKind::Renewed).starts_with("/panels/ten_"));
        assert_eq!(path(NoticeKind::CreditNoteIssued), "/credit");
        let expired = notice(NoticeKind::Expired, "2026-11-22T20:00:00Z");
        assert!(!leads(&expired, false).0.contains("/pay"), "whoever may not pay sees the panel");
    }
}
