//! The letters in English.

use super::{Asks, Letter, Pen, Words, line};
use crate::api::auth::Role;
use crate::api::history::NoticeKind;

pub(super) fn words(pen: Pen<'_>, letter: &Letter) -> Words {
    let (subject, paragraphs) = written(pen, letter);
    Words { subject, paragraphs, label: label(letter), why: why(pen, letter), help: "Help" }
}

/// The subject and the paragraphs.
fn written(pen: Pen<'_>, letter: &Letter) -> (String, Vec<String>) {
    match letter {
        Letter::ResetPassword => (
            "choose a new password".to_owned(),
            vec![
                format!("On {}, a new password was asked for, for this address.", pen.instant(pen.frame.at)),
                format!("The link is good once, until {}.", pen.link_ends()),
                "If it was not you, do nothing: your password stays as it is.".to_owned(),
            ],
        ),
        Letter::Invitation { account_name, inviter, role } => (
            "you are asked to join an account".to_owned(),
            vec![
                format!("{} asks you to join the account “{}”. {}", line(inviter), line(account_name), may(*role)),
                format!("The link is good once, until {}.", pen.link_ends()),
                "If you do not know who asks, do nothing.".to_owned(),
            ],
        ),
        Letter::PasswordChanged => about_sign_in(
            pen,
            "your password was changed",
            "your password was changed. Every other sign-in of yours has ended.",
        ),
        Letter::SecondFactorOn => about_sign_in(
            pen,
            "a second factor was switched on",
            "a second factor was switched on: signing in asks for a code from now on. Keep your recovery codes where you find them.",
        ),
        Letter::SecondFactorOff => about_sign_in(
            pen,
            "the second factor was switched off",
            "the second factor was switched off: signing in asks for your password alone.",
        ),
        Letter::OwnerInvited { account_name, person, by } => {
            let (account, person, by) = (line(account_name), line(person), line(by));
            about_owners(
                pen,
                "an owner was invited",
                &format!("{person} was asked to become an owner of the account “{account}”. {by} asks."),
            )
        }
        Letter::OwnerAdded { account_name, person } => {
            let (account, person) = (line(account_name), line(person));
            about_owners(
                pen,
                "the account has one owner more",
                &format!("{person} became an owner of the account “{account}”."),
            )
        }
        Letter::OwnerRemoved { account_name, person, by } => {
            let (account, person, by) = (line(account_name), line(person), line(by));
            about_owners(
                pen,
                "the account has one owner less",
                &format!("{person} ceased to be an owner of the account “{account}”. It was done by {by}."),
            )
        }
        Letter::Notice { kind, value, panel_name, at, until, .. } => {
            let figure = pen.whole(value.unwrap_or_default());
            let (subject, says) = told(*kind);
            let mut paragraphs = vec![
                format!("{panel}, {at}:", panel = line(panel_name), at = pen.instant(*at)),
                says.replace("{n}", &figure),
            ];
            paragraphs.extend(until.map(|until| format!("It stays open until {} at the latest.", pen.instant(until))));
            (subject.replace("{n}", &figure), paragraphs)
        }
    }
}

const fn may(role: Role) -> &'static str {
    match role {
        Role::Owner | Role::Operator => "You would own it with them: you may do everything.",
        Role::Billing => "You would pay for it, and see everything.",
        Role::Viewer => "You would see everything, and change nothing.",
    }
}

fn about_sign_in(pen: Pen<'_>, subject: &str, what: &str) -> (String, Vec<String>) {
    let happened = format!("On {}, {what}", pen.instant(pen.frame.at));
    let act = "If it was not you, choose a new password at once: “Forgot password?” at sign-in sends you a link.";
    (subject.to_owned(), vec![happened, act.to_owned()])
}

fn about_owners(pen: Pen<'_>, subject: &str, what: &str) -> (String, Vec<String>) {
    let happened = format!("On {}, {what}", pen.instant(pen.frame.at));
    let act = "An owner may do everything. If this should not be, look at the account's people at once, and change your password.";
    (subject.to_owned(), vec![happened, act.to_owned()])
}

