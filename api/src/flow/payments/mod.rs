//! The payment story: opening a payment, and booking what the gateway confirms. Notices, the payer's return and the
//! sweeper all end in [`confirm`].

pub mod accept;
mod alert;
mod apply_credit;
mod audit;
mod book;
mod book_charge;
pub mod checkout;
pub mod confirm;
pub mod decide_manual;
pub mod due_payments;
pub mod due_refunds;
pub mod expire_orders;
mod give_back;
pub mod inbox;
pub mod list;
mod look;
pub mod manual_payments;
mod names;
pub mod next_order;
mod open_refund;
mod order;
pub mod orders;
pub mod pay_out;
pub mod payment;
pub mod pursue_refund;
mod read_charge;
pub mod receive_notice;
pub mod record_manual;
pub mod refund;
pub mod refunds;
pub mod request_refund;
mod second_charge;
mod settle;
pub mod shadow_bill;
mod withdraw;

pub(super) use alert::alert;
pub(super) use book::journal;
pub(super) use give_back::give_back;
pub(super) use order::stands;
pub(super) use withdraw::withdraw;
