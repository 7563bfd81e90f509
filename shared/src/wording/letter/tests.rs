//! What every letter has to be, in both languages.

use super::*;
use uuid::Uuid;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn notice(kind: NoticeKind, panel_name: &str) -> Letter {
    Letter::Notice {
        kind,
        value: Some(7),
        tenant_id: TenantId::new(Uuid::from_u128(7)),
        panel_name: panel_name.to_owned(),
        at: at("2026-01-05T06:00:00Z"),
        until: Some(at("2026-01-12T06:00:00Z")),
    }
}

fn invitation() -> Letter {
    Letter::Invitation { account_name: "Rahim Traders".to_owned(), inviter: "Rahim".to_owned(), role: Role::Viewer }
}

fn about_owners(account_name: &str, person: &str) -> [Letter; 3] {
    let (account_name, person, by) = (account_name.to_owned(), person.to_owned(), "Rahim".to_owned());
    [
        Letter::OwnerInvited { account_name: account_name.clone(), person: person.clone(), by: by.clone() },
        Letter::OwnerAdded { account_name: account_name.clone(), person: person.clone() },
        Letter::OwnerRemoved { account_name, person, by },
    ]
}

fn every_letter() -> Vec<Letter> {
    let people =
        [Letter::ResetPassword, invitation(), Letter::PasswordChanged, Letter::SecondFactorOn, Letter::SecondFactorOff];
    people
        .into_iter()
        .chain(about_owners("Rahim Traders", "Nadia (nadia@example.com)"))
        .chain(NoticeKind::ALL.map(|kind| notice(kind, "Shop")))
        .collect()
}

fn frame() -> Frame<'static> {
    Frame {
        name: "Hourglass",
        public_url: "https://pay.example.com",
        support_email: Some("help@example.com"),
        zone: Zone::default(),
        at: at("2026-01-05T06:00:00Z"),
        link: Some(Link { token: "lnk_7.proof", expires_at: at("2026-01-05T07:00:00Z") }),
    }
}

fn whole(written: &Written) -> String {
    let button = written.button.iter().map(|button| button.label.clone());
    let parts = std::iter::once(written.subject.clone()).chain(written.paragraphs.clone()).chain(button);
    parts.chain(written.footer.clone()).collect::<Vec<_>>().join("\n")
}

// Harm prevented: a reader cannot tell which panel, when, or what to do; or waits for a figure that is not there.
#[test]
fn every_letter_says_what_happened_and_when_in_the_readers_digits() {
    for of in every_letter() {
        let english = letter(Language::En, &of, &frame());
        let bangla = letter(Language::Bn, &of, &frame());
        assert_eq!(english.button.clone().map(|button| button.url), bangla.button.clone().map(|button| button.url));
        let (english, bangla) = (whole(&english), whole(&bangla));
        assert!(english.contains("5 Jan 2026, "), "{english}");
        assert!(bangla.contains("৫ জানুয়ারি ২০২৬, "), "{bangla}");
        let latin = bangla.replace("help@example.com", "");
        assert!(!latin.contains(|c: char| c.is_ascii_digit()), "{bangla}");
        assert!(!english.contains(|c: char| ('\u{980}'..='\u{9ff}').contains(&c)), "{english}");
        for text in [english, bangla] {
            assert!(!text.contains('{') && !text.contains('}') && text.ends_with("help@example.com"), "{text}");
        }
    }
}

// Harm prevented: two different things are told in the same words, and neither is acted upon.
#[test]
fn no_two_letters_read_alike() {
    for language in [Language::En, Language::Bn] {
        let subjects: Vec<String> = every_letter().iter().map(|of| letter(language, of, &frame()).subject).collect();
        let different: std::collections::BTreeSet<&String> = subjects.iter().collect();
        assert_eq!(different.len(), subjects.len(), "{subjects:?}");
    }
}

