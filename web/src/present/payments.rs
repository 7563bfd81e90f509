//! An account's payments as its people know them: by panel and date, and by what they paid with. The operator's list, which goes
//! by references, is in [`super::desk`].

use super::desk::{badge, payment_colour, payment_state};
use super::markup::Markup;
use crate::format::calendar::date_time;
use crate::format::money;
use crate::i18n::Lang;
use shared::api::payments::PaymentRow;
use shared::api::tenants::BillingView;

/// A text of fixed words.
type Words = fn(Lang) -> &'static str;

/// How the codes end by which gateways name a way to pay, and what people call it. SSLCommerz writes the code before a dash, and
/// that of a bank's own pages with `IB` at its end, but for two.
const KNOWN: [(&str, Words); 11] = [
    ("BKASH", Lang::way_bkash),
    ("NAGAD", Lang::way_nagad),
    ("DBBLMOBILEB", Lang::way_rocket),
    ("VISA", Lang::way_visa),
    ("MASTER", Lang::way_mastercard),
    ("IB", Lang::way_bank_pages),
    ("IBBL", Lang::way_bank_pages),
    ("MTBL", Lang::way_bank_pages),
    ("sslcommerz", Lang::actor_gateway),
    ("manual", Lang::way_by_hand),
    ("credit", Lang::ret_by_credit),
];

/// What somebody paid with, or where, as long as nobody knows with what. A name that is not known stays as it is.
#[must_use]
pub fn paid_with(lang: Lang, told: &str) -> &str {
    let code = told.split('-').next().unwrap_or_default();
    KNOWN.iter().find(|(known, _)| code.ends_with(*known)).map_or(told, |(_, words)| words(lang))
}

/// The payments as a list, each with a link to its page.
#[must_use]
pub fn list(lang: Lang, rows: &[PaymentRow]) -> String {
    let mut out = Markup::default();
    out.tags("<ul class=\"rows\">");
    for row in rows {
        out.within("<li class=\"document\"><a href=\"/pay/", &row.payment_id.to_string(), "\">")
            .within("", &row.tenant_name, " · ")
            .within("", &date_time(lang, row.created_at), "</a>")
            .within("<strong>", &money(lang, row.amount), "</strong><p class=\"small\">");
        badge(&mut out, payment_colour(row.state), payment_state(row.state)(lang));
        out.within(" <span>", paid_with(lang, row.method.as_deref().unwrap_or(&row.gateway)), "</span> · ").within(
            "<span lang=\"en\" translate=\"no\">",
            &row.reference,
            "</span></p></li>",
        );
    }
    out.tags("</ul>");
    out.done()
}

/// Whether what a payment bought is running, or is still to come. One that bought no cycle of its own went to the running one.
#[must_use]
pub fn still_counts(billing: &BillingView, bought: Option<u32>) -> bool {
    let Some(last) = &billing.cycle else { return bought.is_some() };
    let runs = last.ended_reason.is_none();
    bought.map_or(runs, |bought| last.number < bought || (last.number == bought && runs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample;
    use shared::api::payments::PaymentState;
    use shared::api::tenants::EndedReason;
    use shared::money::{Currency, Money};

    // Harm prevented: somebody asks which of their payments is the bKash one, and reads codes of the gateway.
    #[test]
    fn ways_to_pay_have_the_names_that_payers_know() {
        for (told, said) in [
            ("BKASH-BKash", "bKash"),
            ("NAGAD-Nagad", "Nagad"),
            ("DBBLMOBILEB-Dbbl Mobile Banking", "Rocket"),
            ("VISA-Dutch Bangla", "Visa"),
            ("MASTER-Brac bank", "Mastercard"),
            ("CITYBANKIB-City Touch Internet Banking", "Internet banking"),
            ("IBBL-Islami Bank", "Internet banking"),
            ("MTBL-Mutual Trust Internet Banking", "Internet banking"),
            ("sslcommerz", "SSLCommerz"),
            ("manual", "Bank transfer or cash"),
            ("credit", "Credit"),
            ("UPAY-upay", "UPAY-upay"),
            ("Bank transfer 4711-VISA", "Bank transfer 4711-VISA"),
            ("", ""),
        ] {
            assert_eq!(paid_with(Lang::En, told), said, "{told}");
        }
        assert_eq!(paid_with(Lang::Bn, "BKASH-BKash"), "বিকাশ");
    }

    // Harm prevented: the receipt of a month that is long over says that the closed panel is coming back.
    #[test]
    fn an_old_payment_brings_nothing_back() {
        let mut billing = sample::active(10, 360).billing;
        let last = billing.cycle.as_mut().unwrap();
        (last.number, last.ended_reason) = (3, None);
        assert_eq!([2, 3, 4].map(|bought| still_counts(&billing, Some(bought))), [false, true, true]);
        assert!(still_counts(&billing, None), "an upgrade of the running cycle");
        billing.cycle.as_mut().unwrap().ended_reason = Some(EndedReason::HoursUsedUp);
        assert_eq!([2, 3, 4].map(|bought| still_counts(&billing, Some(bought))), [false, false, true]);
        assert!(!still_counts(&billing, None));
        billing.cycle = None;
        assert!(still_counts(&billing, Some(1)) && !still_counts(&billing, None));
    }

    // Harm prevented: a list of payments is a list of references, and nobody finds theirs.
    #[test]
    fn a_payment_is_named_by_its_panel_and_its_date() {
        let row = PaymentRow {
            payment_id: "pay_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            order_id: "ord_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            tenant_id: "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            tenant_name: "R&D".to_owned(),
            state: PaymentState::Settled,
            amount: Money::new(250_000, Currency::Bdt),
            gateway: "sslcommerz".to_owned(),
            reference: "HG01JD0000000000000000".to_owned(),
            method: Some("BKASH-BKash".to_owned()),
            created_at: "2026-11-22T15:05:00Z".parse().unwrap(),
            settled_at: None,
        };
        let drawn = list(Lang::En, &[row]).replace('\u{a0}', " ");
        assert!(drawn.contains(">R&amp;D · 22 Nov 2026, 9:05 pm</a>"), "{drawn}");
        assert!(drawn.contains("href=\"/pay/pay_01937b1c8f2e7c3d9a4b5c6d7e8f9012\""), "{drawn}");
        let (_, below) = drawn.split_once("</a>").unwrap();
        assert!(below.contains("bKash") && below.contains("HG01JD0000000000000000"), "{below}");
    }
}
