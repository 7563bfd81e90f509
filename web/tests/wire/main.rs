//! What the server writes is what the dashboard reads: every shape goes through serde's writing and this crate's reading.

#![allow(clippy::unwrap_used)]

mod figures;
mod hosting;
mod people;
mod plans;

use serde::Serialize;
use shared::api::about::{About, Demo, DemoSignIn};
use shared::api::auth::{Language, Me, Role, Session};
use shared::api::history::{ActorKind, AuditPage, AuditView, NoticeKind, NoticePage, NoticeView};
use shared::api::invoices::{InvoiceKind, InvoicePage, InvoiceView, LineView, LineWhat, Party, Unit, UnitPrice};
use shared::api::jobs::{JobKind, JobState, JobStep, JobTrouble, JobView};
use shared::api::live::Hint;
use shared::api::payments::{
    BoughtCycle, Checkout, NextOrder, PaymentState, PaymentView, ReceiptState, ReceiptView, ReceiptWhy,
};
use shared::api::problem::{ErrorCode, FieldError, Problem};
use shared::api::tenants::{
    Action, BillingState, BillingView, CycleView, EndedReason, Limit, LimitLevel, Limits, PanelStatus, PanelView,
    PlanView, SuspendReason, TenantPage, TenantStatus,
};
use shared::billing::rating::{Aggregation, Meter};
use shared::money::{Currency, Money};
use shared::time::Timestamp;
use std::fmt::Debug;
use web::json::{Wire, read};
use web::wire;

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn same<T: Serialize + Wire + PartialEq + Debug>(value: T) {
    assert_eq!(read::<T>(&written(&value)), Some(value));
}

