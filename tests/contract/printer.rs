//! What every printer must do, whatever it prints with. The documents are read back as a customer's reader does.

use hourglass::port::printer::InvoicePrinter;
use shared::api::auth::Language;
use shared::api::invoices::{InvoiceKind, InvoiceView, LineView, LineWhat, Party, Unit, UnitPrice};
use shared::billing::rating::{Aggregation, Meter};
use shared::ids::{AccountId, InvoiceId, TenantId};
use shared::money::{Currency, Money};
use shared::time::{HOUR, Timestamp};
use uuid::Uuid;

use crate::paper;

/// A printer for one test.
pub(crate) trait World: Sized {
    type Printer: InvoicePrinter;

    /// The adapter as it is.
    fn new() -> Self;
    fn printer(&self) -> &Self::Printer;
}

const BOTH: [Language; 2] = [Language::En, Language::Bn];

fn taka(minor: i64) -> Money {
    Money::new(minor, Currency::Bdt)
}

fn line(position: u32, what: LineWhat, quantity: i64, unit: Unit, price: Option<(i64, i64)>, net: i64) -> LineView {
    let tax = net * 15 / 100;
    LineView {
        position,
        what,
        quantity,
        unit,
        unit_price: price.map(|(price, per)| UnitPrice { price: taka(price), per }),
        tax_basis_points: 1_500,
        net: taka(net),
        tax: taka(tax),
        gross: taka(net + tax),
    }
}

fn base(position: u32) -> LineView {
    let plan = "Standard".to_owned();
    let what = LineWhat::BasePrice { plan, cycle_number: 3, cycle_days: 30, included_hours: 360 };
    line(position, what, 1, Unit::Cycles, Some((250_000, 1)), 250_000)
}

fn with_lines(lines: Vec<LineView>) -> InvoiceView {
    let sum = |of: fn(&LineView) -> Money| taka(lines.iter().map(|line| of(line).minor).sum());
    InvoiceView {
        invoice_id: InvoiceId::new(Uuid::from_u128(7)),
        kind: InvoiceKind::Invoice,
        number: "INV-2026-27-000042".into(),
        account_id: AccountId::new(Uuid::from_u128(8)),
        tenant_id: TenantId::new(Uuid::from_u128(9)),
        tenant_name: "acme-books".into(),
        order_id: None,
        corrects: None,
        reason: None,
        issued_at: Timestamp::from_unix(1_795_300_000),
        issued_on: "2026-11-22".into(),
        payment_reference: Some("pay_42".into()),
        seller: Party {
            name: "Hourglass Cloud Ltd.".into(),
            address: "House 12, Road 5\nDhaka 1205".into(),
            bin: Some("0012345678901".into()),
        },
        buyer: Party {
            name: "Acme Traders".into(),
            address: "Chattogram 4000".into(),
            bin: Some("0098765432109".into()),
        },
        net: sum(|line| line.net),
        tax: sum(|line| line.tax),
        gross: sum(|line| line.gross),
        lines,
    }
}

fn invoice() -> InvoiceView {
    let users = LineWhat::Metered { cycle_number: 2, meter: Meter::Users, aggregation: Aggregation::Peak };
    let storage = LineWhat::Metered {
        cycle_number: 2,
        meter: Meter::StorageBytes,
        aggregation: Aggregation::TimeWeightedAverage,
    };
    with_lines(vec![
        base(1),
        line(2, LineWhat::Overage { cycle_number: 2 }, 45_000, Unit::Seconds, Some((1_000, HOUR)), 12_500),
        line(3, users, 14, Unit::Users, Some((15_000, 1)), 210_000),
        line(4, storage, 13_421_772_800, Unit::Bytes, None, 12_500_000),
    ])
}

fn credit_note() -> InvoiceView {
    InvoiceView {
        kind: InvoiceKind::CreditNote,
        number: "CN-2026-27-000003".into(),
        corrects: Some("INV-2026-27-000042".into()),
        reason: Some("Charged twice at the gateway".into()),
        payment_reference: None,
        ..with_lines(vec![base(1)])
    }
}

