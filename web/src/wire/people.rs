//! People: profiles, members, invitations, sign-ins, second factors, and what they want to be told.

use crate::json::{Reader, Wire};
use shared::api::notices::{NoticeChoice, NoticeChoices, NoticeTopic, QuietHours};
use shared::api::people::{
    InvitationView, InvitedTo, MemberView, Members, NewSecondFactor, Profile, RecoveryCodes, SignInList, SignInView,
};
use shared::ids::{InvitationId, SessionId};

/// What stands on an account's invoices, and where its days begin. The zone is its name: the clocks of the world are not
/// compiled into pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The business or person that pays.
    pub name: String,
    /// The postal address, in lines.
    pub address: String,
    /// The Business Identification Number.
    pub bin: Option<String>,
    /// The IANA name of its zone.
    pub zone: String,
}

id!(InvitationId SessionId);

named! {
    NoticeTopic {
        RunningLow = "running_low", Ended = "ended", Paid = "paid", Money = "money", Limits = "limits", Panel = "panel"
    }
}

object! {
    Account { name, address, bin, zone }
    Profile { user_id, email, name, language, role, since, has_second_factor, recovery_codes_left }
    NewSecondFactor { secret, uri, qr_svg }
    RecoveryCodes { codes }
    SignInView { session_id, since, last_seen_at, browser, this }
    SignInList { items }
    MemberView { user_id, name, email, role, since, has_second_factor, this }
    InvitationView { invitation_id, email, role, sent_at, expires_at }
    Members { members, invitations, may_change }
    InvitedTo { account_name, email, role }
    NoticeChoice { topic, in_app, mail }
    QuietHours { from_hour, to_hour }
    NoticeChoices { topics, quiet }
}
