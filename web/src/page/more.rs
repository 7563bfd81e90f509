//! On a phone: all that has no place in the bar at the lower edge.

use crate::component::erased::{part, t};
use crate::component::header::sign_out;
use crate::component::heading::heading;
use crate::component::shape::{holder, link, to};
use crate::i18n::Lang;
use crate::session::session;
use leptos::prelude::*;

/// A page, in words.
type Entry = (&'static str, fn(Lang) -> &'static str);

const PAGES: [Entry; 2] = [("/notices", Lang::nav_notices), ("/account", Lang::nav_account)];
const OF_ACCOUNT: [Entry; 3] =
    [("/orders", Lang::orders_title), ("/payments", Lang::payments_title), ("/credit", Lang::credit_title)];
const OPERATOR: Entry = ("/operator", Lang::operator_title);

/// The page.
pub(crate) fn page() -> AnyView {
    let session = session();
    let pages = part(move || {
        let money = session.account().into_iter().flat_map(|_| OF_ACCOUNT);
        let all = PAGES.into_iter().chain(money).chain(session.is_operator().then_some(OPERATOR));
        let row = |(path, name)| holder("li", "", vec![link("", "", to(path), t(name), None)]);
        all.map(row).collect::<Vec<_>>().into_any()
    });
    let out = holder("p", "", vec![sign_out()]);
    let inner = vec![heading(t(Lang::nav_more), false), holder("ul", "rows more", vec![pages.into_any()]), out];
    holder("div", "narrow", inner)
}