async fn read<W: World>(world: &W, invoice: &InvoiceView, language: Language) -> Vec<String> {
    paper::pages(&world.printer().print(invoice, language).await.unwrap())
}

fn assert_holds(page: &str, texts: &[&str]) {
    for text in texts {
        assert!(page.contains(&paper::without_space(text)), "{text:?} is missing on:\n{page}");
    }
}

// Harm prevented: a customer's books lack a line, a party or a sum that was charged.
pub(crate) async fn an_invoice_shows_all_that_it_holds<W: World>() {
    let pages = read(&W::new(), &invoice(), Language::En).await;
    assert_eq!(pages.len(), 1, "a usual invoice fits on one page");
    let everything = [
        "Invoice number INV-2026-27-000042",
        "22 Nov 2026",
        "Hourglass Cloud Ltd.",
        "House 12, Road 5",
        "Dhaka 1205",
        "BIN: 0012345678901",
        "Billed to Acme Traders Chattogram 4000 BIN: 0098765432109",
        "acme-books",
        "billing cycle 3 (30 days, 360 hours included)",
        "12 h 30 min ৳ 10.00 / h 15% ৳ 125.00 ৳ 143.75",
        "14 users ৳ 150.00 / user 15% ৳ 2,100.00 ৳ 2,415.00",
        "12.5 GiB – 15% ৳ 1,25,000.00 ৳ 1,43,750.00",
        "Total excluding VAT ৳ 1,29,725.00",
        "VAT 15% ৳ 19,458.75",
        "Total ৳ 1,49,183.75",
        "Payment reference: pay_42",
        "Page 1 of 1",
    ];
    assert_holds(&pages[0], &everything);
}

// Harm prevented: a Bangla document with half of its words or figures in English.
pub(crate) async fn bangla_is_bangla_throughout<W: World>() {
    let pages = read(&W::new(), &invoice(), Language::Bn).await;
    // In the file, a cluster with a part above or below its line stands in pieces, each of which names the whole of it;
    // so what is looked for here has no such parts.
    let everything = [
        "চালান",
        "ক্রেতা Acme Traders",
        "INV-2026-27-000042 ইস্যুর তারিখ ২২",
        "বিআইএন: 0012345678901",
        "১২ ঘণ্টা ৩০ মিনিট ৳ ১০.০০ / ঘণ্টা ১৫% ৳ ১২৫.০০ ৳ ১৪৩.৭৫",
        "মূসক ১৫% ৳ ১৯,৪৫৮.৭৫",
        "৳ ১,৪৯,১৮৩.৭৫",
        "পৃষ্ঠা ১ / ১",
    ];
    assert_holds(&pages[0], &everything);
}

// Harm prevented: Bangla words fall apart into letters with visible joiners, which no Bangladeshi would take for a document.
pub(crate) async fn conjuncts_are_one_glyph<W: World>() {
    let world = W::new();
    let mut glyphs = Vec::new();
    for name in ["ক", "ক্ষ", "ত্র", "জ্ঞ", "কষ"] {
        let mut invoice = invoice();
        invoice.buyer.name = name.into();
        glyphs.push(paper::glyphs(&world.printer().print(&invoice, Language::En).await.unwrap()));
    }
    let one = glyphs[0];
    assert_eq!(glyphs, [one, one, one, one, one + 1]);
}

// Harm prevented: money given back is booked as money due, or nobody finds the invoice that it belongs to.
pub(crate) async fn a_credit_note_says_what_it_corrects_and_why<W: World>() {
    let world = W::new();
    let english = read(&world, &credit_note(), Language::En).await.concat();
    let needed =
        ["Credit note number CN-2026-27-000003", "INV-2026-27-000042", "Reason: Charged twice", "Total credited"];
    assert_holds(&english, &needed);
    assert!(!english.contains("Paid"), "nobody paid a credit note:\n{english}");
    assert_holds(&read(&world, &credit_note(), Language::Bn).await.concat(), &["ক্রেডিট নোট", "কারণ: Charged twice"]);
}

