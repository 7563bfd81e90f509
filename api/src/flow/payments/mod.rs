//! The payment story: opening a payment, and booking what the gateway confirms. Notices, the payer's return and the
//! sweeper all end in [`confirm`].

mod audit;
mod book;
pub mod checkout;
pub mod confirm;
pub mod due_payments;
mod look;
pub mod next_order;
mod order;
pub mod payment;
pub mod receive_notice;
mod second_charge;
pub mod shadow_bill;

pub(super) use order::stands;
