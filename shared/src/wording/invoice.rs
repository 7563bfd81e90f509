//! Lines of invoices in words. Plan names are the operator's and stand as they are.

use super::amounts::{bytes, duration, money, whole};
use crate::api::auth::Language;
use crate::api::invoices::{LineWhat, Unit, UnitPrice};
use crate::billing::rating::{Aggregation, Meter};
use crate::time::HOUR;

const GIB: i64 = 1 << 30;

/// What a line is about: `Standard: billing cycle 3 (30 days, 360 hours included)`.
#[must_use]
pub fn line(what: &LineWhat, language: Language) -> String {
    match what {
        LineWhat::BasePrice { plan, cycle_number, cycle_days, included_hours } => {
            let cycle = cycle(*cycle_number, language);
            let (days, hours) = (i64::from(*cycle_days), i64::from(*included_hours));
            match language {
                Language::En => format!(
                    "{plan}: {cycle} ({}, {} included)",
                    counted(days, "day", "days"),
                    counted(hours, "hour", "hours")
                ),
                Language::Bn => {
                    format!("{plan}: {cycle} ({} দিন, {} ঘণ্টা অন্তর্ভুক্ত)", whole(language, days), whole(language, hours))
                }
            }
        }
        LineWhat::Overage { cycle_number } => match language {
            Language::En => format!("Hours beyond the allowance, {}", cycle(*cycle_number, language)),
            Language::Bn => format!("বরাদ্দের অতিরিক্ত ঘণ্টা, {}", cycle(*cycle_number, language)),
        },
        LineWhat::Metered { cycle_number, meter, aggregation } => {
            format!("{}, {}", measured(*meter, *aggregation, language), cycle(*cycle_number, language))
        }
        LineWhat::Upgrade { from_plan, to_plan, cycle_number } => {
            let cycle = cycle(*cycle_number, language);
            match language {
                Language::En => format!("Upgrade from {from_plan} to {to_plan}, rest of {cycle}"),
                Language::Bn => format!("প্ল্যান উন্নীতকরণ: {from_plan} থেকে {to_plan}, {cycle}-এর বাকি সময়"),
            }
        }
    }
}

fn cycle(number: u32, language: Language) -> String {
    let number = whole(language, i64::from(number));
    match language {
        Language::En => format!("billing cycle\u{a0}{number}"),
        Language::Bn => format!("বিলিং চক্র\u{a0}{number}"),
    }
}

/// English only: Bangla nouns do not change with the count.
fn counted(count: i64, one: &str, many: &str) -> String {
    let figure = whole(Language::En, count);
    if count == 1 { format!("{figure} {one}") } else { format!("{figure} {many}") }
}

/// What is measured, and how it becomes one quantity: `Users (highest number)`.
#[must_use]
pub fn measured(meter: Meter, aggregation: Aggregation, language: Language) -> String {
    let (what, peak) = match (meter, language) {
        (Meter::ActiveSeconds, Language::En) => ("Hours in use", "highest number"),
        (Meter::ActiveSeconds, Language::Bn) => ("ব্যবহৃত ঘণ্টা", "সর্বোচ্চ সংখ্যা"),
        (Meter::Users, Language::En) => ("Users", "highest number"),
        (Meter::Users, Language::Bn) => ("ব্যবহারকারী", "সর্বোচ্চ সংখ্যা"),
        (Meter::StorageBytes, Language::En) => ("Storage", "highest level"),
        (Meter::StorageBytes, Language::Bn) => ("স্টোরেজ", "সর্বোচ্চ পরিমাণ"),
    };
    match (aggregation, language) {
        (Aggregation::Sum, Language::En | Language::Bn) => what.to_owned(),
        (Aggregation::Peak, Language::En | Language::Bn) => format!("{what} ({peak})"),
        (Aggregation::TimeWeightedAverage, Language::En) => format!("{what} (average over time)"),
        (Aggregation::TimeWeightedAverage, Language::Bn) => format!("{what} (সময়ভিত্তিক গড়)"),
    }
}

/// How much: `1` (cycles), `12 h 30 min`, `14 users`, `12.5 GiB`.
#[must_use]
pub fn quantity(count: i64, unit: Unit, language: Language) -> String {
    match (unit, language) {
        (Unit::Cycles, Language::En | Language::Bn) => whole(language, count),
        (Unit::Seconds, Language::En | Language::Bn) => duration(language, count),
        (Unit::Bytes, Language::En | Language::Bn) => bytes(language, count),
        (Unit::Users, Language::En) => counted(count, "user", "users"),
        (Unit::Users, Language::Bn) => format!("{} জন", whole(language, count)),
    }
}

