//! The answers of the API, read field by field; where a page shows only some of a large answer, a shape of its own.
//!
//! The shapes are `shared`'s: a field that is added there and not read here does not compile.

use crate::format::calendar::instant;
use crate::json::{Reader, Wire};
use shared::api::about::{About, Demo, DemoSignIn};
use shared::api::auth::{Language, Me, Role, Session};
use shared::api::credit::{Statement, StatementKind, StatementRow};
use shared::api::history::{ActorKind, AuditPage, AuditView, NoticeKind, NoticePage, NoticeView};
use shared::api::invoices::{InvoiceKind, InvoiceView, LineView, LineWhat, Party, Unit, UnitPrice};
use shared::api::jobs::{BackupKind, JobKind, JobState, JobStep, JobTrouble, JobView};
use shared::api::live::{Hint, LiveTicket};
use shared::api::payments::{
    BoughtCycle, Checkout, OrderState, PaymentState, PaymentView, ReceiptState, ReceiptView, ReceiptWhy,
};
use shared::api::problem::{ErrorCode, FieldError, Problem};
use shared::api::tenants::{
    Action, BillingState, BillingView, CycleView, EndedReason, Limit, LimitLevel, Limits, OpenedPanel, PanelStatus,
    PanelView, PlanView, SuspendReason, TenantPage, TenantStatus,
};
use shared::billing::rating::{Aggregation, Meter};
use shared::ids::{
    AccountId, AuditId, BackupId, InvoiceId, JobId, NoticeId, OrderId, PaymentId, PlanId, PlanVersionId, ReceiptId,
    RefundId, TenantId, UserId,
};
use shared::money::{Currency, Money};
use shared::time::Timestamp;
use uuid::Uuid;

/// Objects: every field by its own name.
macro_rules! object {
    ($($shape:ident { $($field:ident),+ })+) => {$(
        impl Wire for $shape {
            fn read(from: &Reader<'_>) -> Self {
                Self { $($field: from.field(stringify!($field))),+ }
            }
        }
    )+};
}

/// One of a few names. Every variant has one, or this does not compile.
/// An error code of a newer server spoils its problem document, which then counts as unreadable.
macro_rules! named {
    ($($choice:ident { $first:ident = $name:literal $(, $variant:ident = $other:literal)* })+) => {$(
        impl Wire for $choice {
            fn read(from: &Reader<'_>) -> Self {
                const _: fn($choice) = |value| match value {
                    $choice::$first $(| $choice::$variant)* => (),
                };
                from.one_of(Self::$first, &[($name, Self::$first) $(, ($other, Self::$variant))*])
            }
        }
    )+};
}

macro_rules! id {
    ($($id:ident)+) => {$(
        impl Wire for $id {
            fn read(from: &Reader<'_>) -> Self {
                Self::new($crate::wire::uuid(from, Self::PREFIX))
            }
        }
    )+};
}

/// What follows the prefix of an id: an underscore and 32 hexadecimal digits.
fn uuid(from: &Reader<'_>, prefix: &str) -> Uuid {
    let digits = from.text().strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')).unwrap_or_default();
    let mut bytes = [0; 16];
    if digits.len() != 32 {
        return from.noted(Uuid::from_bytes(bytes));
    }
    for (at, digit) in digits.bytes().enumerate() {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => from.noted(0),
        };
        if let Some(byte) = bytes.get_mut(at / 2) {
            *byte = *byte << 4 | value;
        }
    }
    Uuid::from_bytes(bytes)
}

mod desk;
mod people;
mod plans;
mod shown;
mod usage;

pub use people::Account;
pub use plans::{Offer, Plan, PlanChange, Plans, Room, Shadow, ShadowCycle, Version};
pub use shown::{
    Bought, Copies, Cycle, Cycles, Document, Documents, Explained, Jobs, KeptCopy, Order, Ordered, Orders, Sentence,
};
pub use usage::{Across, Hours, Month, Months, PanelPart, PartTotals, Usage, UsageDay};

id! {
    AccountId AuditId BackupId InvoiceId JobId NoticeId OrderId PaymentId PlanId PlanVersionId ReceiptId RefundId TenantId
    UserId
}

impl Wire for Timestamp {
    fn read(from: &Reader<'_>) -> Self {
        instant(from.text()).unwrap_or_else(|| from.noted(Self::EPOCH))
    }
}

