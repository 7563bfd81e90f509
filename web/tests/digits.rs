//! The choice of digits. Only one test of this program writes figures: the choice holds for everything that is written.

#![allow(clippy::unwrap_used)]

use shared::api::invoices::{LineWhat, Unit, UnitPrice};
use std::fs;
use std::path::{Path, PathBuf};
use web::format::{calendar::day, write_latin_digits};
use web::format::{counted, duration, fixed, hours_minutes, line, money, quantity, rate, unit_price, whole};
use web::i18n::Lang;

// Harm prevented: somebody who reads Latin digits only pays a figure that they could not read.
#[test]
fn figures_in_bangla_have_the_digits_that_were_chosen() {
    let amount = shared::money::Money::new(12_500_050, shared::money::Currency::Bdt);
    assert_eq!(whole(Lang::Bn, 125_000), "১,২৫,০০০");
    assert_eq!(fixed(Lang::Bn.err_rate_one()), Lang::Bn.err_rate_one());
    write_latin_digits(true);
    assert_eq!(whole(Lang::Bn, 125_000), "1,25,000");
    assert_eq!(money(Lang::Bn, amount), money(Lang::En, amount));
    assert_eq!(hours_minutes(Lang::Bn, 3_660), "1 ঘণ্টা 1 মিনিট");
    assert!(fixed(Lang::Bn.err_rate_one()).contains('1'));
    let what = LineWhat::BasePrice { plan: "S".into(), cycle_number: 3, cycle_days: 30, included_hours: 360 };
    for written in [
        duration(Lang::Bn, 45_005),
        rate(Lang::Bn, 750),
        quantity(Lang::Bn, 14, Unit::Users),
        unit_price(Lang::Bn, &UnitPrice { price: amount, per: 7 }, Unit::Users),
        line(Lang::Bn, &what),
        day(Lang::Bn, "2026-11-22"),
        counted(Lang::Bn, 1, Lang::span_hour, Lang::span_hours),
    ] {
        assert!(written.contains(|c: char| c.is_ascii_digit()) && !has_bangla_digits(&written), "{written}");
    }
    write_latin_digits(false);
    assert_eq!(whole(Lang::Bn, 125_000), "১,২৫,০০০");
}

fn has_bangla_digits(text: &str) -> bool {
    text.contains(|c| ('০'..='৯').contains(&c))
}

fn sources(folder: &Path, into: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else {
            into.push((path.clone(), fs::read_to_string(path).unwrap()));
        }
    }
}

// Harm prevented: a page writes a figure past the choice, and shows two kinds of digits beside one another.
#[test]
fn pages_write_figures_by_one_hand() {
    let mut all = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    let (texts, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(path, _)| path.iter().any(|part| part == "i18n"));
    // The Bangla of a text, and what stands before it: `name(arguments)`.
    let bangla = texts.iter().flat_map(|(_, text)| text.lines()).filter_map(|line| {
        let (head, said) = line.trim().split_once(": \"")?;
        Some((head, said.rsplit_once("\", \"")?.1))
    });
    let (with_arguments, alone): (Vec<_>, Vec<_>) =
        bangla.filter(|(_, said)| has_bangla_digits(said)).map(|(head, _)| head).partition(|head| head.ends_with(')'));
    assert!(with_arguments.is_empty(), "digits that nobody can choose stand in {with_arguments:?}");
    assert!(alone.contains(&"span_hour"), "the texts are read in another way than they are written");
    let mut past = Vec::new();
    for (path, text) in
        others.iter().filter(|(path, _)| !path.iter().any(|part| part == "format" || part == "format.rs"))
    {
        for line in text.lines().filter(|line| !line.contains("assert")) {
            let shared =
                ["wording::amounts", "wording::dates", "wording::invoice"].iter().any(|room| line.contains(room));
            let raw = alone.iter().any(|name| line.contains(&format!(".{name}()"))) && !line.contains("fixed(");
            if shared && !line.ends_with("invoice::measured;") || raw {
                past.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(past.is_empty(), "web::format writes figures: {past:#?}");
}
