//! A document as Typst values: every figure already written in its language. Decides nothing about looks.

use crate::port::printer::PrintError;
use shared::api::auth::Language;
use shared::api::invoices::{InvoiceView, LineView, Party};
use shared::wording::amounts::{money, rate};
use shared::wording::document::{Labels, labels};
use shared::wording::{dates, invoice as words, spelled};
use typst::foundations::{Array, Dict, IntoValue, Value};

/// What the template finds in `sys.inputs`.
pub(super) fn of(invoice: &InvoiceView, language: Language) -> Result<Dict, PrintError> {
    let issued_on =
        dates::date(language, &invoice.issued_on).ok_or_else(|| PrintError::new("issued_on is not a date"))?;
    let labels = labels(invoice.kind, language);
    let lines: Array = invoice.lines.iter().map(|it| line(it, language)).collect();
    Ok(dict([
        ("language", language_tag(language).into_value()),
        ("one", digit_one(language).into_value()),
        ("labels", fixed(&labels)),
        ("number", text(&invoice.number)),
        ("seller", party(&invoice.seller)),
        ("buyer", party(&invoice.buyer)),
        ("facts", facts(invoice, &labels, issued_on)),
        ("lines", lines.into_value()),
        ("totals", totals(invoice, &labels, language)),
        ("in_words", optional(spelled::amount(language, invoice.gross).as_deref())),
        ("paid", optional(invoice.payment_reference.as_deref())),
        ("reason", optional(invoice.reason.as_deref())),
    ]))
}

fn dict<const N: usize>(entries: [(&str, Value); N]) -> Dict {
    entries.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

fn text(text: &str) -> Value {
    text.into_value()
}

fn optional(text: Option<&str>) -> Value {
    text.map_or(Value::None, IntoValue::into_value)
}

const fn language_tag(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Bn => "bn",
    }
}

/// The digit by which Typst tells how pages are numbered.
const fn digit_one(language: Language) -> &'static str {
    match language {
        Language::En => "1",
        Language::Bn => "১",
    }
}

fn fixed(labels: &Labels) -> Value {
    dict([
        ("title", text(labels.title)),
        ("buyer", text(labels.buyer)),
        ("bin", text(labels.bin)),
        ("reason", text(labels.reason)),
        ("paid", text(labels.paid)),
        ("description", text(labels.description)),
        ("quantity", text(labels.quantity)),
        ("unit_price", text(labels.unit_price)),
        ("tax", text(labels.tax)),
        ("net", text(labels.net)),
        ("gross", text(labels.gross)),
        ("in_words", text(labels.in_words)),
        ("page", text(labels.page)),
        ("page_of", text(labels.page_of)),
    ])
    .into_value()
}

fn party(party: &Party) -> Value {
    let address: Array = party.address.lines().filter(|line| !line.trim().is_empty()).map(text).collect();
    dict([("name", text(&party.name)), ("address", address.into_value()), ("bin", optional(party.bin.as_deref()))])
        .into_value()
}

/// Label and text, in the order in which they are shown.
fn facts(invoice: &InvoiceView, labels: &Labels, issued_on: String) -> Value {
    let mut facts = vec![(labels.number, text(&invoice.number)), (labels.issued_on, issued_on.into_value())];
    facts.extend(invoice.corrects.as_deref().map(|number| (labels.corrects, text(number))));
    facts.push((labels.panel, text(&invoice.tenant_name)));
    pairs(facts)
}

/// Name and amount: without VAT, VAT, with VAT.
fn totals(invoice: &InvoiceView, labels: &Labels, language: Language) -> Value {
    let rates: Vec<u32> = invoice.lines.iter().map(|line| line.tax_basis_points).collect();
    let tax = match rates.split_first() {
        // The rate stands beside the sum only where it is everybody's.
        Some((first, others)) if others.iter().all(|other| other == first) => {
            format!("{} {}", labels.tax, rate(language, *first))
        }
        Some(_) | None => labels.tax.to_owned(),
    };
    let amount = |amount| money(language, amount).into_value();
    pairs(vec![
        (labels.total_net, amount(invoice.net)),
        (&tax, amount(invoice.tax)),
        (labels.total_gross, amount(invoice.gross)),
    ])
}

fn pairs(pairs: Vec<(&str, Value)>) -> Value {
    let pair = |(label, value): (&str, Value)| Array::from_iter([text(label), value]).into_value();
    pairs.into_iter().map(pair).collect::<Array>().into_value()
}

/// The cells of a row, from the left.
fn line(line: &LineView, language: Language) -> Value {
    let unit_price = line.unit_price.as_ref().map(|price| words::unit_price(price, line.unit, language));
    let cells = [
        words::line(&line.what, language),
        words::quantity(line.quantity, line.unit, language),
        unit_price.unwrap_or_else(|| "–".to_owned()),
        rate(language, line.tax_basis_points),
        money(language, line.net),
        money(language, line.gross),
    ];
    cells.into_iter().map(IntoValue::into_value).collect::<Array>().into_value()
}