fn id<T: std::str::FromStr<Err: Debug>>(prefix: &str) -> T {
    format!("{prefix}_01937b1c8f2e7c3d9a4b5c6d7e8f9012").parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn noon() -> Timestamp {
    at("2026-11-22T06:00:00Z")
}

fn taka(minor: i64) -> Money {
    Money::new(minor, Currency::Bdt)
}

fn tenant() -> TenantStatus {
    TenantStatus {
        tenant_id: id("ten"),
        account_id: id("acc"),
        name: "Rahman \"&\" Sons\n৳".into(),
        subdomain: "rahman".into(),
        url: "https://rahman.example.com".into(),
        panel: PanelView {
            status: PanelStatus::Suspended,
            reason: Some(SuspendReason::ByOperator),
            message: Some("why".into()),
            progress_percent: Some(40),
            since: noon(),
            kept_until: Some(noon()),
        },
        billing: BillingView {
            state: BillingState::Grace,
            cycle: Some(CycleView {
                number: 3,
                starts_at: at("1970-01-01T00:00:00Z"),
                ends_at: at("9999-12-31T23:59:59Z"),
                ended_reason: Some(EndedReason::TimeElapsed),
                allowance_seconds: i64::MAX,
                used_seconds: 7,
                remaining_seconds: -1,
                used_percent: 100,
                days_left: 15,
                overage_seconds: 8,
                overage_price_per_hour: Some(taka(1_200)),
            }),
            queued_cycles: 2,
            runs_out_at: Some(noon()),
            grace_ends_at: None,
            can_renew: true,
            can_renew_early: false,
            cancels_at_end: true,
            amount_due: Some(taka(-5)),
        },
        plan: PlanView { id: id("pln"), version: id("plv"), name: "Standard".into() },
        limits: Limits {
            users: Limit { used: None, limit: Some(10), level: LimitLevel::Ok },
            storage_bytes: Limit { used: Some(1), limit: None, level: LimitLevel::Over },
        },
        actions: vec![Action::PayToRenew, Action::StartTrial],
        job: Some(job()),
        last_active_at: None,
        notices_unread: 1,
        as_of: None,
    }
}

fn job() -> JobView {
    JobView {
        id: id("job"),
        tenant_id: id("ten"),
        kind: JobKind::Restore,
        state: JobState::Running,
        step: Some(JobStep::SetAside),
        progress_percent: 33,
        tries: 2,
        trouble: Some(JobTrouble::HostSilent),
        trouble_words: None,
        backup_id: Some(id("bak")),
        created_at: noon(),
        finished_at: None,
    }
}

fn line(what: LineWhat) -> LineView {
    LineView {
        position: 1,
        what,
        quantity: 3,
        unit: Unit::Bytes,
        unit_price: Some(UnitPrice { price: taka(5), per: 3_600 }),
        tax_basis_points: 1_500,
        net: taka(1),
        tax: taka(2),
        gross: taka(3),
    }
}

fn lines() -> Vec<LineView> {
    let cycle_number = 4;
    vec![
        line(LineWhat::BasePrice { plan: "S".into(), cycle_number, cycle_days: 30, included_hours: 360 }),
        line(LineWhat::Overage { cycle_number }),
        line(LineWhat::Metered { cycle_number, meter: Meter::Users, aggregation: Aggregation::Peak }),
        LineView {
            unit_price: None,
            ..line(LineWhat::Upgrade { from_plan: "S".into(), to_plan: "L".into(), cycle_number })
        },
    ]
}

fn receipt(charged: Option<Money>, fee: Option<Money>) -> ReceiptView {
    let (state, why) = (ReceiptState::Held, ReceiptWhy::NotAsOrdered);
    let (receipt_id, reference) = (id("rcp"), "val1".into());
    ReceiptView { receipt_id, reference, charged, fee, state, why, method: None, at: noon(), refunded: fee }
}

fn invoice() -> InvoiceView {
    let party = |bin: Option<&str>| Party { name: "n".into(), address: "a\nb".into(), bin: bin.map(str::to_owned) };
    InvoiceView {
        invoice_id: id("inv"),
        kind: InvoiceKind::CreditNote,
        number: "CRN-1".into(),
        account_id: id("acc"),
        tenant_id: id("ten"),
        tenant_name: "t".into(),
        order_id: Some(id("ord")),
        corrects: Some("INV-1".into()),
        reason: None,
        issued_at: noon(),
        issued_on: "2026-11-22".into(),
        payment_reference: None,
        seller: party(Some("0012345678901")),
        buyer: party(None),
        lines: lines(),
        net: taka(1),
        tax: taka(2),
        gross: taka(3),
    }
}

// Harm prevented: a field is renamed on the server, and every customer's page says that it could not be loaded.
#[test]
fn panels_notices_and_histories_are_read_as_they_are_written() {
    same(TenantPage { items: vec![tenant()], next_cursor: Some("c".into()) });
    let notice = |kind| NoticeView {
        id: id("ntc"),
        tenant_id: id("ten"),
        tenant_name: "t".into(),
        kind,
        value: Some(3),
        at: noon(),
        read: false,
    };
    let kinds = [
        NoticeKind::GraceBegan,
        NoticeKind::Expired,
        NoticeKind::DaysLeft,
        NoticeKind::HoursLeft,
        NoticeKind::UsedPercent,
        NoticeKind::UsersPercent,
        NoticeKind::StoragePercent,
        NoticeKind::Renewed,
        NoticeKind::Upgraded,
        NoticeKind::Resumed,
        NoticeKind::SuspendedByOperator,
        NoticeKind::PaymentCredited,
        NoticeKind::CreditNoteIssued,
        NoticeKind::PaymentHeld,
        NoticeKind::Refunded,
        NoticeKind::CreationFailed,
        NoticeKind::Restored,
        NoticeKind::RestoreFailed,
        NoticeKind::Removed,
        NoticeKind::GivenUp,
    ];
    same(NoticePage { items: kinds.map(notice).into(), next_cursor: None, unread: 7 });
    let row = |actor| AuditView {
        id: id("aud"),
        at: noon(),
        actor,
        what: "panel_moved".into(),
        from: None,
        to: Some("active".into()),
        why: None,
    };
    let actors = [ActorKind::Customer, ActorKind::Operator, ActorKind::Gateway, ActorKind::System];
    same(AuditPage { items: actors.map(row).into(), next_cursor: None });
}

// Harm prevented: money is shown as another amount than the server states.
#[test]
fn payments_invoices_and_orders_are_read_as_they_are_written() {
    same(Checkout {
        order_id: id("ord"),
        payment_id: id("pay"),
        amount: taka(1),
        credit_used: taka(2),
        redirect_url: "https://x".into(),
    });
    same(PaymentView {
        payment_id: id("pay"),
        order_id: id("ord"),
        tenant_id: id("ten"),
        tenant_name: "t".into(),
        tenant_url: None,
        state: PaymentState::Held,
        amount: taka(250_000),
        credit_used: taka(7),
        gateway: "sslcommerz".into(),
        reference: "HG1".into(),
        method: Some("bKash".into()),
        created_at: noon(),
        settled_at: None,
        cycle: Some(BoughtCycle { number: 4, starts_at: None, ends_at: Some(noon()) }),
        can_retry: true,
        resume_url: Some("https://gateway.example".into()),
        invoice_id: Some(id("inv")),
        receipts: vec![receipt(Some(taka(3)), None), receipt(None, Some(taka(4)))],
    });
    same(invoice());
    let listed: wire::Documents =
        read(&written(&InvoicePage { items: vec![invoice()], next_cursor: Some("c".into()) })).unwrap();
    assert_eq!((listed.items[0].number.as_str(), listed.items[0].gross), ("CRN-1", taka(3)));
    assert_eq!(listed.next_cursor.as_deref(), Some("c"));
    let next = NextOrder {
        lines: lines(),
        net: taka(1),
        tax: taka(2),
        gross: taka(3),
        credit: taka(4),
        due: taka(5),
        can_order: true,
        held_payment_id: Some(id("pay")),
        accruing: lines(),
    };
    let order: wire::Order = read(&written(&next)).unwrap();
    assert_eq!((order.credit, order.due, order.held_payment_id), (next.credit, next.due, next.held_payment_id));
    assert_eq!((order.lines, order.net, order.tax, order.gross), (next.lines, next.net, next.tax, next.gross));
}

// Harm prevented: signing in works on the server, and the page does not notice.
#[test]
fn sessions_problems_and_hints_are_read_as_they_are_written() {
    let me = Me {
        user_id: id("usr"),
        email: "a@example.com".into(),
        role: Role::Billing,
        account_id: None,
        name: "A".into(),
        language: Language::Bn,
        since: noon(),
        zone: "Asia/Kathmandu".into(),
    };
    let session = Session { access_token: "t".into(), expires_in_seconds: 900, csrf_token: "c".into(), me: me.clone() };
    let read_back: Session = read(&written(&session)).unwrap();
    assert_eq!((read_back.access_token, read_back.csrf_token, read_back.me), ("t".into(), "c".into(), me));
    let person = DemoSignIn { name: "n".into(), email: "e".into(), password: "p".into() };
    let demo = Some(Demo { speed: 60, sign_ins: vec![person] });
    same(About { name: "H".into(), support_email: None, now: noon(), demo });
    for hint in [Hint::Tenant { tenant_id: id("ten") }, Hint::Everything, Hint::Heartbeat] {
        same(hint);
    }
    for code in ErrorCode::ALL {
        let field = FieldError { pointer: "/a".into(), code: "b".into(), detail: "c".into() };
        let problem = |errors, retry_after_seconds| Problem {
            kind: "/docs".into(),
            title: "t".into(),
            status: 422,
            code,
            detail: "d".into(),
            errors,
            request_id: "r".into(),
            retry_after_seconds,
        };
        same(problem(vec![field], Some(5)));
        same(problem(Vec::new(), None));
    }
}

// Harm prevented: an id of another kind, or no id at all, is taken for a panel's.
#[test]
fn only_ids_of_the_right_kind_are_taken() {
    use shared::ids::TenantId;
    assert_eq!(read::<TenantId>("\"ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012\""), Some(id("ten")));
    for text in ["ten_0193", "acc_01937b1c8f2e7c3d9a4b5c6d7e8f9012", "ten_01937B1C8F2E7C3D9A4B5C6D7E8F9012", ""] {
        assert_eq!(read::<TenantId>(&format!("\"{text}\"")), None, "{text}");
    }
}
