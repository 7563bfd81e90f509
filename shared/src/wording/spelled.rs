//! Amounts of taka in words, as they close a bill in Bangladesh: lakh and crore, then poisha, then "only".

use crate::api::auth::Language;
use crate::money::{Currency, Money};

/// `Taka one lakh forty-nine thousand one hundred eighty-three and poisha seventy-five only`. `None` for other currencies,
/// for which there is no such custom, and for amounts below zero.
#[must_use]
pub fn amount(language: Language, amount: Money) -> Option<String> {
    match amount.currency {
        Currency::Bdt => {}
        Currency::Usd | Currency::Eur | Currency::Sgd | Currency::Inr | Currency::Myr => return None,
    }
    let minor = u64::try_from(amount.minor).ok()?;
    let (taka, poisha) = (number(language, minor / 100)?, minor % 100);
    let below = if poisha == 0 { None } else { Some(number(language, poisha)?) };
    Some(match (language, below) {
        (Language::En, None) => format!("Taka {taka} only"),
        (Language::En, Some(poisha)) => format!("Taka {taka} and poisha {poisha} only"),
        (Language::Bn, None) => format!("{taka} টাকা মাত্র"),
        (Language::Bn, Some(poisha)) => format!("{taka} টাকা {poisha} পয়সা মাত্র"),
    })
}

/// A whole number in words. `None` never happens; it stands for a table with a hole.
fn number(language: Language, value: u64) -> Option<String> {
    let steps: [(u64, &str); 4] = match language {
        Language::En => [(10_000_000, " crore"), (100_000, " lakh"), (1_000, " thousand"), (100, " hundred")],
        // In Bangla the hundred is written together with its count.
        Language::Bn => [(10_000_000, " কোটি"), (100_000, " লক্ষ"), (1_000, " হাজার"), (100, "শত")],
    };
    let mut rest = value;
    let mut words = Vec::new();
    for (size, name) in steps {
        if rest >= size {
            words.push(format!("{}{name}", number(language, rest / size)?));
            rest %= size;
        }
    }
    if rest > 0 || words.is_empty() {
        words.push(below_hundred(language, usize::try_from(rest).ok()?)?);
    }
    Some(words.join(" "))
}

fn below_hundred(language: Language, value: usize) -> Option<String> {
    match language {
        Language::En if value < 20 => ENGLISH.get(value).map(|&word| word.to_owned()),
        Language::En => {
            let ten = ENGLISH_TENS.get((value / 10).checked_sub(2)?)?;
            let one = ENGLISH.get(value % 10)?;
            Some(if value.is_multiple_of(10) { (*ten).to_owned() } else { format!("{ten}-{one}") })
        }
        Language::Bn => BANGLA.get(value).map(|&word| word.to_owned()),
    }
}

#[rustfmt::skip]
const ENGLISH: [&str; 20] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];
const ENGLISH_TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Every number below a hundred has a word of its own. A row is a ten.
#[rustfmt::skip]
const BANGLA: [&str; 100] = [
    "শূন্য", "এক", "দুই", "তিন", "চার", "পাঁচ", "ছয়", "সাত", "আট", "নয়",
    "দশ", "এগারো", "বারো", "তেরো", "চৌদ্দ", "পনেরো", "ষোলো", "সতেরো", "আঠারো", "উনিশ",
    "বিশ", "একুশ", "বাইশ", "তেইশ", "চব্বিশ", "পঁচিশ", "ছাব্বিশ", "সাতাশ", "আটাশ", "ঊনত্রিশ",
    "ত্রিশ", "একত্রিশ", "বত্রিশ", "তেত্রিশ", "চৌত্রিশ", "পঁয়ত্রিশ", "ছত্রিশ", "সাঁইত্রিশ", "আটত্রিশ", "ঊনচল্লিশ",
    "চল্লিশ", "একচল্লিশ", "বিয়াল্লিশ", "তেতাল্লিশ", "চুয়াল্লিশ", "পঁয়তাল্লিশ", "ছেচল্লিশ", "সাতচল্লিশ", "আটচল্লিশ", "ঊনপঞ্চাশ",
    "পঞ্চাশ", "একান্ন", "বায়ান্ন", "তিপ্পান্ন", "চুয়ান্ন", "পঞ্চান্ন", "ছাপ্পান্ন", "সাতান্ন", "আটান্ন", "ঊনষাট",
    "ষাট", "একষট্টি", "বাষট্টি", "তেষট্টি", "চৌষট্টি", "পঁয়ষট্টি", "ছেষট্টি", "সাতষট্টি", "আটষট্টি", "ঊনসত্তর",
    "সত্তর", "একাত্তর", "বাহাত্তর", "তিয়াত্তর", "চুয়াত্তর", "পঁচাত্তর", "ছিয়াত্তর", "সাতাত্তর", "আটাত্তর", "ঊনআশি",
    "আশি", "একাশি", "বিরাশি", "তিরাশি", "চুরাশি", "পঁচাশি", "ছিয়াশি", "সাতাশি", "আটাশি", "ঊননব্বই",
    "নব্বই", "একানব্বই", "বিরানব্বই", "তিরানব্বই", "চুরানব্বই", "পঁচানব্বই", "ছিয়ানব্বই", "সাতানব্বই", "আটানব্বই", "নিরানব্বই",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn both(minor: i64) -> (String, String) {
        let taka = Money::new(minor, Currency::Bdt);
        (amount(Language::En, taka).unwrap(), amount(Language::Bn, taka).unwrap())
    }

    // Harm prevented: the words on a bill contradict its figures; the words are what counts.
    #[test]
    fn words_follow_lakh_and_crore() {
        for (minor, en, bn) in [
            (0, "Taka zero only", "শূন্য টাকা মাত্র"),
            (250_000, "Taka two thousand five hundred only", "দুই হাজার পাঁচশত টাকা মাত্র"),
            (
                14_918_375,
                "Taka one lakh forty-nine thousand one hundred eighty-three and poisha seventy-five only",
                "এক লক্ষ ঊনপঞ্চাশ হাজার একশত তিরাশি টাকা পঁচাত্তর পয়সা মাত্র",
            ),
            (2_000_000_000, "Taka two crore only", "দুই কোটি টাকা মাত্র"),
            (100_000_001_001, "Taka one hundred crore ten and poisha one only", "একশত কোটি দশ টাকা এক পয়সা মাত্র"),
            (1_900, "Taka nineteen only", "উনিশ টাকা মাত্র"),
            (2_000, "Taka twenty only", "বিশ টাকা মাত্র"),
        ] {
            assert_eq!(both(minor), (en.to_owned(), bn.to_owned()));
        }
        assert!(amount(Language::En, Money::new(i64::MAX, Currency::Bdt)).is_some());
    }

    #[test]
    fn every_number_has_words_of_its_own() {
        for language in [Language::En, Language::Bn] {
            let words: HashSet<String> = (0..2_000).map(|value| number(language, value).unwrap()).collect();
            assert_eq!(words.len(), 2_000);
        }
    }

    #[test]
    fn what_has_no_such_custom_has_no_words() {
        assert_eq!(amount(Language::En, Money::new(100, Currency::Usd)), None);
        assert_eq!(amount(Language::Bn, Money::new(-100, Currency::Bdt)), None);
    }
}
