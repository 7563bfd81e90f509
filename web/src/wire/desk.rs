//! What only the operator's desk reads.

use crate::json::{Reader, Wire};
use shared::api::alerts::{AlertKind, AlertPage, AlertView, ReconciliationPage, ReconciliationView, Remedy};
use shared::api::manual::{ManualMethod, ManualPaymentPage, ManualPaymentView, ManualState};
use shared::api::payments::{InboxRow, PaymentPage, PaymentRow};
use shared::api::refunds::{RefundPage, RefundState, RefundView};
use shared::api::servers::{ImportOutcome, Imported, ImportedRow, ServerList, ServerView};
use shared::ids::{AlertId, ManualPaymentId, ReconciliationId, ServerId};

id!(AlertId ManualPaymentId ReconciliationId ServerId);

named! {
    AlertKind {
        PaymentHeld = "payment_held", SecondCharge = "second_charge", RefundFailed = "refund_failed",
        RefundUnclear = "refund_unclear",
        PaidThere = "paid_there", UnknownThere = "unknown_there", AmountDiffers = "amount_differs",
        FeeDiffers = "fee_differs", ServerSilent = "server_silent", NoRoom = "no_room",
        JobStuck = "job_stuck", PromiseStuck = "promise_stuck", CopyFailed = "copy_failed", DatabaseKept = "database_kept",
        PostSilent = "post_silent", LetterGivenUp = "letter_given_up"
    }
    Remedy {
        Accept = "accept", Refund = "refund", Book = "book", TakeFee = "take_fee", AskAgain = "ask_again",
        Acknowledge = "acknowledge"
    }
    ImportOutcome { Adopted = "adopted", Already = "already", Refused = "refused" }
    ManualMethod { BankTransfer = "bank_transfer", Cash = "cash" }
    ManualState { Recorded = "recorded", Approved = "approved", Rejected = "rejected" }
    RefundState {
        Requested = "requested", Processing = "processing", Refunded = "refunded", Cancelled = "cancelled"
    }
}

object! {
    AlertPage { items, open, next_cursor }
    AlertView {
        alert_id, kind, account_id, tenant_id, tenant_name, payment_id, reference, receipt_id, refund_id, server_id,
        here, there, at, reconciliation_id, remedies, resolved_at, resolved_by, remedy, note
    }
    ReconciliationPage { items, next_cursor }
    ReconciliationView { reconciliation_id, started_at, finished_at, since, asked, agreed, differences, unknown }
    ManualPaymentPage { items, next_cursor }
    ManualPaymentView {
        manual_payment_id, payment_id, tenant_id, tenant_name, method, amount, reference, state, recorded_by,
        recorded_at, decided_by, decided_at, can_decide
    }
    PaymentPage { items, next_cursor }
    PaymentRow {
        payment_id, order_id, tenant_id, tenant_name, state, amount, gateway, reference, method, created_at, settled_at
    }
    InboxRow { via, status, val_id, verdict, outcome, received_at }
    ServerList { items }
    ServerView {
        id, name, url, template, capacity, panels, active, free, nearly_full, draining, files_folder, secrets, version,
        driver, locks, databases, database_bytes, surveyed_at, trouble, silent, revision
    }
    Imported { rows }
    ImportedRow { database, outcome, tenant_id, code, detail }
    RefundPage { items, next_cursor }
    RefundView {
        refund_id, receipt_id, payment_id, tenant_id, tenant_name, amount, state, reason, reference, gateway_reference,
        credit_note_id, requested_at, finished_at, refusal
    }
}
