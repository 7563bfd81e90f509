//! The refunds of the one store: accepted, then under way, then paid back or given up. Knows no HTTP and no clock.

use serde::{Deserialize, Serialize};
use shared::money::Money;

/// How a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    /// Accepted; the money is on its way.
    Processing,
    /// The customer has it.
    Refunded,
    /// It will not be paid back.
    Cancelled,
}

/// How a refund can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundEnd {
    /// The customer has it.
    Refunded,
    /// It will not be paid back; what was charged can be refunded again.
    Cancelled,
}

impl RefundStatus {
    /// As answered.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Processing => "processing",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One refund that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refund {
    /// The shop's name for the payment.
    pub tran_id: String,
    /// The bank's name for the charge.
    pub bank_tran_id: String,
    /// The shop's name for the refund, if it gave one.
    pub refund_trans_id: Option<String>,
    /// The gateway's name for the refund.
    pub refund_ref_id: String,
    /// How much, in taka.
    pub amount: Money,
    /// Why, in the shop's words.
    pub remarks: String,
    /// How it stands.
    pub status: RefundStatus,
    /// How often it was asked after.
    pub queries: u32,
    /// When it was accepted.
    pub initiated_at: i64,
    /// When it was paid back or given up.
    pub settled_at: Option<i64>,
}

/// What a shop asks for.
pub(super) struct Wanted<'w> {
    pub(super) bank_tran_id: &'w str,
    pub(super) refund_trans_id: Option<&'w str>,
    pub(super) amount: Money,
    pub(super) remarks: &'w str,
}

/// What became of a wish.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Initiated {
    /// A new refund.
    Accepted(Refund),
    /// The one that has this `refund_trans_id` already.
    Already(Refund),
    /// More than is left of the charge.
    TooMuch,
}

/// All refunds, oldest first.
#[derive(Default)]
pub(super) struct Refunds {
    all: Vec<Refund>,
}

impl Refunds {
    /// Every refund that was accepted.
    pub(super) fn all(&self) -> &[Refund] {
        &self.all
    }

    /// Takes a wish for a charge of `charged` under `tran_id`; a new refund is named `name`.
    pub(super) fn initiate(
        &mut self,
        wanted: &Wanted<'_>,
        (tran_id, charged): (&str, Money),
        name: impl FnOnce() -> String,
        now: i64,
    ) -> Initiated {
        let same =
            |it: &&Refund| wanted.refund_trans_id.is_some() && it.refund_trans_id.as_deref() == wanted.refund_trans_id;
        if let Some(before) = self.all.iter().find(same) {
            return Initiated::Already(before.clone());
        }
        let of_charge = |it: &&Refund| it.bank_tran_id == wanted.bank_tran_id && it.status != RefundStatus::Cancelled;
        let taken: i128 = self.all.iter().filter(of_charge).map(|it| i128::from(it.amount.minor)).sum();
        if wanted.amount.minor < 1 || taken + i128::from(wanted.amount.minor) > i128::from(charged.minor) {
            return Initiated::TooMuch;
        }
        let refund = Refund {
            tran_id: tran_id.to_owned(),
            bank_tran_id: wanted.bank_tran_id.to_owned(),
            refund_trans_id: wanted.refund_trans_id.map(str::to_owned),
            refund_ref_id: name(),
            amount: wanted.amount,
            remarks: wanted.remarks.to_owned(),
            status: RefundStatus::Processing,
            queries: 0,
            initiated_at: now,
            settled_at: None,
        };
        self.all.push(refund.clone());
        Initiated::Accepted(refund)
    }

    /// A question about a refund. After `patience` questions that were answered `processing` it has ended as `end`; it
    /// never ends of itself if `patience` is `None`.
    pub(super) fn ask(
        &mut self,
        refund_ref_id: &str,
        patience: Option<u32>,
        end: RefundEnd,
        now: i64,
    ) -> Option<Refund> {
        let refund = self.all.iter_mut().find(|it| it.refund_ref_id == refund_ref_id)?;
        if patience.is_some_and(|patience| refund.queries >= patience) {
            refund.end(end, now);
        }
        refund.queries = refund.queries.saturating_add(1);
        Some(refund.clone())
    }

