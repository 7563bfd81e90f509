//! What the server writes for the operator's desk and for an account's credit is what both programs read.

#![allow(clippy::unwrap_used)]

use serde::Serialize;
use shared::api::alerts::{AlertKind, AlertPage, AlertView, ReconciliationPage, ReconciliationView, Remedy};
use shared::api::credit::{Statement, StatementKind, StatementRow};
use shared::api::manual::{ManualMethod, ManualPaymentPage, ManualPaymentView, ManualState};
use shared::api::payments::{InboxRow, PaymentPage, PaymentRow};
use shared::api::refunds::{RefundPage, RefundState, RefundView};
use shared::money::{Currency, Money};
use shared::time::Timestamp;
use std::fmt::Debug;
use web::json::{Wire, read};
use web::present::desk::PAYMENT_STATES;

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn same<T: Serialize + Wire + PartialEq + Debug>(value: T) {
    assert_eq!(read::<T>(&written(&value)), Some(value));
}

fn id<T: std::str::FromStr<Err: Debug>>(prefix: &str) -> T {
    format!("{prefix}_01937b1c8f2e7c3d9a4b5c6d7e8f9012").parse().unwrap()
}

fn of<T: serde::de::DeserializeOwned>(prefix: &str) -> T {
    serde_json::from_str(&format!("\"{prefix}_01937b1c8f2e7c3d9a4b5c6d7e8f9012\"")).unwrap()
}

const NOON: Timestamp = Timestamp::from_unix(1_795_327_200);

fn taka(minor: i64) -> Money {
    Money::new(minor, Currency::Bdt)
}

const ALERTS: [AlertKind; 16] = [
    AlertKind::PaymentHeld,
    AlertKind::SecondCharge,
    AlertKind::RefundFailed,
    AlertKind::RefundUnclear,
    AlertKind::PaidThere,
    AlertKind::UnknownThere,
    AlertKind::AmountDiffers,
    AlertKind::FeeDiffers,
    AlertKind::ServerSilent,
    AlertKind::NoRoom,
    AlertKind::JobStuck,
    AlertKind::PromiseStuck,
    AlertKind::CopyFailed,
    AlertKind::DatabaseKept,
    AlertKind::PostSilent,
    AlertKind::LetterGivenUp,
];

const REMEDIES: [Remedy; 6] =
    [Remedy::Accept, Remedy::Refund, Remedy::Book, Remedy::TakeFee, Remedy::AskAgain, Remedy::Acknowledge];

fn alert(kind: AlertKind) -> AlertView {
    AlertView {
        alert_id: id(shared::ids::AlertId::PREFIX),
        kind,
        account_id: Some(id("acc")),
        tenant_id: Some(id("ten")),
        tenant_name: "t".into(),
        payment_id: Some(id("pay")),
        reference: "HG1".into(),
        receipt_id: Some(id(shared::ids::ReceiptId::PREFIX)),
        refund_id: Some(id(shared::ids::RefundId::PREFIX)),
        server_id: Some(id(shared::ids::ServerId::PREFIX)),
        here: None,
        there: Some("১".into()),
        at: NOON,
        reconciliation_id: Some(id(shared::ids::ReconciliationId::PREFIX)),
        remedies: REMEDIES.into(),
        resolved_at: Some(NOON),
        resolved_by: Some(of("usr")),
        remedy: Some(Remedy::Book),
        note: Some("n".into()),
    }
}

// Harm prevented: a field is renamed on the server, and the operator no longer sees what waits.
#[test]
fn alerts_and_comparisons_are_read_as_they_are_written() {
    same(AlertPage { items: ALERTS.map(alert).into(), open: 7, next_cursor: Some("c".into()) });
    let run = |finished_at| ReconciliationView {
        reconciliation_id: id(shared::ids::ReconciliationId::PREFIX),
        started_at: NOON,
        finished_at,
        since: NOON,
        asked: 9,
        agreed: 8,
        differences: 1,
        unknown: 0,
    };
    same(ReconciliationPage { items: vec![run(None), run(Some(NOON))], next_cursor: None });
}