named! {
    Currency { Bdt = "BDT", Usd = "USD", Eur = "EUR", Sgd = "SGD", Inr = "INR", Myr = "MYR" }
    Language { En = "en", Bn = "bn" }
    Role { Operator = "operator", Owner = "owner", Billing = "billing", Viewer = "viewer" }
    ActorKind { Customer = "customer", Operator = "operator", Gateway = "gateway", System = "system" }
    EndedReason { HoursUsedUp = "hours_used_up", TimeElapsed = "time_elapsed" }
    SuspendReason { Opening = "opening", BillingExpired = "billing_expired", ByOperator = "by_operator" }
    LimitLevel { Ok = "ok", Near = "near", Reached = "reached", Over = "over" }
    BillingState { None = "none", Trial = "trial", Active = "active", Grace = "grace", Expired = "expired" }
    PanelStatus {
        Pending = "pending", Creating = "creating", Active = "active", Stopped = "stopped", Suspended = "suspended",
        Failed = "failed", Deleting = "deleting", Deleted = "deleted"
    }
    Action {
        PayNow = "pay_now", StartTrial = "start_trial", PayToRenew = "pay_to_renew", RenewEarly = "renew_early",
        OpenPanel = "open_panel", Inactive = "inactive", Start = "start", Stop = "stop", Retry = "retry",
        Refund = "refund", ContactSupport = "contact_support", Manage = "manage", Suspend = "suspend",
        Resume = "resume"
    }
    NoticeKind {
        GraceBegan = "grace_began", Expired = "expired", DaysLeft = "days_left", HoursLeft = "hours_left",
        UsedPercent = "used_percent", UsersPercent = "users_percent", StoragePercent = "storage_percent",
        Renewed = "renewed", Upgraded = "upgraded", Resumed = "resumed",
        SuspendedByOperator = "suspended_by_operator", PaymentCredited = "payment_credited",
        CreditNoteIssued = "credit_note_issued", PaymentHeld = "payment_held", Refunded = "refunded",
        CreationFailed = "creation_failed", Restored = "restored", RestoreFailed = "restore_failed",
        Removed = "removed", GivenUp = "given_up"
    }
    OrderState { Open = "open", Held = "held", Settled = "settled", Withdrawn = "withdrawn" }
    PaymentState {
        Open = "open", Settled = "settled", Held = "held", Mismatch = "mismatch", Credited = "credited",
        Failed = "failed", Cancelled = "cancelled", Expired = "expired", Refunded = "refunded"
    }
    ReceiptState { Settled = "settled", Credited = "credited", Held = "held", Returned = "returned" }
    ReceiptWhy {
        AsOrdered = "as_ordered", NothingToSettle = "nothing_to_settle", Second = "second", Risky = "risky",
        NotAsOrdered = "not_as_ordered"
    }
    StatementKind {
        PaymentCredited = "payment_credited", PaymentAccepted = "payment_accepted",
        CreditNoteIssued = "credit_note_issued", CreditApplied = "credit_applied", CreditReleased = "credit_released",
        RefundRequested = "refund_requested", RefundReturned = "refund_returned"
    }
    ErrorCode {
        Invalid = "invalid",
        Unauthenticated = "unauthenticated",
        WrongCredentials = "wrong_credentials",
        LockedOut = "locked_out",
        SessionEnded = "session_ended",
        CsrfMismatch = "csrf_mismatch",
        NotFound = "not_found",
        EmailTaken = "email_taken",
        RenewalNotDue = "renewal_not_due",
        QueueFull = "queue_full",
        OverLimit = "over_limit",
        WrongState = "wrong_state",
        NoUpgrade = "no_upgrade",
        TrialUsed = "trial_used",
        DraftExists = "draft_exists",
        VersionFrozen = "version_frozen",
        VersionNotPublished = "version_not_published",
        PlanArchived = "plan_archived",
        EditedMeanwhile = "edited_meanwhile",
        IfMatchMissing = "if_match_missing",
        NotACorrection = "not_a_correction",
        CycleRunning = "cycle_running",
        Unsealed = "unsealed",
        IdempotencyInFlight = "idempotency_in_flight",
        IdempotencyMismatch = "idempotency_mismatch",
        IdempotencyKeyMissing = "idempotency_key_missing",
        NotRefundable = "not_refundable",
        SecondPersonNeeded = "second_person_needed",
        AlreadyDecided = "already_decided",
        ReferenceTaken = "reference_taken",
        ReconciliationRunning = "reconciliation_running",
        StillDiffers = "still_differs",
        GatewayRefused = "gateway_refused",
        GatewayUnavailable = "gateway_unavailable",
        NoticeRejected = "notice_rejected",
        RateLimited = "rate_limited",
        TooLarge = "too_large",
        MethodNotAllowed = "method_not_allowed",
        Unavailable = "unavailable",
        PanelClosed = "panel_closed",
        HostUnavailable = "host_unavailable",
        SecondFactorNeeded = "second_factor_needed",
        LinkSpent = "link_spent",
        LastOwner = "last_owner",
        JobUnderWay = "job_under_way",
        TooManyCopies = "too_many_copies",
        Internal = "internal"
    }
    JobKind { SetUp = "set_up", BackUp = "back_up", Restore = "restore", Remove = "remove" }
    JobStep {
        Place = "place", Build = "build", Load = "load", Try = "try", Name = "name", SetAside = "set_aside",
        Open = "open", DropOld = "drop_old", Copy = "copy", Drop = "drop"
    }
    JobState { Running = "running", Done = "done", Failed = "failed" }
    JobTrouble {
        NoRoom = "no_room", NameTaken = "name_taken", NotUp = "not_up", HostSilent = "host_silent",
        HostRefused = "host_refused", CopySpoilt = "copy_spoilt", CopyGone = "copy_gone", TooLate = "too_late",
        Internal = "internal"
    }
    BackupKind { Asked = "asked", Nightly = "nightly", Last = "last", BeforeRestore = "before_restore" }
    InvoiceKind { Invoice = "invoice", CreditNote = "credit_note" }
    Unit { Cycles = "cycles", Seconds = "seconds", Users = "users", Bytes = "bytes" }
    Meter { ActiveSeconds = "active_seconds", Users = "users", StorageBytes = "storage_bytes" }
    Aggregation { Sum = "sum", Peak = "peak", TimeWeightedAverage = "time_weighted_average" }
}