// Harm prevented: a copy that was fetched again differs from the one in the customer's books.
pub(crate) async fn the_same_document_is_the_same_bytes<W: World>() {
    let (here, elsewhere) = (W::new(), W::new());
    let mut other = invoice();
    other.buyer.name = "Somebody else".into();
    for language in BOTH {
        let first = here.printer().print(&invoice(), language).await.unwrap();
        here.printer().print(&other, language).await.unwrap();
        for printer in [here.printer(), elsewhere.printer()] {
            let again = printer.print(&invoice(), language).await.unwrap();
            assert!(again == first, "printed twice, the {language:?} invoice differs");
        }
    }
}

// Harm prevented: a customer's name reads files, breaks the document, or changes what it says.
pub(crate) async fn names_stand_literally<W: World>() {
    const LINES: [&str; 7] = [
        "#import \"x\"",
        "#panic(\"e\")",
        "#read(\"/etc/passwd\")",
        "= f // g /* h",
        "<i> @j \\ ~ -- --- ...",
        "'k' \"l\" ]] }} ))",
        "https://example.com/#m",
    ];
    const NAME: &str = "*a* _b_ `c` $d$ #sys";
    let mut hostile = InvoiceView { tenant_name: NAME.into(), reason: Some(NAME.into()), ..credit_note() };
    hostile.buyer = Party { name: NAME.into(), address: LINES.join("\n"), bin: Some("#n".into()) };
    hostile.lines[0].what = LineWhat::Upgrade { from_plan: NAME.into(), to_plan: "L".into(), cycle_number: 1 };
    let world = W::new();
    for language in BOTH {
        let page = read(&world, &hostile, language).await.concat();
        assert_holds(&page, &LINES);
        assert_eq!(
            page.matches(&paper::without_space(NAME)).count(),
            4,
            "the name stands there as buyer, panel, plan and reason:\n{page}"
        );
    }
}

// Harm prevented: a long invoice loses the lines that do not fit on its first page, or its later pages say nothing.
pub(crate) async fn many_lines_fill_many_pages<W: World>() {
    let invoice = with_lines((1..=200).map(base).collect());
    let pages = read(&W::new(), &invoice, Language::En).await;
    assert!(pages.len() > 2, "{} pages", pages.len());
    for (number, page) in (1..).zip(&pages) {
        assert_holds(page, &[&format!("Page {number} of {}", pages.len()), "Invoice INV-2026-27-000042"]);
        let lines = page.matches("360hoursincluded").count();
        assert!(lines == 0 || page.contains("QuantityUnitprice"), "no heading above the lines of page {number}");
    }
    let whole = pages.concat();
    assert_eq!(whole.matches("360hoursincluded").count(), 200);
    assert_eq!(whole.matches("TotalexcludingVAT").count(), 1);
}

// Harm prevented: one customer with a name out of bounds, or with none, never gets an invoice.
pub(crate) async fn unusual_texts_are_printed_too<W: World>() {
    let world = W::new();
    let (endless, conjuncts) = ("x".repeat(2_000), "ক্ষ".repeat(300));
    for names in [["", " ", "a\nb\r\nc\td"], [&endless, &conjuncts, "名前 🙂 \u{202e}abc\u{0}"]] {
        let [name, panel, plan] = names.map(str::to_owned);
        let mut invoice = invoice();
        invoice.buyer = Party { name: name.clone(), address: name, bin: None };
        invoice.tenant_name = panel;
        invoice.lines[0].what = LineWhat::Upgrade { from_plan: plan, to_plan: String::new(), cycle_number: 0 };
        invoice.lines[0].gross = taka(i64::MAX);
        assert_holds(&read(&world, &invoice, Language::En).await.concat(), &["pay_42"]);
    }
}

// Harm prevented: a document without lines, or one with a date that is none, takes the server down.
pub(crate) async fn what_cannot_be_written_is_an_error<W: World>() {
    let world = W::new();
    let broken = InvoiceView { issued_on: "soon".into(), ..invoice() };
    assert!(world.printer().print(&broken, Language::En).await.is_err());
    let empty = with_lines(Vec::new());
    assert_holds(&read(&world, &empty, Language::En).await.concat(), &["Total ৳ 0.00"]);
}
