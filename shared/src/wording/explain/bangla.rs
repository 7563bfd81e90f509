//! The sentences in Bangla.

use super::figures::Pen;
use crate::api::explain::{Basis, DayFigures, Fact, PartFigures, RenewalKind, VatFigures};
use crate::api::invoices::Unit;
use crate::api::tenants::EndedReason;
use crate::billing::usage::Seen;
use crate::billing::vat::Vat;
use crate::money::{Currency, Money};

pub(super) fn sentence(pen: Pen, fact: &Fact) -> String {
    match fact {
        Fact::CycleStarted { .. }
        | Fact::CycleUpgraded { .. }
        | Fact::CycleDay(_)
        | Fact::UsageCorrected { .. }
        | Fact::UsedOfAllowance { .. }
        | Fact::CycleRuns { .. }
        | Fact::EndedHoursUsedUp { .. }
        | Fact::EndedTimeElapsed { .. }
        | Fact::NothingBeyondPrice { .. }
        | Fact::Differs { .. } => cycle(pen, fact),
        Fact::OverageCounted { .. }
        | Fact::SecondsSummed { .. }
        | Fact::PeakMeasured { .. }
        | Fact::AverageWeighted { .. }
        | Fact::NothingMeasured { .. }
        | Fact::IncludedTakenOff { .. }
        | Fact::PricedPart { .. }
        | Fact::RoundedOnce { .. }
        | Fact::VatSplit { .. }
        | Fact::BasePrice { .. }
        | Fact::UpgradePriced { .. }
        | Fact::TakenBack { .. } => charge(pen, fact),
        Fact::AwaitsFirstPayment
        | Fact::SettingUp { .. }
        | Fact::IsOpen { .. }
        | Fact::StoppedByCustomer { .. }
        | Fact::ClosedUnpaid { .. }
        | Fact::BeingOpened
        | Fact::BeingStarted { .. }
        | Fact::ClosedByOperator { .. }
        | Fact::SetUpFailed { .. }
        | Fact::BeingRemoved { .. }
        | Fact::WasRemoved { .. } => panel(pen, fact),
        Fact::InGrace { .. }
        | Fact::PaidTimeOver { .. }
        | Fact::CyclesWait { .. }
        | Fact::WantsNoMore
        | Fact::RunsOut { .. }
        | Fact::RenewalOpen { .. }
        | Fact::RenewalNotDue { .. }
        | Fact::RenewalQueueFull { .. }
        | Fact::NoRenewalOverLimit
        | Fact::NoRenewalGone => renewal(pen, fact),
    }
}

