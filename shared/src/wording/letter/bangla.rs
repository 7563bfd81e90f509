//! The letters in Bangla.

use super::{Asks, Letter, Pen, Words, line};
use crate::api::auth::Role;
use crate::api::history::NoticeKind;

pub(super) fn words(pen: Pen<'_>, letter: &Letter) -> Words {
    let (subject, paragraphs) = written(pen, letter);
    Words { subject, paragraphs, label: label(letter), why: why(pen, letter), help: "সাহায্য" }
}

/// The subject and the paragraphs.
fn written(pen: Pen<'_>, letter: &Letter) -> (String, Vec<String>) {
    match letter {
        Letter::ResetPassword => (
            "নতুন পাসওয়ার্ড বেছে নিন".to_owned(),
            vec![
                format!("{} সময়ে এই ঠিকানার জন্য নতুন পাসওয়ার্ড চাওয়া হয়েছে।", pen.instant(pen.frame.at)),
                format!("লিংকটি একবারই কাজ করবে, {} পর্যন্ত।", pen.link_ends()),
                "আপনি না চেয়ে থাকলে কিছুই করতে হবে না: আপনার পাসওয়ার্ড আগের মতোই থাকবে।".to_owned(),
            ],
        ),
        Letter::Invitation { account_name, inviter, role } => (
            "একটি অ্যাকাউন্টে যোগ দেওয়ার আমন্ত্রণ".to_owned(),
            vec![
                format!(
                    "{} আপনাকে “{}” অ্যাকাউন্টে যোগ দিতে আমন্ত্রণ জানিয়েছেন। {}",
                    line(inviter),
                    line(account_name),
                    may(*role)
                ),
                format!("লিংকটি একবারই কাজ করবে, {} পর্যন্ত।", pen.link_ends()),
                "আমন্ত্রণকারীকে না চিনলে কিছুই করতে হবে না।".to_owned(),
            ],
        ),
        Letter::PasswordChanged => {
            about_sign_in(pen, "আপনার পাসওয়ার্ড বদলানো হয়েছে", "আপনার পাসওয়ার্ড বদলানো হয়েছে। আপনার অন্য সব সাইন-ইন শেষ হয়ে গেছে।")
        }
        Letter::SecondFactorOn => about_sign_in(
            pen,
            "দ্বিতীয় ধাপ চালু হয়েছে",
            "দ্বিতীয় ধাপ চালু হয়েছে: এখন থেকে সাইন-ইনের সময় একটি কোড লাগবে। উদ্ধার কোডগুলো হাতের কাছে রাখুন।",
        ),
        Letter::SecondFactorOff => {
            about_sign_in(pen, "দ্বিতীয় ধাপ বন্ধ হয়েছে", "দ্বিতীয় ধাপ বন্ধ হয়েছে: সাইন-ইনের সময় শুধু পাসওয়ার্ড লাগবে।")
        }
        Letter::OwnerInvited { account_name, person, by } => {
            let (account, person, by) = (line(account_name), line(person), line(by));
            about_owners(
                pen,
                "একজন মালিককে আমন্ত্রণ জানানো হয়েছে",
                &format!("{person}-কে “{account}” অ্যাকাউন্টের মালিক হওয়ার আমন্ত্রণ জানানো হয়েছে। আমন্ত্রণ জানিয়েছেন {by}।"),
            )
        }
        Letter::OwnerAdded { account_name, person } => {
            let (account, person) = (line(account_name), line(person));
            about_owners(pen, "অ্যাকাউন্টে একজন মালিক যোগ হয়েছেন", &format!("{person} “{account}” অ্যাকাউন্টের মালিক হয়েছেন।"))
        }
        Letter::OwnerRemoved { account_name, person, by } => {
            let (account, person, by) = (line(account_name), line(person), line(by));
            about_owners(
                pen,
                "অ্যাকাউন্টে একজন মালিক কমেছেন",
                &format!("{person} আর “{account}” অ্যাকাউন্টের মালিক নন। কাজটি করেছেন {by}।"),
            )
        }
        Letter::Notice { kind, value, panel_name, at, until, .. } => {
            let figure = pen.whole(value.unwrap_or_default());
            let (subject, says) = told(*kind);
            let mut paragraphs = vec![
                format!("{panel}, {at}:", panel = line(panel_name), at = pen.instant(*at)),
                says.replace("{n}", &figure),
            ];
            paragraphs.extend(until.map(|until| format!("এটি সর্বোচ্চ {} পর্যন্ত খোলা থাকবে।", pen.instant(until))));
            (subject.replace("{n}", &figure), paragraphs)
        }
    }
}

