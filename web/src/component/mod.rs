//! Pieces that pages are made of. They draw what stores hold and call what stores offer.

pub(crate) mod actions;
pub(crate) mod ask;
pub(crate) mod badge;
pub(crate) mod card;
pub(crate) mod chart;
pub(crate) mod checkout;
pub(crate) mod clock_bar;
pub(crate) mod copy;
pub(crate) mod erased;
pub(crate) mod fetched;
pub(crate) mod field;
pub(crate) mod follow;
pub(crate) mod guard;
pub(crate) mod header;
pub(crate) mod heading;
pub(crate) mod keep;
pub(crate) mod language;
pub(crate) mod loading;
pub(crate) mod meter;
pub(crate) mod paged;
pub(crate) mod saved;
pub(crate) mod shape;
pub(crate) mod trouble;
pub(crate) mod unfold;
