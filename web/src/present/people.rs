//! People in words: roles, browsers, hours of the day, what they want to be told. And what they typed, in the form that
//! the server takes.

use super::markup::Markup;
use crate::format::calendar::{date, date_time};
use crate::i18n::Lang;
use crate::json::object;
use shared::api::auth::Role;
use shared::api::notices::{NoticeChoices, NoticeTopic, QuietHours};
use shared::api::people::{InvitationView, MemberView, Members, SignInView};

/// A text of fixed words.
type Words = fn(Lang) -> &'static str;

/// What an account's people may be, the most trusted first.
pub const ROLES: [Role; 3] = [Role::Owner, Role::Billing, Role::Viewer];

/// A role's name.
#[must_use]
pub fn role(role: Role) -> Words {
    match role {
        Role::Operator => Lang::operator_title,
        Role::Owner => Lang::role_owner,
        Role::Billing => Lang::role_billing,
        Role::Viewer => Lang::role_viewer,
    }
}

/// What somebody in it may do.
#[must_use]
pub fn role_means(role: Role) -> Words {
    match role {
        Role::Operator => Lang::operator_title,
        Role::Owner => Lang::role_owner_means,
        Role::Billing => Lang::role_billing_means,
        Role::Viewer => Lang::role_viewer_means,
    }
}

/// A role as it is sent.
#[must_use]
pub const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Operator => "operator",
        Role::Owner => "owner",
        Role::Billing => "billing",
        Role::Viewer => "viewer",
    }
}

/// The role of a name; the least trusted one for any other.
#[must_use]
pub fn role_of(name: &str) -> Role {
    ROLES.into_iter().find(|role| role_name(*role) == name).unwrap_or(Role::Viewer)
}

/// Whether these people may say what stands on their invoices; the server decides in the end.
#[must_use]
pub const fn may_edit(role: Role) -> bool {
    matches!(role, Role::Owner | Role::Operator)
}

/// Whether there is no other owner: then the page says why nothing is offered. The server decides in the end.
#[must_use]
pub fn is_last_owner(all: &Members, member: &MemberView) -> bool {
    let mut others = all.members.iter().filter(|other| other.user_id != member.user_id);
    member.role == Role::Owner && !others.any(|other| other.role == Role::Owner)
}

/// A member: name, role, address, since when.
#[must_use]
pub fn member_row(lang: Lang, member: &MemberView) -> String {
    let mut out = Markup::default();
    out.within("<p class=\"row-head\"><strong>", &member.name, "</strong>");
    out.within("<span class=\"badge blue\">", role(member.role)(lang), "</span>");
    if member.this {
        out.within("<span class=\"badge grey\">", lang.this_is_you(), "</span>");
    }
    out.tags("</p>");
    out.within("<p class=\"small\" lang=\"en\" translate=\"no\">", &member.email, "</p>");
    out.within("<p class=\"small\">", &lang.since(&date(lang, member.since)), "");
    let factor = if member.has_second_factor { lang.has_factor() } else { lang.has_no_factor() };
    out.within(" · ", factor, "</p>");
    out.done()
}

/// An invitation: whom, as what, until when.
#[must_use]
pub fn invitation_row(lang: Lang, invitation: &InvitationView) -> String {
    let mut out = Markup::default();
    out.within("<p class=\"row-head\"><strong lang=\"en\" translate=\"no\">", &invitation.email, "</strong>");
    out.within("<span class=\"badge blue\">", role(invitation.role)(lang), "</span></p>");
    let (sent, ends) = (date_time(lang, invitation.sent_at), date_time(lang, invitation.expires_at));
    out.within("<p class=\"small\">", &lang.invited_at(&sent, &ends), "</p>");
    out.done()
}

/// A sign-in: which browser, since when, last seen when.
#[must_use]
pub fn sign_in_row(lang: Lang, item: &SignInView) -> String {
    let mut out = Markup::default();
    out.within("<p class=\"row-head\"><strong>", &browser(lang, &item.browser), "</strong>");
    if item.this {
        out.within("<span class=\"badge green\">", lang.this_one(), "</span>");
    }
    out.tags("</p>");
    let (since, seen) = (date_time(lang, item.since), date_time(lang, item.last_seen_at));
    out.within("<p class=\"small\">", &lang.sign_in_times(&since, &seen), "</p>");
    out.done()
}