const fn may(role: Role) -> &'static str {
    match role {
        Role::Owner | Role::Operator => "আপনিও মালিক হবেন: সবকিছু করতে পারবেন।",
        Role::Billing => "আপনি পেমেন্ট করতে এবং সবকিছু দেখতে পারবেন।",
        Role::Viewer => "আপনি সবকিছু দেখতে পারবেন, কিছু বদলাতে পারবেন না।",
    }
}

fn about_sign_in(pen: Pen<'_>, subject: &str, what: &str) -> (String, Vec<String>) {
    let happened = format!("{} সময়ে {what}", pen.instant(pen.frame.at));
    let act = "কাজটি আপনার না হলে এখনই নতুন পাসওয়ার্ড বেছে নিন: সাইন-ইন পাতার “পাসওয়ার্ড ভুলে গেছেন?” থেকে লিংক পাবেন।";
    (subject.to_owned(), vec![happened, act.to_owned()])
}

fn about_owners(pen: Pen<'_>, subject: &str, what: &str) -> (String, Vec<String>) {
    let happened = format!("{} সময়ে {what}", pen.instant(pen.frame.at));
    let act = "মালিক সবকিছু করতে পারেন। এমনটি হওয়ার কথা না থাকলে এখনই অ্যাকাউন্টের সদস্যদের দেখুন এবং নিজের পাসওয়ার্ড বদলান।";
    (subject.to_owned(), vec![happened, act.to_owned()])
}

