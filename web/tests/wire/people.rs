//! What the server writes of people is what the dashboard reads.

use super::{id, noon, same, written};
use serde::Serialize;
use shared::api::accounts::{AccountDetails, AccountView};
use shared::api::auth::{Language, Role};
use shared::api::notices::{NoticeChoice, NoticeChoices, NoticeTopic, QuietHours};
use shared::api::people::{
    EditProfile, InvitationView, InvitedTo, MemberView, Members, NewSecondFactor, Profile, RecoveryCodes, SignInList,
    SignInView,
};
use web::json::{object, read};
use web::present::people::choices_body;
use web::wire;

// Harm prevented: an owner cannot see who has access, and cannot take it away.
#[test]
fn members_and_invitations_are_read_as_they_are_written() {
    let member = MemberView {
        user_id: id("usr"),
        name: "রহিম \"R\"".into(),
        email: "r@example.com".into(),
        role: Role::Viewer,
        since: noon(),
        has_second_factor: true,
        this: false,
    };
    let invitation = InvitationView {
        invitation_id: id("ivt"),
        email: "k@example.com".into(),
        role: Role::Billing,
        sent_at: noon(),
        expires_at: noon().plus(60),
    };
    same(Members { members: vec![member], invitations: vec![invitation], may_change: true });
    same(InvitedTo { account_name: "A".into(), email: "k@example.com".into(), role: Role::Owner });
}

// Harm prevented: somebody locks themselves out because the page that sets the second factor up cannot be read.
#[test]
fn what_keeps_a_person_safe_is_read_as_it_is_written() {
    same(Profile {
        user_id: id("usr"),
        email: "a@example.com".into(),
        name: "A".into(),
        language: Language::Bn,
        role: Role::Owner,
        since: noon(),
        has_second_factor: true,
        recovery_codes_left: 7,
    });
    let sign_in = SignInView {
        session_id: id("ses"),
        since: noon(),
        last_seen_at: noon().plus(5),
        browser: String::new(),
        this: true,
    };
    same(SignInList { items: vec![sign_in] });
    let new = NewSecondFactor { secret: "JBSW".into(), uri: "otpauth://totp/a".into(), qr_svg: "<svg/>".into() };
    let read_back: NewSecondFactor = read(&written(&new)).unwrap();
    assert_eq!((read_back.secret, read_back.uri, read_back.qr_svg), (new.secret, new.uri, new.qr_svg));
    let codes = RecoveryCodes { codes: vec!["a-b".into()] };
    assert_eq!(read::<RecoveryCodes>(&written(&codes)).unwrap().codes, codes.codes);
}

// Harm prevented: an account's address is lost by saving a page that never had it.
#[test]
fn an_accounts_details_are_read_as_they_are_written() {
    let details = AccountDetails {
        name: "n".into(),
        address: "a\nb".into(),
        bin: Some("0012345678901".into()),
        zone: "Asia/Dhaka".parse().unwrap(),
    };
    let view = AccountView { account_id: id("acc"), details, has_own_clock: false, now: noon() };
    let (name, address) = ("n".to_owned(), "a\nb".to_owned());
    let expected = wire::Account { name, address, bin: Some("0012345678901".into()), zone: "Asia/Dhaka".into() };
    assert_eq!(read::<wire::Account>(&written(&view)), Some(expected));
}

// Harm prevented: somebody switches a mail off, the page says that it is saved, and the server refused it.
#[test]
fn choices_are_read_and_written_as_the_server_does() {
    use NoticeTopic::{Ended, Limits, Money, Paid, Panel, RunningLow};
    let topics = [RunningLow, Ended, Paid, Money, Limits, Panel];
    let topics = topics.map(|topic| NoticeChoice { topic, in_app: true, mail: topic != Money });
    for quiet in [None, Some(QuietHours { from_hour: 22, to_hour: 7 })] {
        let choices = NoticeChoices { topics: topics.to_vec(), quiet };
        let body = choices_body(&choices);
        assert_eq!(serde_json::from_str::<NoticeChoices>(&body).unwrap(), choices, "{body}");
        same(choices);
    }
}

fn as_server<T: Serialize + serde::de::DeserializeOwned>(body: &str) -> T {
    serde_json::from_str(body).unwrap()
}

// Harm prevented: a form is filled in and the server does not understand what it is sent.
#[test]
fn what_forms_send_is_what_the_server_takes() {
    let profile: EditProfile = as_server(&object(&[("name", "আ"), ("language", "bn")]));
    assert_eq!(profile, EditProfile { name: "আ".into(), language: Language::Bn });
    let details: AccountDetails = as_server(&object(&[("name", "n"), ("address", ""), ("zone", "Asia/Dhaka")]));
    assert_eq!(details.bin, None);
}
