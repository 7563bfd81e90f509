//! The account's payments, newest first: also one that is looked at by a person, or that came to nothing, is found again.

use crate::component::erased::t;
use crate::component::fetched::{still, written};
use crate::component::heading::heading;
use crate::component::paged::{Drawn, paged};
use crate::component::shape::{holder, link, para, to};
use crate::i18n::Lang;
use crate::json;
use crate::present::payments::list;
use leptos::prelude::*;
use shared::api::payments::PaymentPage;
use std::sync::Arc;

/// The page.
pub(crate) fn page() -> AnyView {
    let draw = |text: &str, is_first: bool| {
        let PaymentPage { items, next_cursor: next } = json::read(text)?;
        let is_empty = is_first && items.is_empty();
        let rows = move || written("documents", move |lang| list(lang, &items));
        let rows = if is_empty { para("box", t(Lang::payments_empty)) } else { rows() };
        Some(Drawn { rows, next })
    };
    let rows = paged("/payments", still(), Arc::new(draw));
    let back = link("", "back", to("/invoices"), t(Lang::invoices_title), None);
    holder("div", "narrow", vec![holder("p", "back", vec![back]), heading(t(Lang::payments_title), false), rows])
}
