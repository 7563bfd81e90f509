//! The billing core: how hours become bills, readable by an accountant.
//!
//! Pure functions over plain values. Nothing here reads a clock, waits, stores, or talks to anyone; every match names
//! every case, so that a new state or event cannot be forgotten. Read in this order: [`terms`] (what was sold),
//! [`state`] (where a tenant is), [`event`] (what can happen), [`step`] (what follows), [`usage`] and [`cycle`]
//! (how seconds are counted), [`renewal`], [`forecast`], [`settlement`] and [`ledger`].

pub mod actions;
mod count;
pub mod counter;
pub mod credit;
pub mod cycle;
pub mod effect;
pub mod event;
pub mod explain;
pub mod facts;
pub mod forecast;
pub mod gauge;
pub mod ledger;
pub mod limit;
pub mod order;
pub mod plan_change;
pub mod proof;
pub mod rating;
pub mod reconciliation;
pub mod refund;
pub mod reminder;
pub mod renewal;
pub mod report;
pub mod settlement;
pub mod shadow;
pub mod state;
pub mod step;
pub mod terms;
pub mod usage;
pub mod vat;