/// The subject and the sentence; `{n}` is the figure.
const fn told(kind: NoticeKind) -> (&'static str, &'static str) {
    match kind {
        NoticeKind::DaysLeft => ("{n} দিন বাকি", "এই চক্রের {n} দিন বা তার কম বাকি। সময়মতো নবায়ন করলে কিছুই বন্ধ হবে না।"),
        NoticeKind::HoursLeft => ("{n} ঘণ্টা বাকি", "এই চক্রে {n} ঘণ্টা বা তার কম বাকি। সময়মতো নবায়ন করলে কিছুই বন্ধ হবে না।"),
        NoticeKind::UsedPercent => {
            ("ঘণ্টার {n}% ব্যবহৃত", "এই চক্রের ঘণ্টার {n}% ব্যবহৃত হয়েছে। সময়মতো নবায়ন করলে কিছুই বন্ধ হবে না।")
        }
        NoticeKind::UsersPercent => ("ব্যবহারকারী {n}%", "প্যানেলে ব্যবহারকারী এখন প্ল্যানে যত আছে তার {n}% বা তার বেশি।"),
        NoticeKind::StoragePercent => ("জায়গা {n}%", "প্যানেলের জায়গা এখন প্ল্যানে যত আছে তার {n}% বা তার বেশি।"),
        NoticeKind::GraceBegan => ("নবায়ন করুন", "চক্র শেষ হয়েছে, প্যানেলটি আরও কিছু সময় খোলা থাকবে। আপনার তথ্য নিরাপদ।"),
        NoticeKind::Expired => (
            "বিলিংয়ের মেয়াদ শেষ। নবায়ন করুন",
            "পরিশোধিত সময় শেষ হওয়ায় প্যানেলটি বন্ধ হয়েছে। আপনার তথ্য নিরাপদ; নবায়নের পেমেন্ট হলে প্যানেলটি আবার খুলবে।",
        ),
        NoticeKind::Renewed => ("পেমেন্ট হয়েছে", "আপনার পেমেন্ট নথিভুক্ত হয়েছে। ধন্যবাদ।"),
        NoticeKind::Upgraded => ("উন্নয়ন হয়েছে", "উন্নয়নের পেমেন্ট হয়েছে এবং কার্যকর। ধন্যবাদ।"),
        NoticeKind::Resumed => ("আবার খোলা", "প্যানেলটি আবার খোলা।"),
        NoticeKind::SuspendedByOperator => ("পরিচালক বন্ধ করেছেন", "পরিচালক প্যানেলটি বন্ধ করেছেন। কার্ডে কারণ লেখা আছে।"),
        NoticeKind::PaymentCredited => ("টাকা জমা আছে", "কোনো অর্ডারের নয় এমন টাকা এসেছে। তা আপনার হিসাবে জমা আছে।"),
        NoticeKind::CreditNoteIssued => ("ক্রেডিট নোট", "একটি ক্রেডিট নোট ইস্যু হয়েছে। এর টাকা আপনার হিসাবে জমা আছে।"),
        NoticeKind::PaymentHeld => {
            ("একটি পেমেন্ট দেখা হচ্ছে", "একটি পেমেন্ট এসেছে যা একজন মানুষকে দেখতে হবে। আপনার টাকা নিরাপদ; আবার পেমেন্ট করবেন না।")
        }
        NoticeKind::Refunded => ("টাকা ফেরত পাঠানো হয়েছে", "আপনাকে টাকা ফেরত পাঠানো হয়েছে। ব্যাংকে দেখাতে কয়েক দিন লাগে।"),
        NoticeKind::CreationFailed => (
            "তৈরি করা যায়নি",
            "প্যানেলটি তৈরি করা যায়নি। কার্ড থেকে আবার চেষ্টা করুন। পেমেন্ট করে থাকলে তা সংরক্ষিত, আর চক্রের দিন শেষ হওয়ার আগে টাকা ফেরত নেওয়া যায়।",
        ),
        NoticeKind::Restored => ("কপি থেকে ফিরিয়ে আনা হয়েছে", "প্যানেলটি কপি থেকে ফিরিয়ে আনা হয়েছে।"),
        NoticeKind::RestoreFailed => ("কপিটি ফেরানো যায়নি", "কপিটি ফিরিয়ে আনা যায়নি। প্যানেলটি যেমন ছিল তেমনই আছে।"),
        NoticeKind::Removed => ("সরানো হয়েছে", "প্যানেলটি সরানো হয়েছে। এর যা রাখা আছে তা ড্যাশবোর্ডের কপি অংশে দেখা যাবে।"),
        NoticeKind::GivenUp => (
            "সময়মতো পেমেন্ট হয়নি",
            "সময়মতো প্যানেলটির পেমেন্ট হয়নি, তাই অর্ডারটি বাদ দেওয়া হয়েছে এবং ঠিকানাটি আবার খালি। কোনো টাকা কাটা হয়নি। চাইলে আবার অর্ডার করতে পারেন।",
        ),
    }
}

/// What stands on the button, should the letter lead anywhere.
fn label(letter: &Letter) -> &'static str {
    match letter {
        Letter::ResetPassword => "নতুন পাসওয়ার্ড বেছে নিন",
        Letter::Invitation { .. } => "যোগ দিন",
        Letter::Notice { kind, .. } if Asks::of(*kind) == Asks::ToPay => "পেমেন্ট করে নবায়ন করুন",
        Letter::Notice { .. } => "প্যানেলটি দেখুন",
        _ => "অ্যাকাউন্টটি দেখুন",
    }
}

/// Why the reader got it.
fn why(pen: Pen<'_>, letter: &Letter) -> Option<String> {
    let name = pen.frame.name;
    match letter {
        Letter::Invitation { .. } => None,
        Letter::Notice { .. } => Some(format!(
            "আপনি {name}-এ এই প্যানেলের দেখাশোনা করেন বলে চিঠিটি পেয়েছেন। কী মেইলে আসবে আর কখন আসবে না, তা অ্যাকাউন্ট পাতায় বেছে নিন।"
        )),
        _ => Some(format!("আপনি এই ঠিকানা দিয়ে {name}-এ সাইন-ইন করেন বলে চিঠিটি পেয়েছেন।")),
    }
}