fn cycle(pen: Pen, fact: &Fact) -> String {
    let (hours, at) = (|seconds: &i64| pen.hours(*seconds), |at: &_| pen.instant(*at));
    let count = |number: &u32| pen.whole(i64::from(*number));
    match fact {
        Fact::CycleStarted { number, starts_at, is_trial, days, allowance_seconds, daily_cap_seconds } => {
            let kind = if *is_trial { "ট্রায়াল চক্র" } else { "চক্র" };
            let cap = match daily_cap_seconds {
                Some(cap) => format!("এক দিনে সর্বোচ্চ {} খরচ হতে পারে", hours(cap)),
                None => "দৈনিক কোনো সীমা নেই".to_owned(),
            };
            let (number, days) = (count(number), pen.days(i64::from(*days) * crate::time::DAY));
            let began = at(starts_at);
            format!("{number} নম্বর {kind} শুরু হয়েছে {began}-এ। মেয়াদ {days}, বরাদ্দ {}; {cap}।", hours(allowance_seconds))
        }
        Fact::CycleUpgraded { allowance_added_seconds, paid_net_added, .. } => {
            let paid = pen.money(*paid_net_added);
            format!("চক্রটি আপগ্রেড করা হয়েছে, ভ্যাট ছাড়া {paid} দিয়ে: {} যোগ হয়েছে।", hours(allowance_added_seconds))
        }
        Fact::CycleDay(day) => day_sentence(pen, day),
        Fact::UsageCorrected { from, to, seen, seconds_taken_back, reason, .. } => {
            let seen = match seen {
                Seen::Up => "প্যানেলটি আসলে চালু ছিল",
                Seen::Down => "প্যানেলটি আসলে বন্ধ ছিল",
                Seen::Unknown => "প্যানেলটির অবস্থা আসলে জানা যায়নি",
            };
            let reason = reason.as_ref().map(|words| format!(" কারণ: {words}")).unwrap_or_default();
            let back = hours(seconds_taken_back);
            format!("{} থেকে {} পর্যন্ত {seen}: {back} ব্যবহার হিসাব থেকে বাদ দেওয়া হয়েছে।{reason}", at(from), at(to))
        }
        Fact::UsedOfAllowance { used_seconds, allowance_seconds, overage_seconds } => {
            let left = hours(&(allowance_seconds - used_seconds));
            let beyond = match overage_seconds {
                0 => String::new(),
                seconds => format!(" বরাদ্দের বাইরে ব্যবহৃত হয়েছে {}।", hours(seconds)),
            };
            let (used, whole) = (hours(used_seconds), hours(allowance_seconds));
            format!("সব মিলিয়ে {whole} বরাদ্দের মধ্যে {used} ব্যবহৃত হয়েছে; বাকি আছে {left}।{beyond}")
        }
        Fact::CycleRuns { as_of, ends_at } => {
            let (as_of, ends_at) = (at(as_of), at(ends_at));
            format!("চক্রটি চলছে; {as_of} পর্যন্ত ব্যবহারের হিসাব হয়েছে। মেয়াদ শেষ হবে {ends_at}-এ।")
        }
        Fact::EndedHoursUsedUp { at: end, allowance_seconds } => {
            let (end, all) = (at(end), hours(allowance_seconds));
            format!("চক্রটি শেষ হয়েছে {end}-এ: ওই সেকেন্ডেও প্যানেল চালু ছিল, অথচ বরাদ্দের পুরো {all} ততক্ষণে শেষ।")
        }
        Fact::EndedTimeElapsed { at: end, seconds } => {
            format!("চক্রটি শেষ হয়েছে {}-এ: এর {} মেয়াদ পূর্ণ হয়েছে।", at(end), of(&pen.days(*seconds)))
        }
        Fact::NothingBeyondPrice { number } => format!("{} নম্বর চক্রে মূল দামের বাইরে আর কোনো খরচ নেই।", count(number)),
        Fact::Differs { figures } => {
            format!("সংরক্ষিত {}টি সংখ্যা নতুন গণনার সঙ্গে মিলছে না। অনুগ্রহ করে অপারেটরকে জানান।", count(figures))
        }
        _ => String::new(),
    }
}

fn day_sentence(pen: Pen, day: &DayFigures) -> String {
    let mut parts = vec![
        format!("চালু {}", pen.hours(day.up_seconds)),
        format!("হিসাবে ধরা হয়েছে {}", pen.hours(day.billable_seconds)),
    ];
    let mut add = |seconds: i64, words: &str| {
        if seconds != 0 {
            parts.push(format!("{words} {}", pen.hours(seconds)));
        }
    };
    add(day.overage_seconds, "এর মধ্যে বরাদ্দের বাইরে");
    add(day.capped_seconds, "দৈনিক সীমার কারণে বিনামূল্যে");
    add(day.down_seconds, "বন্ধ থাকায় বিনামূল্যে");
    add(day.unknown_seconds, "অবস্থা অজানা থাকায় বিনামূল্যে");
    let number = pen.whole(i64::from(day.number));
    format!("{number} নম্বর দিন, {} থেকে: {}।", pen.instant(day.starts_at), parts.join(", "))
}

