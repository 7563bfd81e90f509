//! Credit as markup: what it comes to, and each movement with what it then came to.

use super::markup::Markup;
use crate::format::calendar::date_time;
use crate::format::money;
use crate::i18n::Lang;
use shared::api::credit::{StatementKind, StatementRow};
use shared::money::Money;

/// What it comes to now; mostly in one currency.
#[must_use]
pub fn balances(lang: Lang, held: &[Money]) -> String {
    let mut out = Markup::default();
    for amount in held {
        out.within("<p class=\"balance\">", &money(lang, *amount), "</p>");
    }
    out.done()
}

/// The movements as a list.
#[must_use]
pub fn movements(lang: Lang, rows: &[StatementRow]) -> String {
    let mut out = Markup::default();
    out.tags("<ul class=\"rows\">");
    for row in rows {
        out.within("<li class=\"document movement\"><span>", kind(lang, row.kind), "</span>")
            .within("<strong>", &signed(lang, row.amount), "</strong>")
            .within("<p class=\"small\">", &date_time(lang, row.at), " · ")
            .within("<span>", &row.tenant_name, "</span></p><p class=\"small\">")
            .within("", &lang.credit_then(&money(lang, row.balance)), "</p>");
        if let Some(payment) = row.payment_id {
            out.within("<a href=\"/pay/", &payment.to_string(), "\">").put(lang.credit_payment()).tags("</a>");
        }
        if let Some(invoice) = row.invoice_id {
            out.within("<a href=\"/invoices/", &invoice.to_string(), "\">").put(lang.credit_note()).tags("</a>");
        }
        out.tags("</li>");
    }
    out.tags("</ul>");
    out.done()
}

/// With a plus, where it grew: a minus it has already.
fn signed(lang: Lang, amount: Money) -> String {
    let figure = money(lang, amount);
    if amount.minor > 0 { format!("+{figure}") } else { figure }
}

const fn kind(lang: Lang, kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::PaymentCredited => lang.credit_paid_too_much(),
        StatementKind::PaymentAccepted => lang.credit_accepted(),
        StatementKind::CreditNoteIssued => lang.credit_by_note(),
        StatementKind::CreditApplied => lang.credit_used(),
        StatementKind::CreditReleased => lang.credit_released(),
        StatementKind::RefundRequested => lang.credit_sent_back(),
        StatementKind::RefundReturned => lang.credit_came_back(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::money::Currency;
    use shared::time::Timestamp;

    // Harm prevented: a customer cannot see where their money went, or reads a loss as a gain.
    #[test]
    fn a_movement_says_why_by_how_much_and_what_was_left() {
        let taka = |minor| Money::new(minor, Currency::Bdt);
        let row = |kind, minor, balance| StatementRow {
            at: Timestamp::EPOCH,
            kind,
            amount: taka(minor),
            balance: taka(balance),
            tenant_id: "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            tenant_name: "R&D".into(),
            payment_id: Some("pay_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap()),
            order_id: None,
            invoice_id: None,
            refund_id: None,
        };
        let rows = [row(StatementKind::CreditApplied, -5_000, 0), row(StatementKind::PaymentCredited, 5_000, 5_000)];
        let page = movements(Lang::En, &rows).replace('\u{a0}', " ");
        for said in [
            "An order used it",
            "+৳ 50.00",
            "Then ৳ 50.00",
            "Then ৳ 0.00",
            "R&amp;D",
            "href=\"/pay/pay_01937b1c8f2e7c3d9a4b5c6d7e8f9012\"",
        ] {
            assert!(page.contains(said), "{said} is missing in {page}");
        }
        assert!(!page.contains("+৳ 0") && !page.contains("+−") && !page.contains("+-"), "{page}");
        assert!(balances(Lang::Bn, &[taka(5_000)]).contains("৫০.০০"));
    }
}
