//! The bar on every page of the desk.

use crate::component::erased::{t, when};
use crate::component::header::{interruptions, language_switch, sign_out, theme_switch};
use crate::i18n::Lang;
use crate::session::session;
use crate::store::house::house;
use crate::way::way;
use leptos::prelude::*;

/// A page, in words.
type Entry = (&'static str, fn(Lang) -> &'static str, &'static str);

const ENTRIES: [Entry; 6] = [
    ("/operator", Lang::desk_attention, "nav-attention"),
    ("/operator/payments", Lang::desk_payments, "nav-payments"),
    ("/operator/refunds", Lang::desk_refunds, "nav-refunds"),
    ("/operator/manual-payments", Lang::desk_manual, "nav-manual"),
    ("/operator/servers", Lang::desk_servers, "nav-servers"),
    ("/operator/reconciliations", Lang::desk_reconciliation, "nav-reconciliations"),
];

/// The header. Its navigation breaks into lines where the window is narrow.
pub(super) fn header() -> impl IntoView {
    let (session, house) = (session(), house());
    view! {
        <header class="top desk-top">
            <a href="/" class="brand">
                {Signal::derive(move || house.name())}
            </a>
            <div class="switches">
                {language_switch()} {theme_switch()} {when(move || session.me().is_some(), sign_out)}
            </div>
            {when(move || session.is_operator(), navigation)}
        </header>
        {interruptions()}
    }
}

fn navigation() -> AnyView {
    let way = way();
    let entry = |(path, words, testid): Entry| {
        let here = Signal::derive(move || {
            let at = way.path();
            let below = path != "/operator" && at.starts_with(path);
            (below || at == path).then_some("page")
        });
        view! { <a href=path aria-current=here data-testid=testid>{t(words)}</a> }
    };
    view! {
        <nav class="desk-nav" aria-label=t(Lang::nav_label)>
            {ENTRIES.map(entry).into_iter().collect_view()}
            <a href="/">{t(Lang::nav_panels)}</a>
        </nav>
    }
    .into_any()
}