/// The subject and the sentence; `{n}` is the figure.
const fn told(kind: NoticeKind) -> (&'static str, &'static str) {
    match kind {
        NoticeKind::DaysLeft => {
            ("days left: {n}", "Days left of this cycle: {n}, or fewer. Renew in time and nothing stops.")
        }
        NoticeKind::HoursLeft => {
            ("hours left: {n}", "Hours left in this cycle: {n}, or fewer. Renew in time and nothing stops.")
        }
        NoticeKind::UsedPercent => {
            ("{n}% of the hours are used", "{n}% of the hours of this cycle are used. Renew in time and nothing stops.")
        }
        NoticeKind::UsersPercent => {
            ("{n}% of the users", "The panel has {n}% of the users that its plan includes, or more.")
        }
        NoticeKind::StoragePercent => {
            ("{n}% of the storage", "The panel holds {n}% of the storage that its plan includes, or more.")
        }
        NoticeKind::GraceBegan => {
            ("please renew", "The cycle has ended, and the panel stays open for a while. Your data is safe.")
        }
        NoticeKind::Expired => (
            "Billing expired. Please renew",
            "The panel was closed because its paid time is over. Your data is safe; the panel opens again once the renewal is paid.",
        ),
        NoticeKind::Renewed => ("paid", "Your payment was booked. Thank you."),
        NoticeKind::Upgraded => ("upgraded", "The upgrade was paid, and is in effect. Thank you."),
        NoticeKind::Resumed => ("open again", "The panel is open again."),
        NoticeKind::SuspendedByOperator => {
            ("closed by the operator", "The operator closed the panel. Its card says why.")
        }
        NoticeKind::PaymentCredited => {
            ("money kept as credit", "Money arrived that settles no order. It is kept as your credit.")
        }
        NoticeKind::CreditNoteIssued => {
            ("a credit note", "A credit note was issued. Its amount is kept as your credit.")
        }
        NoticeKind::PaymentHeld => (
            "a payment is being looked at",
            "A payment arrived that a person has to look at. Your money is safe; please do not pay again.",
        ),
        NoticeKind::Refunded => ("money sent back", "Money was sent back to you. Banks take some days to show it."),
        NoticeKind::CreationFailed => (
            "not set up",
            "The panel could not be set up. Retry from its card. If you paid, your payment is kept, and you can have the money back until the days of its cycle are over.",
        ),
        NoticeKind::Restored => ("put back to a copy", "The panel was put back to the copy."),
        NoticeKind::RestoreFailed => {
            ("the copy did not come back", "The copy could not be brought back. The panel is as it was.")
        }
        NoticeKind::Removed => {
            ("removed", "The panel was removed. What is kept of it stands in the dashboard, under its copies.")
        }
        NoticeKind::GivenUp => (
            "not paid for in time",
            "Nobody paid for the panel in time, so its order was given up and its address is free again. Nothing was charged. You can order it anew.",
        ),
    }
}

/// What stands on the button, should the letter lead anywhere.
fn label(letter: &Letter) -> &'static str {
    match letter {
        Letter::ResetPassword => "Choose a new password",
        Letter::Invitation { .. } => "Join",
        Letter::Notice { kind, .. } if Asks::of(*kind) == Asks::ToPay => "Pay to Renew",
        Letter::Notice { .. } => "Look at the panel",
        _ => "Look at the account",
    }
}

/// Why the reader got it.
fn why(pen: Pen<'_>, letter: &Letter) -> Option<String> {
    let name = pen.frame.name;
    match letter {
        Letter::Invitation { .. } => None,
        Letter::Notice { .. } => Some(format!(
            "You get this because you look after this panel at {name}. Your account page says what is mailed to you, and when not."
        )),
        _ => Some(format!("You get this because you sign in to {name} with this address.")),
    }
}