// Harm prevented: a letter leads nowhere, or to a page on which its reader can do nothing.
#[test]
fn buttons_lead_to_the_page_on_which_the_next_step_is() {
    let url = |of: &Letter| letter(Language::En, of, &frame()).button.map(|button| button.url);
    let panel = format!("https://pay.example.com/panels/{}", TenantId::new(Uuid::from_u128(7)));
    assert_eq!(url(&Letter::ResetPassword).unwrap(), "https://pay.example.com/reset?token=lnk_7.proof");
    assert_eq!(url(&invitation()).unwrap(), "https://pay.example.com/join?token=lnk_7.proof");
    assert_eq!(url(&Letter::PasswordChanged), None);
    assert_eq!(url(&notice(NoticeKind::DaysLeft, "Shop")), Some(format!("{panel}/pay")));
    assert_eq!(url(&notice(NoticeKind::Expired, "Shop")), Some(format!("{panel}/pay")));
    assert_eq!(url(&notice(NoticeKind::Renewed, "Shop")), Some(panel));
    assert_eq!(url(&notice(NoticeKind::Removed, "Shop")), None);
}

// Harm prevented: an owner is told that something happened, and not to whom, to what, or where to undo it.
#[test]
fn owners_are_told_who_and_where() {
    for language in [Language::En, Language::Bn] {
        for of in about_owners("Rahim\nTraders", "Nadia\n(nadia@example.com)") {
            let written = letter(language, &of, &frame());
            let said = &written.paragraphs[0];
            assert!(said.contains("“Rahim Traders”") && said.contains("Nadia (nadia@example.com)"), "{said}");
            assert_eq!(
                said.contains("Rahim।") || said.contains("by Rahim.") || said.contains("Rahim asks."),
                !matches!(of, Letter::OwnerAdded { .. })
            );
            assert_eq!(written.button.map(|it| it.url).as_deref(), Some("https://pay.example.com/account/people"));
        }
    }
}

// Harm prevented: a panel's name writes headers of its own into the mail.
#[test]
fn names_stay_on_their_line() {
    let of = notice(NoticeKind::DaysLeft, "Shop\r\nBcc: all@example.com\u{7}");
    let subject = letter(Language::En, &of, &frame()).subject;
    assert_eq!(subject, "Shop  Bcc: all@example.com: days left: 7");
}

// Harm prevented: what is kept of a letter opens an account to whoever reads the table.
#[test]
fn what_is_kept_of_a_letter_is_its_kind_and_names_alone() {
    let kept = |of: &Letter| serde_json::to_value(of).unwrap();
    assert_eq!(kept(&Letter::ResetPassword), serde_json::json!({"letter": "reset_password"}));
    for of in every_letter() {
        assert_eq!(kept(&of)["letter"], of.name());
        assert_eq!(serde_json::from_value::<Letter>(kept(&of)).unwrap(), of);
    }
}

#[test]
fn a_reminder_in_english_and_in_bangla() {
    let english = letter(Language::En, &notice(NoticeKind::DaysLeft, "Shop"), &frame());
    assert_eq!(english.subject, "Shop: days left: 7");
    assert_eq!(
        english.paragraphs,
        [
            "Shop, 5 Jan 2026, 12:00\u{a0}pm:",
            "Days left of this cycle: 7, or fewer. Renew in time and nothing stops.",
            "It stays open until 12 Jan 2026, 12:00\u{a0}pm at the latest."
        ]
    );
    let bangla = letter(Language::Bn, &notice(NoticeKind::DaysLeft, "Shop"), &frame());
    assert_eq!(bangla.subject, "Shop: ৭ দিন বাকি");
    assert_eq!(
        bangla.paragraphs,
        [
            "Shop, ৫ জানুয়ারি ২০২৬, দুপুর\u{a0}১২:০০:",
            "এই চক্রের ৭ দিন বা তার কম বাকি। সময়মতো নবায়ন করলে কিছুই বন্ধ হবে না।",
            "এটি সর্বোচ্চ ১২ জানুয়ারি ২০২৬, দুপুর\u{a0}১২:০০ পর্যন্ত খোলা থাকবে।"
        ]
    );
}