fn charge(pen: Pen, fact: &Fact) -> String {
    let count = |number: &u32| pen.whole(i64::from(*number));
    match fact {
        Fact::OverageCounted { cycle_number, seconds, price_per_hour } => {
            let (number, hours, price) = (count(cycle_number), pen.hours(*seconds), pen.money(*price_per_hour));
            format!("{number} নম্বর চক্রে বরাদ্দের বাইরে {hours} প্যানেল চালু ছিল; প্রতি ঘণ্টার দাম {price}।")
        }
        Fact::SecondsSummed { cycle_number, seconds } => {
            format!("{} নম্বর চক্রে হিসাবে ধরা সময় মোট {}।", count(cycle_number), pen.hours(*seconds))
        }
        Fact::PeakMeasured { cycle_number, unit, peak, window } => {
            let (peak, from, to) = (pen.units(*unit, *peak), pen.instant(window.from), pen.instant(window.to));
            format!("{} নম্বর চক্রে সর্বোচ্চ পরিমাপ {peak}, প্রথম দেখা গেছে {from} থেকে {to}-এর মধ্যে।", count(cycle_number))
        }
        Fact::AverageWeighted { cycle_number, unit, weighted, measured_seconds, cycle_seconds, hundredths, .. } => {
            let (average, measured) = (pen.quantity(*unit, *hundredths), pen.days(*measured_seconds));
            let (number, name, weighted) = (count(cycle_number), gauge(*unit), pen.digits(weighted));
            let seconds = pen.digits(&cycle_seconds.to_string());
            format!(
                "{number} নম্বর চক্রে {name} প্রতিটি পরিমাপকে তা যত সেকেন্ড ছিল তা দিয়ে গুণ করে যোগ করলে হয় {weighted}; \
                 চক্রের {seconds} সেকেন্ড দিয়ে ভাগ করলে গড়ে {average}। মোট {measured} ধরে মাপা হয়েছে।"
            )
        }
        Fact::NothingMeasured { cycle_number, unit } => {
            let number = count(cycle_number);
            format!("{number} নম্বর চক্রে {} কোনো পরিমাপ নেই; যা মাপা হয়নি তার দাম নেওয়া হয় না।", gauge(*unit))
        }
        Fact::IncludedTakenOff { unit, included, hundredths, .. } => {
            let (included, rest) = (pen.units(*unit, *included), pen.quantity(*unit, *hundredths));
            format!("প্ল্যানে {included} অন্তর্ভুক্ত; বাকি {} দাম ধরা হয়।", of(&rest))
        }
        Fact::PricedPart { unit, part, hundredths } => part_sentence(pen, *unit, part, *hundredths),
        Fact::RoundedOnce { rounding, amount } => {
            let (over, under) = (pen.digits(&rounding.exact.numerator), pen.digits(&rounding.exact.denominator));
            let coins = if amount.currency == Currency::Bdt {
                "পয়সা"
            } else {
                "ক্ষুদ্রতম একক"
            };
            let amount = pen.money(*amount);
            format!(
                "হুবহু হিসাবে তা {over} / {under} {coins}; একবারই নিকটতম পূর্ণসংখ্যায় নেওয়া হয়েছে, ঠিক মাঝামাঝি হলে \
                 জোড় সংখ্যায়: {amount}।"
            )
        }
        Fact::VatSplit { amount, figures } => vat_sentence(pen, *amount, figures),
        Fact::BasePrice { plan, cycle_number, cycle_days, included_hours, price } => {
            let (number, days, hours) = (count(cycle_number), count(cycle_days), count(included_hours));
            let price = pen.money(*price);
            format!("{plan} প্ল্যানে {number} নম্বর চক্রের ({days} দিন, {hours} ঘণ্টা) দাম {price}, আগাম পরিশোধ করা হয়।")
        }
        Fact::UpgradePriced { from_plan, to_plan, from_price, to_price, left_seconds, of_seconds, basis } => {
            let (from, to) = (pen.money(*from_price), pen.money(*to_price));
            let (left, whole, by) = match basis {
                Basis::Days => (pen.days(*left_seconds), pen.days(*of_seconds), "মেয়াদের"),
                Basis::Hours => (pen.hours(*left_seconds), pen.hours(*of_seconds), "বরাদ্দের"),
            };
            let whole = of(&whole);
            format!(
                "{from_plan} ({from}) থেকে {to_plan} ({to}): চক্রের যেটুকু বাকি ছিল, {by} {whole} মধ্যে {left}, কেবল তার জন্য \
                 দামের পার্থক্য নেওয়া হয়।"
            )
        }
        Fact::TakenBack { corrects, reason, gross, .. } => {
            format!("এই ক্রেডিট নোটে {corrects} চালানের {} ফেরত ধরা হয়েছে। কারণ: {reason}", pen.money(*gross))
        }
        _ => String::new(),
    }
}

/// "Of so much": the last word takes the ending that it wants.
fn of(quantity: &str) -> String {
    let vowel = ["ঘণ্টা", "ব্যবহারকারী"].iter().any(|word| quantity.ends_with(word));
    let consonant = ["মিনিট", "সেকেন্ড", "দিন", "চক্র"].iter().any(|word| quantity.ends_with(word));
    match (vowel, consonant) {
        (true, _) => format!("{quantity}র"),
        (false, true) => format!("{quantity}ের"),
        (false, false) => format!("{quantity}-এর"),
    }
}

