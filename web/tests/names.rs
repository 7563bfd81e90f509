//! Every name that the server writes for one of a few choices is the one that the dashboard reads.

#![allow(clippy::unwrap_used)]

use serde::Serialize;
use shared::api::auth::{Language, Role};
use shared::api::invoices::{InvoiceKind, Unit};
use shared::api::jobs::{BackupKind, JobKind, JobState, JobStep, JobTrouble};
use shared::api::notices::NoticeTopic;
use shared::api::payments::{PaymentState, ReceiptState, ReceiptWhy};
use shared::api::tenants::{Action, BillingState, EndedReason, LimitLevel, PanelStatus, SuspendReason};
use shared::billing::rating::{Aggregation, Meter};
use shared::money::Currency;
use std::fmt::Debug;
use web::json::{Wire, read};

fn same<T: Serialize + Wire + PartialEq + Debug>(value: T) {
    assert_eq!(read::<T>(&serde_json::to_string(&value).unwrap()), Some(value));
}

#[test]
fn every_name_is_the_one_on_the_wire() {
    Currency::ALL.into_iter().for_each(same);
    [Role::Operator, Role::Owner, Role::Billing, Role::Viewer].into_iter().for_each(same);
    [Language::En, Language::Bn].into_iter().for_each(same);
    use NoticeTopic::{Ended, Limits, Money, Paid, Panel, RunningLow};
    [RunningLow, Ended, Paid, Money, Limits, Panel].into_iter().for_each(same);
    [LimitLevel::Ok, LimitLevel::Near, LimitLevel::Reached, LimitLevel::Over].into_iter().for_each(same);
    [EndedReason::HoursUsedUp, EndedReason::TimeElapsed].into_iter().for_each(same);
    [SuspendReason::Opening, SuspendReason::BillingExpired, SuspendReason::ByOperator].into_iter().for_each(same);
    [BillingState::None, BillingState::Trial, BillingState::Active, BillingState::Grace, BillingState::Expired]
        .into_iter()
        .for_each(same);
    use PanelStatus::{Active, Creating, Deleted, Deleting, Failed, Pending, Stopped, Suspended};
    [Active, Creating, Deleted, Deleting, Failed, Pending, Stopped, Suspended].into_iter().for_each(same);
    [
        Action::PayNow,
        Action::StartTrial,
        Action::PayToRenew,
        Action::RenewEarly,
        Action::OpenPanel,
        Action::Inactive,
        Action::Start,
        Action::Stop,
        Action::Retry,
        Action::Refund,
        Action::ContactSupport,
        Action::Manage,
        Action::Suspend,
        Action::Resume,
    ]
    .into_iter()
    .for_each(same);
    [
        PaymentState::Open,
        PaymentState::Settled,
        PaymentState::Held,
        PaymentState::Mismatch,
        PaymentState::Credited,
        PaymentState::Failed,
        PaymentState::Cancelled,
        PaymentState::Expired,
        PaymentState::Refunded,
    ]
    .into_iter()
    .for_each(same);
    [ReceiptState::Settled, ReceiptState::Credited, ReceiptState::Held, ReceiptState::Returned]
        .into_iter()
        .for_each(same);
    use ReceiptWhy::{AsOrdered, NotAsOrdered, NothingToSettle, Risky, Second};
    [AsOrdered, NotAsOrdered, NothingToSettle, Risky, Second].into_iter().for_each(same);
    [InvoiceKind::Invoice, InvoiceKind::CreditNote].into_iter().for_each(same);
    [Unit::Cycles, Unit::Seconds, Unit::Users, Unit::Bytes].into_iter().for_each(same);
    [Meter::ActiveSeconds, Meter::Users, Meter::StorageBytes].into_iter().for_each(same);
    [Aggregation::Sum, Aggregation::Peak, Aggregation::TimeWeightedAverage].into_iter().for_each(same);
    use LimitLevel::{Near, Ok, Over, Reached};
    [Ok, Near, Reached, Over].into_iter().for_each(same);
}

// Harm prevented: a job or a copy of a kind that this program does not know spoils the whole answer, and no panel is shown.
#[test]
fn the_names_of_work_at_a_server_are_those_on_the_wire() {
    let kinds = [JobKind::SetUp, JobKind::BackUp, JobKind::Restore, JobKind::Remove];
    kinds.into_iter().for_each(same);
    kinds.into_iter().flat_map(JobKind::steps).copied().for_each(same);
    use JobStep::{Build, Copy, Drop, DropOld, Load, Name, Open, Place, SetAside, Try};
    [Place, Build, Load, Try, Name, SetAside, Open, DropOld, Copy, Drop].into_iter().for_each(same);
    [JobState::Running, JobState::Done, JobState::Failed].into_iter().for_each(same);
    use JobTrouble::{CopyGone, CopySpoilt, HostRefused, HostSilent, Internal, NameTaken, NoRoom, NotUp, TooLate};
    [NoRoom, NameTaken, NotUp, HostSilent, HostRefused, CopySpoilt, CopyGone, TooLate, Internal]
        .into_iter()
        .for_each(same);
    use BackupKind::{Asked, BeforeRestore, Last, Nightly};
    [Asked, Nightly, Last, BeforeRestore].into_iter().for_each(same);
}
