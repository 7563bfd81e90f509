//! The tables, as the ORM sees them. Private to this room: everything outside speaks `shared` types.
//!
//! One file a table; the macros want `pub`, the room does not let it out.

#![allow(unreachable_pub, missing_docs)]

pub(crate) mod account;
pub(crate) mod alert;
pub(crate) mod audit_row;
pub(crate) mod backup;
pub(crate) mod charge;
pub(crate) mod correction;
pub(crate) mod customer_credit;
pub(crate) mod cycle;
pub(crate) mod cycle_line;
pub(crate) mod entry;
pub(crate) mod idempotency_key;
pub(crate) mod invitation;
pub(crate) mod invitation_letter;
pub(crate) mod invitation_try;
pub(crate) mod invoice;
pub(crate) mod invoice_number;
pub(crate) mod job;
pub(crate) mod journal;
pub(crate) mod ledger_entry;
pub(crate) mod letter;
pub(crate) mod link;
pub(crate) mod live_ticket;
pub(crate) mod manual_payment;
pub(crate) mod notice;
pub(crate) mod notice_choice;
pub(crate) mod notice_read;
pub(crate) mod order;
pub(crate) mod outbox_row;
pub(crate) mod payment;
pub(crate) mod payment_notice;
pub(crate) mod plan;
pub(crate) mod plan_version;
pub(crate) mod receipt;
pub(crate) mod reconciliation;
pub(crate) mod recovery_code;
pub(crate) mod refresh_token;
pub(crate) mod refund;
pub(crate) mod reset_request;
pub(crate) mod server;
pub(crate) mod session;
pub(crate) mod sign_in_failure;
pub(crate) mod tenant;
pub(crate) mod tenant_change;
pub(crate) mod trial;
pub(crate) mod usage_hour;
pub(crate) mod usage_window;
pub(crate) mod user;