object! {
    Money { minor, currency }
    Session { access_token, expires_in_seconds, csrf_token, me }
    Me { user_id, email, role, account_id, name, language, since, zone }
    About { name, support_email, now, demo }
    Demo { speed, sign_ins }
    DemoSignIn { name, email, password }
    TenantPage { items, next_cursor }
    TenantStatus {
        tenant_id, account_id, name, subdomain, url, panel, billing, plan, limits, job, last_active_at, actions,
        notices_unread, as_of
    }
    JobView {
        id, tenant_id, kind, state, step, progress_percent, tries, trouble, trouble_words, backup_id, created_at,
        finished_at
    }
    OpenedPanel { url, signed_in }
    PanelView { status, reason, message, progress_percent, since, kept_until }
    BillingView {
        state, cycle, queued_cycles, runs_out_at, grace_ends_at, can_renew, can_renew_early, cancels_at_end, amount_due
    }
    CycleView {
        number, starts_at, ends_at, ended_reason, allowance_seconds, used_seconds, remaining_seconds, used_percent,
        days_left, overage_seconds, overage_price_per_hour
    }
    PlanView { id, version, name }
    Limits { users, storage_bytes }
    Limit { used, limit, level }
    AuditPage { items, next_cursor }
    AuditView { id, at, actor, what, from, to, why }
    NoticePage { items, next_cursor, unread }
    NoticeView { id, tenant_id, tenant_name, kind, value, at, read }
    Checkout { order_id, payment_id, amount, credit_used, redirect_url }
    PaymentView {
        payment_id, order_id, tenant_id, tenant_name, tenant_url, state, amount, credit_used, gateway, reference,
        method, created_at, settled_at, cycle, can_retry, resume_url, invoice_id, receipts
    }
    ReceiptView { receipt_id, reference, charged, fee, state, why, method, at, refunded }
    BoughtCycle { number, starts_at, ends_at }
    Statement { balances, items, next_cursor }
    StatementRow {
        at, kind, amount, balance, tenant_id, tenant_name, payment_id, order_id, invoice_id, refund_id
    }
    LiveTicket { ticket }
    FieldError { pointer, code, detail }
    InvoiceView {
        invoice_id, kind, number, account_id, tenant_id, tenant_name, order_id, corrects, reason, issued_at, issued_on,
        payment_reference, seller, buyer, lines, net, tax, gross
    }
    Party { name, address, bin }
    LineView { position, what, quantity, unit, unit_price, tax_basis_points, net, tax, gross }
    UnitPrice { price, per }
}

impl Wire for Problem {
    fn read(from: &Reader<'_>) -> Self {
        Self {
            kind: from.field("type"),
            title: from.field("title"),
            status: from.field("status"),
            code: from.field("code"),
            detail: from.field("detail"),
            errors: from.field::<Option<_>>("errors").unwrap_or_default(),
            request_id: from.field("request_id"),
            retry_after_seconds: from.field("retry_after_seconds"),
        }
    }
}

impl Wire for Hint {
    fn read(from: &Reader<'_>) -> Self {
        match from.field::<String>("hint").as_str() {
            "tenant" => Self::Tenant { tenant_id: from.field("tenant_id") },
            "everything" => Self::Everything,
            "heartbeat" => Self::Heartbeat,
            _ => from.noted(Self::Heartbeat),
        }
    }
}

impl Wire for LineWhat {
    fn read(from: &Reader<'_>) -> Self {
        let cycle_number = from.field("cycle_number");
        match from.field::<String>("kind").as_str() {
            "base_price" => Self::BasePrice {
                plan: from.field("plan"),
                cycle_number,
                cycle_days: from.field("cycle_days"),
                included_hours: from.field("included_hours"),
            },
            "metered" => {
                Self::Metered { cycle_number, meter: from.field("meter"), aggregation: from.field("aggregation") }
            }
            "upgrade" => {
                Self::Upgrade { from_plan: from.field("from_plan"), to_plan: from.field("to_plan"), cycle_number }
            }
            "overage" => Self::Overage { cycle_number },
            _ => from.noted(Self::Overage { cycle_number }),
        }
    }
}