/// What a unit costs: `৳ 10.00 / h`, `৳ 150.00 / user`, `৳ 500.00 / 10 GiB`; for cycles the price alone.
#[must_use]
pub fn unit_price(price: &UnitPrice, unit: Unit, language: Language) -> String {
    let amount = money(language, price.price);
    let one = match (unit, price.per, language) {
        (Unit::Cycles, 1, _) => return amount,
        (Unit::Seconds, HOUR, Language::En) => "h".to_owned(),
        (Unit::Seconds, HOUR, Language::Bn) => "ঘণ্টা".to_owned(),
        (Unit::Users, 1, Language::En) => "user".to_owned(),
        (Unit::Users, 1, Language::Bn) => "জন".to_owned(),
        (Unit::Bytes, GIB, Language::En) => "GiB".to_owned(),
        (Unit::Bytes, GIB, Language::Bn) => "জিবি".to_owned(),
        (Unit::Cycles | Unit::Seconds | Unit::Users | Unit::Bytes, per, _) => quantity(per, unit, language),
    };
    format!("{amount} / {one}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Currency, Money};

    fn both(what: &LineWhat) -> (String, String) {
        (line(what, Language::En).replace('\u{a0}', " "), line(what, Language::Bn).replace('\u{a0}', " "))
    }

    // Harm prevented: a customer pays for a line and cannot tell for what.
    #[test]
    fn every_line_says_what_and_which_cycle() {
        let base =
            LineWhat::BasePrice { plan: "Plan 9".into(), cycle_number: 3, cycle_days: 30, included_hours: 1_000 };
        let (en, bn) = both(&base);
        assert_eq!(en, "Plan 9: billing cycle 3 (30 days, 1,000 hours included)");
        assert_eq!(bn, "Plan 9: বিলিং চক্র ৩ (৩০ দিন, ১,০০০ ঘণ্টা অন্তর্ভুক্ত)");

        let (en, bn) = both(&LineWhat::Overage { cycle_number: 2 });
        assert_eq!(en, "Hours beyond the allowance, billing cycle 2");
        assert_eq!(bn, "বরাদ্দের অতিরিক্ত ঘণ্টা, বিলিং চক্র ২");

        let (en, bn) = both(&LineWhat::Upgrade { from_plan: "S".into(), to_plan: "L".into(), cycle_number: 4 });
        assert_eq!(en, "Upgrade from S to L, rest of billing cycle 4");
        assert_eq!(bn, "প্ল্যান উন্নীতকরণ: S থেকে L, বিলিং চক্র ৪-এর বাকি সময়");
    }

    #[test]
    fn meters_say_how_they_were_read() {
        let metered = |meter, aggregation| both(&LineWhat::Metered { cycle_number: 2, meter, aggregation });
        let (en, bn) = metered(Meter::Users, Aggregation::Peak);
        assert_eq!(
            (en.as_str(), bn.as_str()),
            ("Users (highest number), billing cycle 2", "ব্যবহারকারী (সর্বোচ্চ সংখ্যা), বিলিং চক্র ২")
        );
        let (en, bn) = metered(Meter::StorageBytes, Aggregation::TimeWeightedAverage);
        assert_eq!(
            (en.as_str(), bn.as_str()),
            ("Storage (average over time), billing cycle 2", "স্টোরেজ (সময়ভিত্তিক গড়), বিলিং চক্র ২")
        );
        assert_eq!(metered(Meter::ActiveSeconds, Aggregation::Sum).0, "Hours in use, billing cycle 2");
    }

    #[test]
    fn quantities_carry_their_unit() {
        assert_eq!(quantity(1, Unit::Cycles, Language::En), "1");
        assert_eq!(quantity(1, Unit::Users, Language::En), "1 user");
        assert_eq!(quantity(14, Unit::Users, Language::Bn), "১৪ জন");
        assert_eq!(quantity(45_000, Unit::Seconds, Language::En), "12\u{a0}h 30\u{a0}min");
        assert_eq!(quantity(25 * GIB / 2, Unit::Bytes, Language::En), "12.5\u{a0}GiB");
        assert_eq!(quantity(25 * GIB / 2, Unit::Bytes, Language::Bn), "১২.৫\u{a0}জিবি");
    }

    // Harm prevented: a price for a package of hours reads as a price for one.
    #[test]
    fn unit_prices_say_for_how_much() {
        let price = |per| UnitPrice { price: Money::new(1_000, Currency::Bdt), per };
        let written = |per, unit| unit_price(&price(per), unit, Language::En).replace('\u{a0}', " ");
        assert_eq!(written(1, Unit::Cycles), "৳ 10.00");
        assert_eq!(written(3_600, Unit::Seconds), "৳ 10.00 / h");
        assert_eq!(written(360_000, Unit::Seconds), "৳ 10.00 / 100 h");
        assert_eq!(written(1, Unit::Users), "৳ 10.00 / user");
        assert_eq!(written(5, Unit::Users), "৳ 10.00 / 5 users");
        assert_eq!(written(GIB, Unit::Bytes), "৳ 10.00 / GiB");
        assert_eq!(written(10 * GIB, Unit::Bytes), "৳ 10.00 / 10 GiB");
        assert_eq!(unit_price(&price(1), Unit::Users, Language::Bn), "৳\u{a0}১০.০০ / জন");
        assert_eq!(unit_price(&price(GIB), Unit::Bytes, Language::Bn), "৳\u{a0}১০.০০ / জিবি");
    }
}
