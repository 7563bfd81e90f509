//! Letters: what is mailed to people, in English and in Bangla.
//!
//! Plain and dated: what happened, when, and what can be done. Knows no mail and no store; a one-time link comes in as text.

mod bangla;
mod english;
#[cfg(test)]
mod tests;

use super::dates::date_time;
use crate::api::auth::{Language, Role};
use crate::api::history::NoticeKind;
use crate::civil::Zone;
use crate::ids::TenantId;
use crate::pages;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a letter tells. Kept until it is sent, so it holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// Somebody asked for a new password.
    ResetPassword,
    /// Somebody is asked to join an account.
    Invitation {
        /// The account's name.
        account_name: String,
        /// Who asks, by name.
        inviter: String,
        /// What the reader may do once they join.
        role: Role,
    },
    /// The reader's password was changed.
    PasswordChanged,
    /// Signing in asks for a second factor from now on.
    SecondFactorOn,
    /// It does no longer.
    SecondFactorOff,
    /// Somebody is asked to become an owner of the reader's account.
    OwnerInvited {
        /// The account's name.
        account_name: String,
        /// Who is asked: an address.
        person: String,
        /// Who asks: a name and an address.
        by: String,
    },
    /// Somebody is an owner of the reader's account now.
    OwnerAdded {
        /// The account's name.
        account_name: String,
        /// Who: a name and an address.
        person: String,
    },
    /// Somebody is no owner of the account any more. The reader may be the one.
    OwnerRemoved {
        /// The account's name.
        account_name: String,
        /// Who: a name and an address.
        person: String,
        /// Whose doing it was: a name and an address.
        by: String,
    },
    /// What the account should know about a panel.
    Notice {
        /// What it is.
        kind: NoticeKind,
        /// The threshold that was reached, of a reminder: days, hours or percent.
        value: Option<u32>,
        /// About which panel.
        tenant_id: TenantId,
        /// The panel's name.
        panel_name: String,
        /// When it happened, by the account's clock.
        at: Timestamp,
        /// Until when the panel stays open at the latest, if that is known.
        until: Option<Timestamp>,
    },
}

impl Letter {
    /// The word under which it is kept and logged.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ResetPassword => "reset_password",
            Self::Invitation { .. } => "invitation",
            Self::PasswordChanged => "password_changed",
            Self::SecondFactorOn => "second_factor_on",
            Self::SecondFactorOff => "second_factor_off",
            Self::OwnerInvited { .. } => "owner_invited",
            Self::OwnerAdded { .. } => "owner_added",
            Self::OwnerRemoved { .. } => "owner_removed",
            Self::Notice { .. } => "notice",
        }
    }

    /// Whether somebody sits and waits for it, or it says that their sign-in was touched: it leaves before all notices.
    #[must_use]
    pub const fn is_urgent(&self) -> bool {
        match self {
            Self::ResetPassword
            | Self::Invitation { .. }
            | Self::PasswordChanged
            | Self::SecondFactorOn
            | Self::SecondFactorOff
            | Self::OwnerInvited { .. }
            | Self::OwnerAdded { .. }
            | Self::OwnerRemoved { .. } => true,
            Self::Notice { .. } => false,
        }
    }
}

/// What stands around every letter of a deployment.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// What the deployment is called.
    pub name: &'a str,
    /// Where browsers reach it, without a slash at the end.
    pub public_url: &'a str,
    /// Where readers write for help.
    pub support_email: Option<&'a str>,
    /// By whose clocks instants are written.
    pub zone: Zone,
    /// When the letter was written.
    pub at: Timestamp,
    /// The one-time link, if the letter carries one.
    pub link: Option<Link<'a>>,
}

/// A one-time link.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// What its address carries.
    pub token: &'a str,
    /// When it ceases to be good.
    pub expires_at: Timestamp,
}

/// A letter in words. Nothing in it is escaped: names in it are whatever people called things, on one line each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What it is about, on one line.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// What can be done at once, if anything.
    pub button: Option<Button>,
    /// Why the reader got it, and where they can write to.
    pub footer: Vec<String>,
}

