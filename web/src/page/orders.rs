//! The account's orders, newest first: what was ordered, what it came to, and whether it was paid.

use crate::component::erased::t;
use crate::component::heading::heading;
use crate::component::paged::documents;
use crate::component::shape::{holder, link, to};
use crate::i18n::Lang;
use crate::json;
use crate::present::orders::list;
use crate::wire::Orders;
use leptos::prelude::*;

/// The page.
pub(crate) fn page() -> AnyView {
    let read = |text: &str| json::read(text).map(|Orders { items, next_cursor }| (items, next_cursor));
    beside_invoices(Lang::orders_title, documents("/orders", Lang::orders_empty, read, list))
}

/// A list of the account's books, with the way back to its invoices, from where it was reached.
pub(super) fn beside_invoices(title: fn(Lang) -> &'static str, rows: AnyView) -> AnyView {
    let back = link("", "back", to("/invoices"), t(Lang::invoices_title), None);
    holder("div", "narrow", vec![holder("p", "back", vec![back]), heading(t(title), false), rows])
}
