//! Invoices and credit notes as markup: the list's rows, the document, the lines of an order.

use super::markup::Markup;
use crate::format::calendar::day;
use crate::format::{line, money, quantity, rate, unit_price};
use crate::i18n::Lang;
use crate::wire::{Document, Order};
use shared::api::invoices::{InvoiceKind, InvoiceView, LineView, Party};
use shared::money::Money;
use shared::wording::document::{Labels, labels};

/// What kind of document it is: `Invoice`.
#[must_use]
pub fn kind(lang: Lang, kind: InvoiceKind) -> &'static str {
    labels(kind, lang.into()).title
}

/// The list, each row with a link.
#[must_use]
pub fn list(lang: Lang, items: &[Document]) -> String {
    let mut out = Markup::default();
    out.tags("<ul class=\"rows\">");
    for item in items {
        out.within("<li class=\"document\"><a href=\"/invoices/", &item.invoice_id.to_string(), "\">")
            .within("<span lang=\"en\" translate=\"no\">", &item.number, "</span></a>")
            .within("<strong>", &money(lang, item.gross), "</strong>")
            .within("<p class=\"small\">", kind(lang, item.kind), " · ")
            .within("<span>", &item.tenant_name, "</span> · ")
            .within("<span>", &day(lang, &item.issued_on), "</span></p></li>");
    }
    out.tags("</ul>");
    out.done()
}

/// The document under its heading.
#[must_use]
pub fn document(lang: Lang, view: &InvoiceView) -> String {
    let words = labels(view.kind, lang.into());
    let mut out = Markup::default();
    if let Some(number) = &view.corrects {
        let why = view.reason.as_deref().unwrap_or_default();
        out.within("<p class=\"lead\">", &lang.invoice_corrects(number, why), "</p>");
    }
    out.tags("<div class=\"parties\">");
    party(&mut out, &words, lang.invoice_seller(), &view.seller);
    party(&mut out, &words, words.buyer, &view.buyer);
    out.tags("</div><dl class=\"facts\">")
        .fact(words.issued_on, &day(lang, &view.issued_on))
        .fact(words.panel, &view.tenant_name);
    if let Some(reference) = &view.payment_reference {
        out.fact(words.paid, reference);
    }
    out.tags("</dl>");
    bill(&mut out, lang, words, &view.lines, [view.net, view.tax, view.gross], true);
    out.done()
}

fn party(out: &mut Markup, words: &Labels, title: &str, party: &Party) {
    out.within("<section><h2>", title, "</h2>").within("<p>", &party.name, "</p>");
    out.within("<p class=\"small\">", &party.address, "</p>");
    if let Some(bin) = &party.bin {
        out.within("<p class=\"small\">", words.bin, " ").within("<span lang=\"en\">", bin, "</span></p>");
    }
    out.tags("</section>");
}

/// The lines and the sums of what is about to be ordered.
#[must_use]
pub fn order(lang: Lang, order: &Order) -> String {
    let mut out = Markup::default();
    let words = labels(InvoiceKind::Invoice, lang.into());
    // Where nothing is taxed, what is paid is said once.
    let is_taxed = order.lines.iter().any(|line| line.tax_basis_points > 0);
    bill(&mut out, lang, words, &order.lines, [order.net, order.tax, order.gross], is_taxed);
    out.done()
}

/// Lines as a table on wide screens, as blocks on narrow ones; `sums` are net, VAT and gross. VAT is left out unless it is to be
/// `with_tax`.
fn bill(out: &mut Markup, lang: Lang, words: Labels, lines: &[LineView], sums: [Money; 3], with_tax: bool) {
    out.tags("<table class=\"lines\"><thead><tr>");
    let taxed = [words.net, words.tax].into_iter().filter(|_| with_tax);
    for title in [words.description, words.quantity, words.unit_price].into_iter().chain(taxed).chain([words.gross]) {
        out.within("<th scope=\"col\">", title, "</th>");
    }
    out.tags("</tr></thead><tbody>");
    for item in lines {
        row(out, lang, words, item, with_tax);
    }
    out.tags("</tbody></table><dl class=\"facts sums\">");
    let [net, tax, gross] = sums.map(|sum| money(lang, sum));
    if with_tax {
        out.fact(words.total_net, &net).fact(words.tax, &tax);
    }
    out.within("<div class=\"total\"><dt>", words.total_gross, "</dt>");
    out.within("<dd data-testid=\"total\">", &gross, "</dd></div></dl>");
}