/// A label and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// The label.
    pub label: String,
    /// The address, which has no character that needs escaping in it.
    pub url: String,
}

/// The letter in the reader's language.
#[must_use]
pub fn letter(language: Language, letter: &Letter, frame: &Frame<'_>) -> Written {
    let pen = Pen { language, frame };
    let words = match language {
        Language::En => english::words(pen, letter),
        Language::Bn => bangla::words(pen, letter),
    };
    let about = match letter {
        Letter::Notice { panel_name, .. } => line(panel_name),
        _ => frame.name.to_owned(),
    };
    let url = path(letter, frame.link).map(|path| format!("{}{path}", frame.public_url));
    let help = frame.support_email.map(|address| format!("{}: {address}", words.help));
    Written {
        subject: format!("{about}: {}", words.subject),
        paragraphs: words.paragraphs,
        button: url.map(|url| Button { label: words.label.to_owned(), url }),
        footer: words.why.into_iter().chain(help).collect(),
    }
}

/// The page that a letter leads to, if it leads anywhere.
fn path(letter: &Letter, link: Option<Link<'_>>) -> Option<String> {
    let with_link = |page: &str| link.map(|link| format!("{page}?token={}", link.token));
    match letter {
        Letter::ResetPassword => with_link(pages::RESET),
        Letter::Invitation { .. } => with_link(pages::JOIN),
        Letter::OwnerInvited { .. } | Letter::OwnerAdded { .. } | Letter::OwnerRemoved { .. } => {
            Some(pages::PEOPLE.to_owned())
        }
        Letter::PasswordChanged | Letter::SecondFactorOn | Letter::SecondFactorOff => None,
        Letter::Notice { kind, tenant_id, .. } => match Asks::of(*kind) {
            Asks::ToPay => Some(pages::pay(*tenant_id)),
            Asks::ToLook => Some(pages::panel(*tenant_id)),
            Asks::Nothing => None,
        },
    }
}

/// What one language says of a letter.
struct Words {
    /// What it is about, without of whom.
    subject: String,
    paragraphs: Vec<String>,
    /// What stands on the button, should the letter lead anywhere.
    label: &'static str,
    /// Why the reader got it.
    why: Option<String>,
    /// What stands before the address for help.
    help: &'static str,
}

/// Writes in one language, by the clocks of one zone.
#[derive(Clone, Copy)]
struct Pen<'a> {
    language: Language,
    frame: &'a Frame<'a>,
}

impl Pen<'_> {
    fn instant(self, at: Timestamp) -> String {
        date_time(self.language, self.frame.zone, at)
    }

    fn whole(self, number: u32) -> String {
        super::amounts::whole(self.language, number.into())
    }

    /// When the one-time link ceases to be good.
    fn link_ends(self) -> String {
        self.instant(self.frame.link.map_or(self.frame.at, |link| link.expires_at))
    }
}

/// What a notice asks of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// To pay, soon.
    ToPay,
    /// To look, if they like.
    ToLook,
    /// Nothing: there is nothing to be seen any more.
    Nothing,
}

impl Asks {
    const fn of(kind: NoticeKind) -> Self {
        match kind {
            NoticeKind::DaysLeft
            | NoticeKind::HoursLeft
            | NoticeKind::UsedPercent
            | NoticeKind::GraceBegan
            | NoticeKind::Expired => Self::ToPay,
            NoticeKind::UsersPercent
            | NoticeKind::StoragePercent
            | NoticeKind::Renewed
            | NoticeKind::Upgraded
            | NoticeKind::Resumed
            | NoticeKind::SuspendedByOperator
            | NoticeKind::PaymentCredited
            | NoticeKind::CreditNoteIssued
            | NoticeKind::PaymentHeld
            | NoticeKind::Refunded
            | NoticeKind::CreationFailed
            | NoticeKind::Restored
            | NoticeKind::RestoreFailed => Self::ToLook,
            NoticeKind::Removed | NoticeKind::GivenUp => Self::Nothing,
        }
    }
}

/// One line: names may not break a letter's subject.
fn line(text: &str) -> String {
    text.split(char::is_control).collect::<Vec<_>>().join(" ").trim().to_owned()
}
