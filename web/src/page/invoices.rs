//! The account's invoices and credit notes; for an operator, everybody's.

use crate::component::erased::t;
use crate::component::fetched::{still, written};
use crate::component::heading::heading;
use crate::component::paged::{Drawn, paged};
use crate::component::shape::{holder, link, para, to};
use crate::i18n::Lang;
use crate::json;
use crate::present::invoices::list;
use crate::wire::Documents;
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
pub(crate) fn page() -> AnyView {
    let draw = |text: &str, is_first: bool| {
        let Documents { items, next_cursor: next } = json::read(text)?;
        let is_empty = is_first && items.is_empty();
        let rows = move || written("documents", move |lang| list(lang, &items));
        let rows = if is_empty { para("box", t(Lang::invoices_empty)) } else { rows() };
        Some(Drawn { rows, next })
    };
    let rows = paged("/invoices", still(), Arc::new(draw));
    let credit = link("button", "credit", to("/credit"), t(Lang::credit_title), None);
    let payments = link("button", "payments", to("/payments"), t(Lang::payments_title), None);
    let beside = holder("p", "buttons", vec![payments, credit]);
    holder("div", "narrow", vec![heading(t(Lang::invoices_title), false), beside, rows])
}
