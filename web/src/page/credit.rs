//! The account's credit: what it comes to now, and how that came about.

use crate::component::erased::t;
use crate::component::fetched::{still, written};
use crate::component::keep::keep_table;
use crate::component::paged::{Drawn, paged};
use crate::component::shape::para;
use crate::i18n::Lang;
use crate::json;
use crate::page::not_found;
use crate::page::orders::beside_invoices;
use crate::present::credit::{balances, movements};
use crate::session::session;
use leptos::prelude::*;
use shared::api::credit::Statement;
use std::sync::Arc;

/// The page. An operator has no account, and so no credit.
pub(crate) fn page() -> AnyView {
    let Some(account) = session().me().and_then(|me| me.account_id) else { return not_found::page() };
    let draw = move |text: &str, is_first: bool| {
        let Statement { balances: held, items, next_cursor: next } = json::read(text)?;
        if is_first && items.is_empty() {
            return Some(Drawn { rows: para("box", t(Lang::credit_empty)), next });
        }
        let rows = written("documents", move |lang| movements(lang, &items));
        let now = move || {
            let figure = written("", move |lang| balances(lang, &held));
            let table =
                keep_table(format!("/accounts/{account}/credit.csv"), "credit.csv".to_owned(), Lang::credit_title);
            view! {
                <section class="box" data-testid="balance">
                    {figure} {para("small", t(Lang::credit_lead))} <div class="buttons">{table}</div>
                </section>
            }
        };
        let rows = vec![is_first.then(now).into_any(), rows].into_any();
        Some(Drawn { rows, next })
    };
    let rows = paged(&format!("/accounts/{account}/credit"), still(), Arc::new(draw));
    beside_invoices(Lang::credit_title, rows)
}