const fn gauge(unit: Unit) -> &'static str {
    match unit {
        Unit::Users => "ব্যবহারকারীর",
        Unit::Bytes => "স্টোরেজের",
        Unit::Seconds | Unit::Cycles => "সময়ের",
    }
}

fn part_sentence(pen: Pen, unit: Unit, part: &PartFigures, hundredths: i64) -> String {
    let tier = match (part.from, part.to) {
        (0, None) => String::new(),
        (from, None) => format!("প্রথম {} পরের অংশ: ", of(&pen.units(unit, from))),
        (0, Some(to)) => format!("{} পর্যন্ত: ", pen.units(unit, to)),
        (from, Some(to)) => format!("প্রথম {} পর {} পর্যন্ত: ", of(&pen.units(unit, from)), pen.units(unit, to)),
    };
    let (quantity, price) = (pen.quantity(unit, hundredths), pen.money(part.price));
    format!("{tier}{quantity}, প্রতি {} দাম {price}।", of(&pen.units(unit, part.per)))
}

fn vat_sentence(pen: Pen, amount: Money, figures: &VatFigures) -> String {
    let (net, tax, gross) = (pen.money(figures.net), pen.money(figures.tax), pen.money(figures.gross));
    match figures.rule {
        Vat::None => format!("ভ্যাট নেই: {}।", pen.money(amount)),
        Vat::Exclusive { basis_points } => {
            format!("এর সঙ্গে {} ভ্যাট যোগ হয়: {net} + {tax} = {gross}।", pen.rate(basis_points))
        }
        Vat::Inclusive { basis_points } => {
            format!("দামের ভেতরেই {} ভ্যাট আছে: {net} + {tax} = {gross}।", pen.rate(basis_points))
        }
    }
}

fn panel(pen: Pen, fact: &Fact) -> String {
    let at = |at: &_| pen.instant(*at);
    match fact {
        Fact::AwaitsFirstPayment => "এখনো কোনো পেমেন্ট হয়নি: প্যানেলটি প্রথম পেমেন্টের অপেক্ষায় আছে।".to_owned(),
        Fact::SettingUp { since } => format!("পেমেন্ট হয়েছে; {} থেকে প্যানেলটি তৈরি হচ্ছে।", at(since)),
        Fact::IsOpen { since } => format!("প্যানেলটি {} থেকে খোলা আছে।", at(since)),
        Fact::StoppedByCustomer { since } => {
            format!("গ্রাহক {}-এ প্যানেলটি থামিয়েছেন: ঘণ্টা খরচ হচ্ছে না, তবে চক্রের দিন চলছে। চালু করলে আবার খুলবে।", at(since))
        }
        Fact::ClosedUnpaid { since } => {
            format!("পরিশোধিত সময় শেষ হওয়ায় {} থেকে প্যানেলটি বন্ধ আছে। পেমেন্ট নিশ্চিত হলে নিজে থেকেই খুলবে।", at(since))
        }
        Fact::BeingOpened => "আবার পেমেন্ট হয়েছে; প্যানেলটি খোলা হচ্ছে।".to_owned(),
        Fact::BeingStarted { since } => format!("প্যানেলটি {} থেকে চালু হচ্ছে। খোলার আগে কোনো ঘণ্টা খরচ হয় না।", at(since)),
        Fact::ClosedByOperator { since, message } => {
            format!("অপারেটর {}-এ প্যানেলটি বন্ধ করেছেন; কেবল অপারেটরই আবার খুলতে পারেন। তাঁদের বার্তা: {message}", at(since))
        }
        Fact::SetUpFailed { since, reason } => {
            format!("প্যানেলটি তৈরি করা যায়নি ({}): {reason} আবার চেষ্টা করা যাবে।", at(since))
        }
        Fact::BeingRemoved { since } => format!("{} থেকে প্যানেলটি মুছে ফেলা হচ্ছে।", at(since)),
        Fact::WasRemoved { since } => format!("প্যানেলটি {}-এ মুছে ফেলা হয়েছে।", at(since)),
        _ => String::new(),
    }
}

const fn why(reason: EndedReason) -> &'static str {
    match reason {
        EndedReason::HoursUsedUp => "বরাদ্দের ঘণ্টা শেষ হয়ে গিয়েছিল",
        EndedReason::TimeElapsed => "মেয়াদের দিন পূর্ণ হয়েছিল",
    }
}