fn row(out: &mut Markup, lang: Lang, words: Labels, item: &LineView, with_tax: bool) {
    let price = item.unit_price.map(|price| unit_price(lang, &price, item.unit)).unwrap_or_default();
    let tax = format!("{} ({})", money(lang, item.tax), rate(lang, item.tax_basis_points));
    out.within("<tr><th scope=\"row\">", &line(lang, &item.what), "</th>");
    let counted = [(words.quantity, quantity(lang, item.quantity, item.unit)), (words.unit_price, price)];
    let taxed = [(words.net, money(lang, item.net)), (words.tax, tax)].into_iter().filter(|_| with_tax);
    for (title, figure) in counted.into_iter().chain(taxed).chain([(words.gross, money(lang, item.gross))]) {
        // On a phone the column's title stands before the figure, by CSS.
        out.within("<td data-title=\"", title, "\">").within("", &figure, "</td>");
    }
    out.tags("</tr>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::api::invoices::{LineWhat, Unit, UnitPrice};
    use shared::money::Currency;
    use shared::time::Timestamp;

    fn credit_note() -> InvoiceView {
        let taka = |minor| Money::new(minor, Currency::Bdt);
        let party = |name: &str| Party { name: name.into(), address: "1 Road\nDhaka".into(), bin: Some("0012".into()) };
        InvoiceView {
            invoice_id: "inv_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            kind: InvoiceKind::CreditNote,
            number: "CRN-2026-27-000001".into(),
            account_id: "acc_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            tenant_id: "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            tenant_name: "Rahman".into(),
            order_id: None,
            corrects: Some("INV-2026-27-000042".into()),
            reason: Some("<b>outage</b>".into()),
            issued_at: Timestamp::EPOCH,
            issued_on: "2026-11-22".into(),
            payment_reference: None,
            seller: party("Hourglass & Co"),
            buyer: party("Rahman Traders"),
            lines: vec![LineView {
                position: 1,
                what: LineWhat::Overage { cycle_number: 2 },
                quantity: 45_000,
                unit: Unit::Seconds,
                unit_price: Some(UnitPrice { price: taka(1_000), per: 3_600 }),
                tax_basis_points: 1_500,
                net: taka(12_500),
                tax: taka(1_875),
                gross: taka(14_375),
            }],
            net: taka(12_500),
            tax: taka(1_875),
            gross: taka(14_375),
        }
    }

    // Harm prevented: the page shows another amount than the document, or leaves out what it corrects.
    #[test]
    fn a_credit_note_says_all_that_it_says_in_print() {
        let page = document(Lang::En, &credit_note()).replace('\u{a0}', " ");
        for said in [
            "Corrects INV-2026-27-000042, because &lt;b&gt;outage&lt;/b&gt;",
            "Hourglass &amp; Co",
            "Rahman Traders",
            "1 Road<br>Dhaka",
            "BIN <span lang=\"en\">0012",
            "Hours beyond the allowance, billing cycle 2",
            "12 h 30 min",
            "৳ 10.00 / h",
            "৳ 125.00",
            "৳ 18.75 (15%)",
            "<dt>Total credited</dt><dd data-testid=\"total\">৳ 143.75",
            "22 Nov 2026",
        ] {
            assert!(page.contains(said), "{said} is missing in {page}");
        }
        assert!(document(Lang::Bn, &credit_note()).contains("৳\u{a0}১৪৩.৭৫"));
    }

    #[test]
    fn a_row_names_its_kind_and_links_to_the_document() {
        let InvoiceView { invoice_id, kind, number, tenant_name, issued_on, gross, .. } = credit_note();
        let row = list(Lang::En, &[Document { invoice_id, kind, number, tenant_name, issued_on, gross }]);
        assert!(row.contains("href=\"/invoices/inv_01937b1c8f2e7c3d9a4b5c6d7e8f9012\""));
        assert!(row.contains("Credit note") && row.contains("CRN-2026-27-000001") && row.contains("143.75"));
    }
}
