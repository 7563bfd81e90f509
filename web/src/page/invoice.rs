//! One invoice or credit note: what it says in print, to print, and as a file to keep.

use crate::browser;
use crate::component::erased::{say, t};
use crate::component::fetched::{Extent, fetched, still, written};
use crate::component::heading::heading;
use crate::component::keep::keep;
use crate::component::shape::{Button, holder, link, to};
use crate::i18n::Lang;
use crate::json;
use crate::present::invoices::{document, kind};
use leptos::prelude::*;
use shared::ids::InvoiceId;

/// The page.
pub(crate) fn page(id: InvoiceId) -> AnyView {
    let back = link("", "back", to("/invoices"), t(Lang::invoices_all), None);
    let drawn = fetched(
        format!("/invoices/{id}"),
        still(),
        Extent::Page(Lang::invoices_title),
        Box::new(move |text| draw(id, text)),
    );
    holder("div", "sheet", vec![holder("p", "back", vec![back]), drawn])
}

fn draw(id: InvoiceId, text: &str) -> Option<AnyView> {
    let view: shared::api::invoices::InvoiceView = json::read(text)?;
    let (of, number) = (view.kind, view.number.clone());
    let title = say(move |lang| format!("{} {number}", kind(lang, of)));
    let number = view.number.clone();
    let pdf = |tag: &str, name: String, words| keep(format!("/invoices/{id}/pdf?language={tag}"), name, t(words), None);
    let english = pdf("en", format!("{number}.pdf"), Lang::invoice_pdf_en);
    let bangla = pdf("bn", format!("{number}-bn.pdf"), Lang::invoice_pdf_bn);
    let print = Button::new(t(Lang::print), browser::print).testid("print").draw();
    let paper = written("box document-page", move |lang| document(lang, &view));
    Some(vec![heading(title, false), holder("div", "buttons", vec![english, bangla, print]), paper].into_any())
}