/// Programs by what they put into the name that they send, the particular before the general: nearly each of them claims
/// to be some others too.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Machines, in the same way.
const MACHINES: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// How much of a name that we do not know is shown.
const NAME_SHOWN: usize = 60;

/// A browser and its machine: `Chrome, Android`.
#[must_use]
pub fn browser(lang: Lang, name: &str) -> String {
    let among =
        |known: &[(&str, &'static str)]| known.iter().find(|(part, _)| name.contains(part)).map(|(_, said)| *said);
    match (among(&BROWSERS), among(&MACHINES)) {
        (Some(program), Some(machine)) => format!("{program}, {machine}"),
        (Some(program), None) => program.to_owned(),
        (None, _) if name.is_empty() => lang.browser_unknown().to_owned(),
        (None, _) => name.chars().take(NAME_SHOWN).collect(),
    }
}

/// A code as it is sent: Latin digits, no spaces.
#[must_use]
pub fn typed_code(typed: &str) -> String {
    let latin = |c: char| match c {
        '০'..='৯' => char::from_digit(u32::from(c) - u32::from('০'), 10).unwrap_or(c),
        other => other,
    };
    typed.chars().filter(|c| !c.is_whitespace()).map(latin).collect()
}

/// What a topic is called.
#[must_use]
pub fn topic(topic: NoticeTopic) -> Words {
    match topic {
        NoticeTopic::RunningLow => Lang::topic_running_low,
        NoticeTopic::Ended => Lang::topic_ended,
        NoticeTopic::Paid => Lang::topic_paid,
        NoticeTopic::Money => Lang::topic_money,
        NoticeTopic::Limits => Lang::topic_limits,
        NoticeTopic::Panel => Lang::topic_panel,
    }
}

/// What it is about.
#[must_use]
pub fn topic_means(topic: NoticeTopic) -> Words {
    match topic {
        NoticeTopic::RunningLow => Lang::topic_running_low_means,
        NoticeTopic::Ended => Lang::topic_ended_means,
        NoticeTopic::Paid => Lang::topic_paid_means,
        NoticeTopic::Money => Lang::topic_money_means,
        NoticeTopic::Limits => Lang::topic_limits_means,
        NoticeTopic::Panel => Lang::topic_panel_means,
    }
}

const fn topic_name(topic: NoticeTopic) -> &'static str {
    match topic {
        NoticeTopic::RunningLow => "running_low",
        NoticeTopic::Ended => "ended",
        NoticeTopic::Paid => "paid",
        NoticeTopic::Money => "money",
        NoticeTopic::Limits => "limits",
        NoticeTopic::Panel => "panel",
    }
}

/// Whether the dashboard always tells it. The server refuses anything else.
#[must_use]
pub const fn is_always_told(topic: NoticeTopic) -> bool {
    matches!(topic, NoticeTopic::Ended)
}

/// Choices as they are sent.
#[must_use]
pub fn choices_body(choices: &NoticeChoices) -> String {
    let row = |choice: &shared::api::notices::NoticeChoice| {
        let name = topic_name(choice.topic);
        format!("{{\"topic\":\"{name}\",\"in_app\":{},\"mail\":{}}}", choice.in_app, choice.mail)
    };
    let rows: Vec<String> = choices.topics.iter().map(row).collect();
    let quiet = choices.quiet.as_ref().map_or("null".to_owned(), |QuietHours { from_hour, to_hour }| {
        format!("{{\"from_hour\":{from_hour},\"to_hour\":{to_hour}}}")
    });
    format!("{{\"topics\":[{}],\"quiet\":{quiet}}}", rows.join(","))
}

/// Quiet hours of which one end was moved: a span needs two different ends, so the other one gives way.
#[must_use]
pub fn moved(quiet: &QuietHours, from: Option<u8>, to: Option<u8>) -> QuietHours {
    let (from_hour, to_hour) = (from.unwrap_or(quiet.from_hour), to.unwrap_or(quiet.to_hour));
    if from_hour != to_hour {
        QuietHours { from_hour, to_hour }
    } else if to.is_some() {
        QuietHours { from_hour: (to_hour + 23) % 24, to_hour }
    } else {
        QuietHours { from_hour, to_hour: (from_hour + 1) % 24 }
    }
}

/// A profile as it is sent.
#[must_use]
pub fn profile_body(name: &str, lang: Lang) -> String {
    object(&[("name", name.trim()), ("language", lang.tag())])
}

/// Zones that are offered; any other name may be typed.
pub const ZONES: [&str; 28] = [
    "Asia/Dhaka",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Thimphu",
    "Asia/Karachi",
    "Asia/Colombo",
    "Asia/Yangon",
    "Asia/Bangkok",
    "Asia/Kuala_Lumpur",
    "Asia/Singapore",
    "Asia/Jakarta",
    "Asia/Hong_Kong",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Asia/Dubai",
    "Asia/Riyadh",
    "Asia/Qatar",
    "Asia/Kuwait",
    "Asia/Muscat",
    "Europe/London",
    "Europe/Rome",
    "Europe/Berlin",
    "America/New_York",
    "America/Toronto",
    "America/Chicago",
    "America/Los_Angeles",
    "Australia/Sydney",
    "UTC",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn member(user: u8, role: Role) -> MemberView {
        MemberView {
            user_id: shared::ids::UserId::new(uuid::Uuid::from_bytes([user; 16])),
            name: String::new(),
            email: String::new(),
            role,
            since: shared::time::Timestamp::EPOCH,
            has_second_factor: false,
            this: false,
        }
    }

    // Harm prevented: an account is left without an owner, or an owner cannot be changed although there is another.
    #[test]
    fn only_an_owner_without_another_is_the_last() {
        let last = |members: &[MemberView]| {
            let all = Members { members: members.to_vec(), invitations: Vec::new(), may_change: true };
            members.iter().map(|member| is_last_owner(&all, member)).collect::<Vec<_>>()
        };
        assert_eq!(last(&[member(1, Role::Owner), member(2, Role::Billing)]), [true, false]);
        assert_eq!(last(&[member(1, Role::Owner), member(2, Role::Owner)]), [false, false]);
    }

    // Harm prevented: somebody ends the sign-in that is theirs because the other one was named after it.
    #[test]
    fn browsers_are_called_what_people_call_them() {
        let said = |name| browser(Lang::En, name);
        let phone =
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";
        assert_eq!(said(phone), "Chrome, Android");
        assert_eq!(said("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0"), "Edge, Windows");
        assert_eq!(
            said("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"),
            "Safari, iPhone"
        );
        assert_eq!(said("curl/8.0"), "curl/8.0");
        assert_eq!(said(""), Lang::En.browser_unknown());
        assert_eq!(said(&"x".repeat(500)).len(), NAME_SHOWN);
    }

    // Harm prevented: a code that is typed on a Bangla keyboard, or as the app writes it, is refused.
    #[test]
    fn codes_are_taken_in_either_script_and_with_spaces() {
        assert_eq!(typed_code(" ১২৩ 456\n"), "123456");
        assert_eq!(typed_code("ABCD-ef12"), "ABCD-ef12");
    }

    // Harm prevented: quiet hours from ten to ten: no mail ever, or the choice is refused without a reason.
    #[test]
    fn quiet_hours_keep_two_different_ends() {
        let quiet = QuietHours { from_hour: 22, to_hour: 7 };
        let ends = |from, to| {
            let QuietHours { from_hour, to_hour } = moved(&quiet, from, to);
            (from_hour, to_hour)
        };
        assert_eq!(ends(Some(21), None), (21, 7));
        assert_eq!(ends(Some(7), None), (7, 8));
        assert_eq!(ends(None, Some(22)), (21, 22));
        assert_eq!(moved(&QuietHours { from_hour: 5, to_hour: 0 }, Some(0), None).to_hour, 1);
        assert_eq!(moved(&QuietHours { from_hour: 5, to_hour: 9 }, None, Some(5)).from_hour, 4);
    }

    // Harm prevented: a role that is chosen on the page becomes another one at the server.
    #[test]
    fn roles_have_the_names_that_the_server_knows() {
        for role in ROLES {
            assert_eq!(role_of(role_name(role)), role);
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role_name(role)));
        }
        assert_eq!(role_of("operator"), Role::Viewer, "never more than was chosen");
    }

    // Harm prevented: a zone is offered that the server does not know.
    #[test]
    fn every_zone_on_offer_is_one() {
        for zone in ZONES {
            assert!(zone.parse::<shared::civil::Zone>().is_ok(), "{zone}");
        }
    }
}