#[test]
fn payments_refunds_and_messages_are_read_as_they_are_written() {
    let payment = |state| PaymentRow {
        payment_id: id("pay"),
        order_id: id("ord"),
        tenant_id: id("ten"),
        tenant_name: "t".into(),
        state,
        amount: taka(5),
        gateway: "sslcommerz".into(),
        reference: "HG1".into(),
        method: None,
        created_at: NOON,
        settled_at: Some(NOON),
    };
    same(PaymentPage { items: PAYMENT_STATES.map(payment).into(), next_cursor: None });
    let message = InboxRow {
        via: "ipn".into(),
        status: "VALID".into(),
        val_id: "v".into(),
        verdict: "signed".into(),
        outcome: None,
        received_at: NOON,
    };
    same(vec![message]);
    let refund = |state| RefundView {
        refund_id: id(shared::ids::RefundId::PREFIX),
        receipt_id: id(shared::ids::ReceiptId::PREFIX),
        payment_id: id("pay"),
        tenant_id: id("ten"),
        tenant_name: "t".into(),
        amount: taka(5),
        state,
        reason: "r".into(),
        reference: "HGR1".into(),
        gateway_reference: None,
        credit_note_id: Some(id("inv")),
        requested_at: NOON,
        finished_at: None,
        refusal: Some("no".into()),
    };
    let states = [RefundState::Requested, RefundState::Processing, RefundState::Refunded, RefundState::Cancelled];
    same(RefundPage { items: states.map(refund).into(), next_cursor: None });
}

#[test]
fn manual_payments_and_credit_are_read_as_they_are_written() {
    let manual = |state, method| ManualPaymentView {
        manual_payment_id: id(shared::ids::ManualPaymentId::PREFIX),
        payment_id: id("pay"),
        tenant_id: id("ten"),
        tenant_name: "t".into(),
        method,
        amount: taka(5),
        reference: "TRX".into(),
        state,
        recorded_by: of("usr"),
        recorded_at: NOON,
        decided_by: None,
        decided_at: Some(NOON),
        can_decide: true,
    };
    let items = vec![
        manual(ManualState::Recorded, ManualMethod::BankTransfer),
        manual(ManualState::Approved, ManualMethod::Cash),
        manual(ManualState::Rejected, ManualMethod::Cash),
    ];
    same(ManualPaymentPage { items, next_cursor: None });
    let movement = |kind| StatementRow {
        at: NOON,
        kind,
        amount: taka(-5),
        balance: taka(0),
        tenant_id: id("ten"),
        tenant_name: "t".into(),
        payment_id: None,
        order_id: Some(id("ord")),
        invoice_id: None,
        refund_id: Some(id(shared::ids::RefundId::PREFIX)),
    };
    let kinds = [
        StatementKind::PaymentCredited,
        StatementKind::PaymentAccepted,
        StatementKind::CreditNoteIssued,
        StatementKind::CreditApplied,
        StatementKind::CreditReleased,
        StatementKind::RefundRequested,
        StatementKind::RefundReturned,
    ];
    let statement = Statement { balances: vec![taka(7)], items: kinds.map(movement).into(), next_cursor: None };
    same(statement);
}

// Harm prevented: a button asks for something that the server does not know.
#[test]
fn names_that_are_sent_are_the_servers() {
    let quoted = |name: &str| format!("\"{name}\"");
    for remedy in REMEDIES {
        assert_eq!(quoted(remedy.name()), written(&remedy));
    }
    for kind in ALERTS {
        assert_eq!(quoted(kind.name()), written(&kind));
    }
    for state in PAYMENT_STATES {
        assert_eq!(quoted(state.name()), written(&state));
    }
    for state in [RefundState::Requested, RefundState::Processing, RefundState::Refunded, RefundState::Cancelled] {
        assert_eq!(quoted(state.name()), written(&state));
    }
}
