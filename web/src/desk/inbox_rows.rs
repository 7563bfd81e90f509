//! What was posted about a payment, and what became of each message.

use crate::component::erased::t;
use crate::component::fetched::{Extent, fetched, still, written};
use crate::component::shape::para;
use crate::i18n::Lang;
use crate::json;
use crate::present::desk::inbox;
use leptos::prelude::*;
use shared::api::payments::InboxRow;
use shared::ids::PaymentId;

/// The messages, oldest first.
pub(super) fn inbox_rows(id: PaymentId) -> AnyView {
    let draw = |text: &str| {
        let rows: Vec<InboxRow> = json::read(text)?;
        let none = || para("", t(Lang::desk_inbox_empty));
        Some(if rows.is_empty() { none() } else { written("order", move |lang| inbox(lang, &rows)) })
    };
    fetched(format!("/payments/{id}/notices"), still(), Extent::Inside, Box::new(draw))
}