fn renewal(pen: Pen, fact: &Fact) -> String {
    let (at, count) = (|at: &_| pen.instant(*at), |number: &u32| pen.whole(i64::from(*number)));
    match fact {
        Fact::InGrace { cycle_number, ended_at, reason, until } => format!(
            "{} নম্বর চক্র {}-এ শেষ হয়েছে, কারণ {}। বাড়তি সময়ে সেবা চলবে {} পর্যন্ত; এর মধ্যে পেমেন্ট করলে নতুন চক্র আগেরটির শেষ \
             থেকেই শুরু হবে।",
            count(cycle_number),
            at(ended_at),
            why(*reason),
            at(until)
        ),
        Fact::PaidTimeOver { cycle_number, ended_at, reason } => {
            let (number, ended, why) = (count(cycle_number), at(ended_at), why(*reason));
            format!("{number} নম্বর চক্র {ended}-এ শেষ হয়েছে, কারণ {why}; এরপর আর কোনো চক্রের পেমেন্ট হয়নি।")
        }
        Fact::CyclesWait { waiting } => {
            format!("{}টি পরিশোধিত চক্র অপেক্ষায় আছে; সময় হলে নিজে থেকেই শুরু হবে।", count(waiting))
        }
        Fact::WantsNoMore => "গ্রাহক আর কোনো চক্র চান না: পরিশোধিত সময় শেষ হলে বাড়তি সময় ছাড়াই প্যানেলটি বন্ধ হবে।".to_owned(),
        Fact::RunsOut { at: end } => format!("এখনকার হারে ব্যবহার চললে পরিশোধিত সময় {} পর্যন্ত চলবে।", at(end)),
        Fact::RenewalOpen { kind, due } => {
            let due = pen.money(*due);
            match kind {
                RenewalKind::First => format!("প্রথম চক্রের দাম {due}; পেমেন্ট হলেই শুরু হবে।"),
                RenewalKind::Early => format!("এখন নবায়ন করা যায়: {due}। নতুন চক্র চলতি চক্র শেষ হওয়া পর্যন্ত অপেক্ষায় থাকবে।"),
                RenewalKind::InGrace => format!("এখন নবায়ন করা যায়: {due}। নতুন চক্র আগেরটির শেষ থেকেই শুরু হবে।"),
                RenewalKind::Lapsed => format!("এখন নবায়ন করা যায়: {due}। পেমেন্ট হলেই নতুন চক্র শুরু হবে।"),
            }
        }
        Fact::RenewalNotDue {
            days_at_most,
            percent_at_most,
            seconds_left,
            remaining_seconds,
            allowance_seconds,
            opens_at,
        } => format!(
            "এখনো নবায়নের সময় হয়নি: {} দিন অথবা ঘণ্টার {}% বাকি থাকলে নবায়ন করা যায়। এখন বাকি {} এবং {} ({})। দেরিতে হলেও {} \
             থেকে নবায়ন করা যাবে।",
            count(days_at_most),
            count(percent_at_most),
            pen.days(*seconds_left),
            pen.share(*remaining_seconds, *allowance_seconds),
            pen.hours(*remaining_seconds),
            at(opens_at)
        ),
        Fact::RenewalQueueFull { waiting, at_most, frees_at } => format!(
            "এখন নবায়ন করা যায় না: {}টি পরিশোধিত চক্র অপেক্ষায় আছে, আর প্ল্যানে সর্বোচ্চ {}টি অপেক্ষায় থাকতে পারে। চলতি চক্র শেষ হলে, \
             দেরিতে হলেও {}-এ, আবার জায়গা হবে।",
            count(waiting),
            count(at_most),
            at(frees_at)
        ),
        Fact::NoRenewalOverLimit => {
            "এখন নবায়ন করা যায় না: প্ল্যানে যতটা আছে প্যানেলে তার চেয়ে বেশি আছে। কমান, অথবা বড় প্ল্যানে বদলান। বন্ধ হয়ে গেলে যেকোনো অবস্থায় নবায়ন করা যাবে।"
                .to_owned()
        }
        Fact::NoRenewalGone => "যে প্যানেল মুছে ফেলা হচ্ছে তার জন্য আর পেমেন্ট নেওয়া হয় না।".to_owned(),
        _ => String::new(),
    }
}