    /// Ends a refund that is under way; `false` if there is none of that name.
    pub(super) fn settle(&mut self, refund_ref_id: &str, end: RefundEnd, now: i64) -> bool {
        self.all.iter_mut().find(|it| it.refund_ref_id == refund_ref_id).is_some_and(|it| it.end(end, now))
    }
}

impl Refund {
    fn end(&mut self, end: RefundEnd, now: i64) -> bool {
        let under_way = self.status == RefundStatus::Processing;
        if under_way {
            self.settled_at = Some(now);
            self.status = match end {
                RefundEnd::Refunded => RefundStatus::Refunded,
                RefundEnd::Cancelled => RefundStatus::Cancelled,
            };
        }
        under_way
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::money::Currency;

    const fn taka(minor: i64) -> Money {
        Money::new(minor, Currency::Bdt)
    }

    fn ask_for(refunds: &mut Refunds, name: Option<&str>, minor: i64) -> Initiated {
        let wanted = Wanted { bank_tran_id: "B1", refund_trans_id: name, amount: taka(minor), remarks: "returned" };
        let number = refunds.all().len();
        refunds.initiate(&wanted, ("T1", taka(10_000)), || format!("ref{number}"), 5)
    }

    // Harm prevented: a shop that repeats a refund after a timeout pays the customer back twice.
    #[test]
    fn the_same_name_is_the_same_refund() {
        let mut refunds = Refunds::default();
        let Initiated::Accepted(first) = ask_for(&mut refunds, Some("R1"), 4_000) else { panic!("not accepted") };
        assert_eq!(ask_for(&mut refunds, Some("R1"), 4_000), Initiated::Already(first));
        assert_eq!(refunds.all().len(), 1);
    }

    // Harm prevented: partial refunds add up to more than was charged, and the rehearsal does not show it.
    #[test]
    fn no_more_is_paid_back_than_was_charged() {
        let mut refunds = Refunds::default();
        assert!(matches!(ask_for(&mut refunds, None, 6_000), Initiated::Accepted(_)));
        assert_eq!(ask_for(&mut refunds, None, 4_001), Initiated::TooMuch);
        assert!(matches!(ask_for(&mut refunds, None, 4_000), Initiated::Accepted(_)));
        assert_eq!(ask_for(&mut refunds, None, 1), Initiated::TooMuch);
        assert!(refunds.settle("ref0", RefundEnd::Cancelled, 9));
        assert!(matches!(ask_for(&mut refunds, None, 6_000), Initiated::Accepted(_)));
        assert_eq!(ask_for(&mut Refunds::default(), None, 0), Initiated::TooMuch);
    }

    // Harm prevented: a refund that has ended changes its mind, and two books disagree for ever.
    #[test]
    fn an_ended_refund_stays_as_it_is() {
        let mut refunds = Refunds::default();
        ask_for(&mut refunds, None, 1_000);
        let status = |refund: Option<Refund>| refund.map(|it| (it.status, it.settled_at));
        let ask = |refunds: &mut Refunds, patience| status(refunds.ask("ref0", patience, RefundEnd::Refunded, 7));
        assert_eq!(ask(&mut refunds, None), Some((RefundStatus::Processing, None)));
        assert_eq!(ask(&mut refunds, Some(2)), Some((RefundStatus::Processing, None)));
        assert_eq!(ask(&mut refunds, Some(2)), Some((RefundStatus::Refunded, Some(7))));
        assert!(!refunds.settle("ref0", RefundEnd::Cancelled, 9));
        assert_eq!(ask(&mut refunds, Some(0)), Some((RefundStatus::Refunded, Some(7))));
        assert_eq!(refunds.ask("another", Some(0), RefundEnd::Refunded, 7), None);
    }
}
