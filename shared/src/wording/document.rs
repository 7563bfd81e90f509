//! What stands on every invoice and credit note besides its lines: title, labels, headings.

use crate::api::auth::Language;
use crate::api::invoices::InvoiceKind;

/// The fixed texts of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    /// What the document is.
    pub title: &'static str,
    /// Before its number.
    pub number: &'static str,
    /// Before the day on which it was issued.
    pub issued_on: &'static str,
    /// Above the buyer.
    pub buyer: &'static str,
    /// Before a Business Identification Number.
    pub bin: &'static str,
    /// Before the panel's name.
    pub panel: &'static str,
    /// Before the number of the invoice that a credit note corrects.
    pub corrects: &'static str,
    /// Before the reason of a credit note.
    pub reason: &'static str,
    /// Before the reference of the payment.
    pub paid: &'static str,
    /// Heads the column that says what a line is about.
    pub description: &'static str,
    /// Heads the column of quantities.
    pub quantity: &'static str,
    /// Heads the column of unit prices.
    pub unit_price: &'static str,
    /// Heads the column of VAT rates; also names the VAT among the totals.
    pub tax: &'static str,
    /// Heads the column of amounts without VAT.
    pub net: &'static str,
    /// Heads the column of amounts with VAT.
    pub gross: &'static str,
    /// Names the sum without VAT.
    pub total_net: &'static str,
    /// Names the sum with VAT.
    pub total_gross: &'static str,
    /// Before the sum in words.
    pub in_words: &'static str,
    /// Before the number of the page.
    pub page: &'static str,
    /// Between the number of the page and how many there are.
    pub page_of: &'static str,
}

/// The texts for this kind of document.
#[must_use]
pub const fn labels(kind: InvoiceKind, language: Language) -> Labels {
    let labels = match language {
        Language::En => ENGLISH,
        Language::Bn => BANGLA,
    };
    match (kind, language) {
        (InvoiceKind::Invoice, Language::En | Language::Bn) => labels,
        (InvoiceKind::CreditNote, Language::En) => Labels {
            title: "Credit note",
            number: "Credit note number",
            buyer: "Credited to",
            total_gross: "Total credited",
            ..labels
        },
        (InvoiceKind::CreditNote, Language::Bn) => {
            Labels {
                title: "ক্রেডিট নোট", number: "ক্রেডিট নোট নম্বর", total_gross: "সর্বমোট ক্রেডিট", ..labels
            }
        }
    }
}

const ENGLISH: Labels = Labels {
    title: "Invoice",
    number: "Invoice number",
    issued_on: "Date of issue",
    buyer: "Billed to",
    bin: "BIN",
    panel: "Panel",
    corrects: "Corrects invoice",
    reason: "Reason",
    paid: "Paid. Payment reference",
    description: "Description",
    quantity: "Quantity",
    unit_price: "Unit price",
    tax: "VAT",
    net: "Excl. VAT",
    gross: "Incl. VAT",
    total_net: "Total excluding VAT",
    total_gross: "Total",
    in_words: "In words",
    page: "Page",
    page_of: "of",
};

const BANGLA: Labels = Labels {
    title: "চালান",
    number: "চালান নম্বর",
    issued_on: "ইস্যুর তারিখ",
    buyer: "ক্রেতা",
    bin: "বিআইএন",
    panel: "প্যানেল",
    corrects: "যে চালানের সংশোধন",
    reason: "কারণ",
    paid: "পরিশোধিত। পেমেন্ট রেফারেন্স",
    description: "বিবরণ",
    quantity: "পরিমাণ",
    unit_price: "একক মূল্য",
    tax: "মূসক",
    net: "মূসক ছাড়া",
    gross: "মূসকসহ",
    total_net: "মূসক ছাড়া মোট",
    total_gross: "সর্বমোট",
    in_words: "কথায়",
    page: "পৃষ্ঠা",
    page_of: "/",
};

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: money given back is announced as money due.
    #[test]
    fn a_credit_note_never_calls_itself_an_invoice() {
        for language in [Language::En, Language::Bn] {
            let (invoice, note) = (labels(InvoiceKind::Invoice, language), labels(InvoiceKind::CreditNote, language));
            assert_ne!(invoice.title, note.title);
            assert_ne!(invoice.number, note.number);
            assert_ne!(invoice.total_gross, note.total_gross);
        }
    }
}
