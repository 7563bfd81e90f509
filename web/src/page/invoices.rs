//! The account's invoices and credit notes; for an operator, everybody's.

use crate::component::erased::{part, t};
use crate::component::fetched::{Extent, fetched, still, written};
use crate::component::heading::heading;
use crate::component::shape::{Button, para};
use leptos::prelude::*;
use web::address::escaped;
use web::i18n::Lang;
use web::json;
use web::present::invoices::rows;
use web::wire::Documents;

/// The page.
pub(crate) fn page() -> AnyView {
    view! { <div class="narrow">{heading(t(Lang::invoices_title), false)} {some("")}</div> }.into_any()
}

/// A page of the list, and the way to the next.
fn some(cursor: &str) -> AnyView {
    let is_first = cursor.is_empty();
    let after = if is_first { String::new() } else { format!("&cursor={}", escaped(cursor)) };
    let draw = move |text: &str| {
        let Documents { items, next_cursor } = json::read(text)?;
        if items.is_empty() && is_first {
            return Some(para("box", t(Lang::invoices_empty)));
        }
        let list = written("documents", move |lang| {
            let mut list = "<ul class=\"rows\">".to_owned();
            list.push_str(&rows(lang, &items));
            list.push_str("</ul>");
            list
        });
        Some(vec![list, next_cursor.map(older).into_any()].into_any())
    };
    fetched(format!("/invoices?limit=25{after}"), still(), Extent::Box, Box::new(draw))
}

fn older(cursor: String) -> AnyView {
    let asked = RwSignal::new(false);
    part(move || {
        if asked.get() {
            return some(&cursor);
        }
        let button = Button::new(t(Lang::invoices_more), move || asked.set(true)).class("button wide");
        button.testid("show-older").draw()
    })
    .into_any()
}
