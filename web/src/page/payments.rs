//! The account's payments, newest first: also one that is looked at by a person, or that came to nothing, is found again.

use crate::component::paged::documents;
use crate::i18n::Lang;
use crate::json;
use crate::page::orders::beside_invoices;
use crate::present::payments::list;
use leptos::prelude::*;
use shared::api::payments::PaymentPage;

/// The page.
pub(crate) fn page() -> AnyView {
    let read = |text: &str| json::read(text).map(|PaymentPage { items, next_cursor }| (items, next_cursor));
    beside_invoices(Lang::payments_title, documents("/payments", Lang::payments_empty, read, list))
}
