//! One file per address.

pub(crate) mod account;
pub(crate) mod credit;
pub(crate) mod forgot;
pub(crate) mod invoice;
pub(crate) mod invoices;
pub(crate) mod join;
pub(crate) mod manage;
pub(crate) mod more;
pub(crate) mod new_panel;
pub(crate) mod not_found;
pub(crate) mod notices;
pub(crate) mod orders;
pub(crate) mod panels;
pub(crate) mod pay;
pub(crate) mod payment;
pub(crate) mod payments;
pub(crate) mod reset;
pub(crate) mod sign_form;
pub(crate) mod sign_in;
pub(crate) mod sign_up;
pub(crate) mod usage;
pub(crate) mod wanted;
