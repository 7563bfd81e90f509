//! An account's orders as markup: for which panel, what was ordered, what it came to and what became of it.

use super::desk::badge;
use super::markup::Markup;
use crate::format::calendar::date_time;
use crate::format::{line, money};
use crate::i18n::Lang;
use crate::wire::Ordered;
use shared::api::payments::OrderState;

/// The orders as a list, each with the ways to its payment and to its invoice, where it has them.
#[must_use]
pub fn list(lang: Lang, rows: &[Ordered]) -> String {
    let mut out = Markup::default();
    out.tags("<ul class=\"rows\">");
    for row in rows {
        out.tags("<li class=\"document\">");
        let name = format!("{} · {}", row.tenant_name, date_time(lang, row.created_at));
        match row.payment_id {
            Some(payment) => out.within("<a href=\"/pay/", &payment.to_string(), "\">").within("", &name, "</a>"),
            None => out.within("<span>", &name, "</span>"),
        };
        out.within("<strong>", &money(lang, row.amount), "</strong><p class=\"small\">");
        let (colour, words) = state(lang, row.state);
        badge(&mut out, colour, words);
        let credit = (row.credit_used.minor > 0).then(|| lang.order_credit(&money(lang, row.credit_used)));
        let parts: Vec<String> = row.lines.iter().map(|item| line(lang, &item.what)).chain(credit).collect();
        out.within(" ", &parts.join(" · "), "</p>");
        if let Some(invoice) = row.invoice_id {
            out.within("<a href=\"/invoices/", &invoice.to_string(), "\">").put(lang.ret_invoice()).tags("</a>");
        }
        out.tags("</li>");
    }
    out.tags("</ul>");
    out.done()
}

/// What became of it: its colour, and in words.
const fn state(lang: Lang, state: OrderState) -> (&'static str, &'static str) {
    match state {
        OrderState::Open => ("yellow", lang.order_open()),
        OrderState::Held => ("orange", lang.order_held()),
        OrderState::Settled => ("green", lang.order_settled()),
        OrderState::Withdrawn => ("grey", lang.order_withdrawn()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::api::invoices::{LineView, LineWhat, Unit};
    use shared::money::{Currency, Money};

    fn ordered(state: OrderState) -> Ordered {
        let taka = |minor| Money::new(minor, Currency::Bdt);
        let what = LineWhat::BasePrice { plan: "Large".into(), cycle_number: 2, cycle_days: 30, included_hours: 360 };
        let unit_price = None;
        Ordered {
            tenant_name: "R&D".to_owned(),
            state,
            lines: vec![LineView {
                position: 1,
                what,
                quantity: 1,
                unit: Unit::Cycles,
                unit_price,
                tax_basis_points: 0,
                net: taka(250_000),
                tax: taka(0),
                gross: taka(250_000),
            }],
            amount: taka(250_000),
            credit_used: taka(0),
            created_at: "2026-11-22T15:05:00Z".parse().unwrap(),
            payment_id: None,
            invoice_id: None,
        }
    }

    // Harm prevented: somebody finds what they ordered only by what they paid, and an order that nobody paid nowhere.
    #[test]
    fn an_order_says_what_was_ordered_and_what_became_of_it() {
        let shown = |row: &Ordered| list(Lang::En, std::slice::from_ref(row)).replace('\u{a0}', " ");
        let withdrawn = shown(&ordered(OrderState::Withdrawn));
        assert!(
            withdrawn.contains("<span>R&amp;D · 22 Nov 2026, 9:05 pm</span><strong>৳ 2,500.00</strong>"),
            "{withdrawn}"
        );
        assert!(withdrawn.contains("badge grey\">Withdrawn</span>") && withdrawn.contains("Large"), "{withdrawn}");
        assert!(!withdrawn.contains("<a ") && !withdrawn.contains("credit"), "{withdrawn}");

        let id = "01937b1c8f2e7c3d9a4b5c6d7e8f9012";
        let settled = shown(&Ordered {
            credit_used: Money::new(50_000, Currency::Bdt),
            payment_id: format!("pay_{id}").parse().ok(),
            invoice_id: format!("inv_{id}").parse().ok(),
            ..ordered(OrderState::Settled)
        });
        for part in [
            &format!("<a href=\"/pay/pay_{id}\">R&amp;D"),
            &format!("<a href=\"/invoices/inv_{id}\">Invoice</a>"),
            "badge green\">Paid</span>",
            "৳ 500.00 from your credit",
        ] {
            assert!(settled.contains(part), "{part}: {settled}");
        }
        assert!(shown(&ordered(OrderState::Open)).contains("badge yellow\">Waits for payment</span>"));
        assert!(shown(&ordered(OrderState::Held)).contains("badge orange\">Being looked at</span>"));
    }
}
