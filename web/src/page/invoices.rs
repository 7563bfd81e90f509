//! The account's invoices and credit notes, with the ways to its other books; for an operator, everybody's.

use crate::component::erased::t;
use crate::component::heading::heading;
use crate::component::paged::documents;
use crate::component::shape::{holder, link, to};
use crate::i18n::Lang;
use crate::json;
use crate::present::invoices::list;
use crate::wire::Documents;
use leptos::prelude::*;

/// The page.
pub(crate) fn page() -> AnyView {
    let read = |text: &str| json::read(text).map(|Documents { items, next_cursor }| (items, next_cursor));
    let rows = documents("/invoices", Lang::invoices_empty, read, list);
    let way = |name, path, title: fn(Lang) -> &'static str| link("button", name, to(path), t(title), None);
    let beside = vec![
        way("orders", "/orders", Lang::orders_title),
        way("payments", "/payments", Lang::payments_title),
        way("credit", "/credit", Lang::credit_title),
    ];
    holder("div", "narrow", vec![heading(t(Lang::invoices_title), false), holder("p", "buttons", beside), rows])
}
