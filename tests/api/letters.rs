//! Letters: who is told what by mail, in which language and when; and what becomes of a letter that does not arrive.

use harness::{PASSWORD, Persona, Stage, Terms, beginning, terms};
use hourglass::flow::FlowError;
use hourglass::flow::post::due_letters::due_letters;
use hourglass::flow::post::link::{LinkTo, look_link, new_link, take_link};
use hourglass::flow::post::write::{Reader, needs_post, write};
use hourglass::store::LinkPurpose;
use hourglass_tests as harness;
use sandbox::mail::{Fault, Letter as Received};
use serde_json::{Value, json};
use shared::api::history::NoticeKind;
use shared::ids::{LinkId, TenantId, UserId};
use shared::wording::letter::Letter;
use std::sync::Arc;

harness::stories!(
    a_reminder_is_mailed_once_in_its_readers_language,
    nothing_is_mailed_to_who_does_not_want_it,
    quiet_hours_are_waited_for,
    an_address_that_takes_nothing_is_given_up_and_said_once,
    a_letter_whose_answer_is_lost_is_sent_again_under_its_name,
    a_mail_server_that_is_away_is_waited_for_and_said,
    a_mail_server_that_relays_nothing_for_us_is_waited_for,
    a_link_is_good_once_and_its_secret_is_kept_nowhere,
    a_letter_that_has_become_pointless_is_not_sent,
    nobody_who_has_paid_is_asked_to_pay,
    what_somebody_waits_for_leaves_before_all_notices,
    without_a_mail_server_no_letter_is_written,
);

pub(crate) const RAHIM: &str = "rahim@example.com";
pub(crate) const NADIA: &str = "nadia@example.com";
pub(crate) const CHOICES: &str = "/api/v1/me/notice-choices";

fn subjects(letters: &[Received]) -> Vec<&str> {
    letters.iter().map(|letter| letter.subject.as_str()).collect()
}

/// What somebody chose, with a change of theirs.
pub(crate) async fn choose(who: &Persona, change: impl FnOnce(&mut Value)) -> Value {
    let mut choices = who.get(CHOICES).await.ok(200);
    change(&mut choices);
    who.put_json(CHOICES, "*", &choices).await.ok(200)
}

pub(crate) fn switch(choices: &mut Value, channel: &str, topics: &[&str], on: bool) {
    for choice in choices["topics"].as_array_mut().unwrap() {
        if topics.contains(&choice["topic"].as_str().unwrap()) {
            choice[channel] = json!(on);
        }
    }
}

async fn alerts(stage: &Stage, kind: &str) -> Vec<Value> {
    let operator = stage.again("operator@example.com").await;
    let page = operator.get("/api/v1/alerts?open=true").await.ok(200);
    page["items"].as_array().unwrap().iter().filter(|row| row["kind"] == kind).cloned().collect()
}

// Harm prevented: a customer whose panel runs out is never told, is told twice, or cannot read what they are told.
async fn a_reminder_is_mailed_once_in_its_readers_language(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    assert_eq!(subjects(&stage.mailbox.letters()), Vec::<&str>::new(), "a renewal is told in the dashboard alone");
    stage.pass_hours(8).await;
    let letters = stage.mailbox.letters_to(RAHIM);
    assert_eq!(subjects(&letters), ["Panel rahim: 80% of the hours are used"]);
    let (text, html) = (&letters[0].text, &letters[0].html);
    let pay = format!("{}/panels/{}/pay", stage.url, panel.id);
    assert!(text.contains(&pay) && html.contains(&pay), "{text}");
    assert!(text.contains("5 Jan 2026, ") && text.contains("4 Feb 2026, "), "{text}");
    assert_eq!((letters[0].header("Auto-Submitted"), letters[0].header("Content-Language")), ("auto-generated", "en"));
    stage.database.meddle("UPDATE users SET language = 'bn'").await;
    stage.pass_hours(3).await;
    let letters = stage.mailbox.letters_to(RAHIM);
    assert_eq!(letters[1].subject, "Panel rahim: বিলিংয়ের মেয়াদ শেষ। নবায়ন করুন");
    assert!(letters[1].text.contains("জানুয়ারি ২০২৬") && letters[1].header("Content-Language") == "bn");
    assert_eq!((letters.len(), stage.mailbox.letters().len()), (2, 2), "once, and to nobody else");
}

// Harm prevented: people who look on, or who asked for no mail, are mailed all the same.
async fn nothing_is_mailed_to_who_does_not_want_it(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let every = ["running_low", "ended", "paid", "money", "limits", "panel"];
    choose(owner, |choices| switch(choices, "mail", &every, false)).await;
    owner.post_json("/api/v1/invitations", &json!({ "email": NADIA, "role": "viewer" })).await.is(201);
    let token = stage.link_to(NADIA).await;
    let join = json!({ "token": token, "name": "Nadia", "password": PASSWORD, "language": "en" });
    stage.nobody().post_json("/api/v1/invitations/join", &join).await.is(201);
    let panel = stage.expired_panel(owner, "rahim").await;
    assert_eq!(stage.mailbox.letters_to(RAHIM).len(), 0);
    assert_eq!(stage.mailbox.letters_to(NADIA).len(), 0, "who has joined needs no invitation any more");
    assert_eq!(stage.database.count("letters", "1 = 1").await, 1, "the invitation");
    let owner = stage.again(RAHIM).await;
    assert!(owner.notices().await.contains(&"expired".to_owned()), "the dashboard tells it");
    // A viewer who asks for it is told.
    let viewer = stage.again(NADIA).await;
    choose(&viewer, |choices| switch(choices, "mail", &["paid"], true)).await;
    stage.pay(&owner, &panel, "second").await;
    stage.work().await;
    let said = stage.mailbox.letters_to(NADIA);
    assert!(subjects(&said).contains(&"Panel rahim: paid"), "{:?}", subjects(&said));
    assert_eq!(stage.mailbox.letters_to(RAHIM).len(), 0);
}

// Harm prevented: a phone that wakes its owner at night for what can wait until the morning.
async fn quiet_hours_are_waited_for(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    // By the wall it is noon in Dhaka.
    choose(owner, |choices| choices["quiet"] = json!({ "from_hour": 11, "to_hour": 14 })).await;
    stage.expired_panel(owner, "rahim").await;
    assert_eq!(stage.mailbox.letters().len(), 0);
    stage.wait(3_600);
    stage.work().await;
    assert_eq!(stage.mailbox.letters().len(), 0);
    stage.wait(3_600);
    stage.work().await;
    let letters = stage.mailbox.letters_to(RAHIM);
    assert!(subjects(&letters).contains(&"Panel rahim: Billing expired. Please renew"), "{:?}", subjects(&letters));
}

// Harm prevented: nobody ever learns that a customer cannot be reached, or the desk is flooded with it.
async fn an_address_that_takes_nothing_is_given_up_and_said_once(stage: Arc<Stage>) {
    stage.operator().await;
    let owner = stage.owner().await;
    stage.mailbox.set_fault(Some(Fault::RefuseAddress { address: Some(RAHIM.to_owned()) }));
    stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(8).await;
    stage.pass_hours(3).await;
    let said = alerts(&stage, "letter_given_up").await;
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!((&said[0]["here"], &said[0]["remedies"]), (&json!("notice"), &json!(["acknowledge"])));
    assert!(said[0]["there"].as_str().unwrap().contains("nobody lives there"), "{said:?}");
    assert!(stage.database.count("letters", "given_up_at IS NOT NULL").await > 1, "of several letters");
    stage.mailbox.set_fault(None);
    stage.wait(86_400);
    stage.work().await;
    assert_eq!(stage.mailbox.letters().len(), 0, "it is not tried again");
}

// Harm prevented: a letter that may have been taken is forgotten, or comes again as another one.
async fn a_letter_whose_answer_is_lost_is_sent_again_under_its_name(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    choose(owner, |choices| switch(choices, "mail", &["running_low"], false)).await;
    stage.mailbox.set_fault(Some(Fault::DropAfterData));
    stage.expired_panel(owner, "rahim").await;
    stage.mailbox.set_fault(None);
    stage.wait(60);
    stage.work().await;
    stage.wait(86_400);
    stage.work().await;
    let letters = stage.mailbox.letters_to(RAHIM);
    assert_eq!(letters.len(), 2, "{:?}", subjects(&letters));
    assert!(letters[0].message_id.starts_with("<let_") && letters[0].message_id == letters[1].message_id);
    assert_eq!((letters[0].date.clone(), &letters[0].text), (letters[1].date.clone(), &letters[1].text));
}

// Harm prevented: a mail server that is down for an hour costs letters, and nobody notices.
async fn a_mail_server_that_is_away_is_waited_for_and_said(stage: Arc<Stage>) {
    stage.operator().await;
    let owner = stage.owner().await;
    choose(owner, |choices| switch(choices, "mail", &["running_low"], false)).await;
    stage.mailbox.set_fault(Some(Fault::HangUp));
    stage.expired_panel(owner, "rahim").await;
    assert_eq!(alerts(&stage, "post_silent").await.len(), 0, "not at once");
    for _ in 0..8 {
        stage.wait(600);
        stage.work().await;
    }
    assert_eq!(alerts(&stage, "post_silent").await.len(), 1);
    stage.mailbox.set_fault(None);
    stage.wait(3_600);
    stage.work().await;
    assert_eq!(stage.mailbox.letters_to(RAHIM).len(), 1);
    assert_eq!(alerts(&stage, "post_silent").await.len(), 0, "it has come right by itself");
    // After three days a letter is given up.
    let panel = stage.panel(owner, "second", Terms { included_hours: 1, ..terms() }).await;
    stage.mailbox.set_fault(Some(Fault::Later));
    let again = stage.again(RAHIM).await;
    stage.pay(&again, &panel, "second").await;
    stage.set_up().await;
    stage.pass_hours(2).await;
    stage.wait(3 * 86_400);
    stage.work().await;
    assert_eq!(alerts(&stage, "letter_given_up").await.len(), 1);
}

// Harm prevented: the operator's mail server forgets for an hour whose letters it relays, and every letter of that hour is lost.
async fn a_mail_server_that_relays_nothing_for_us_is_waited_for(stage: Arc<Stage>) {
    stage.operator().await;
    let owner = stage.owner().await;
    choose(owner, |choices| switch(choices, "mail", &["running_low"], false)).await;
    stage.mailbox.set_fault(Some(Fault::RefuseRelay));
    stage.expired_panel(owner, "rahim").await;
    for _ in 0..8 {
        stage.wait(600);
        stage.work().await;
    }
    let said = alerts(&stage, "post_silent").await;
    assert_eq!((said.len(), alerts(&stage, "letter_given_up").await.len()), (1, 0), "{said:?}");
    assert!(said[0]["there"].as_str().unwrap().contains("Relay access denied"), "{said:?}");
    stage.mailbox.set_fault(None);
    stage.wait(3_600);
    stage.work().await;
    let letters = stage.mailbox.letters_to(RAHIM);
    assert_eq!(subjects(&letters), ["Panel rahim: Billing expired. Please renew"]);
}

async fn user_id(stage: &Stage) -> UserId {
    stage.app.store.user_by_email(RAHIM).await.unwrap().unwrap().id
}

/// A letter with a link to a new password.
async fn reset(stage: &Stage, seconds: i64) -> LinkId {
    let id = user_id(stage).await;
    let tx = stage.app.store.begin().await.unwrap();
    let user = tx.user(id).await.unwrap().unwrap();
    let link = new_link(&stage.app, &tx, LinkTo::Reset(id), seconds).await.unwrap();
    write(&stage.app, &tx, &Reader::from(&user), Letter::ResetPassword, Some(link)).await.unwrap();
    tx.commit().await.unwrap();
    link
}

fn token(letter: &Received) -> String {
    let (_, rest) = letter.text.split_once("/reset?token=").expect("a link");
    rest.split_whitespace().next().unwrap().to_owned()
}

// Harm prevented: whoever reads the database, or an old letter, takes an account over.
async fn a_link_is_good_once_and_its_secret_is_kept_nowhere(stage: Arc<Stage>) {
    stage.owner().await;
    reset(&stage, 3_600).await;
    stage.work().await;
    let first = token(&stage.mailbox.letters_to(RAHIM)[0]);
    let link = reset(&stage, 3_600).await;
    stage.work().await;
    let second = token(&stage.mailbox.letters_to(RAHIM)[1]);
    let proof = second.split_once('.').unwrap().1;
    let kept = stage.database.dump(harness::EVERYTHING).await;
    assert!(proof.len() >= 40 && kept.contains(&link.to_string()) && !kept.contains(proof));
    let app = &stage.app;
    let spent = |error: FlowError| assert!(matches!(error, FlowError::LinkSpent), "{error:?}");
    spent(look_link(app, &first, LinkPurpose::Reset).await.unwrap_err());
    spent(look_link(app, &second, LinkPurpose::Join).await.unwrap_err());
    let mistyped = second.replace(proof, &first[first.len() - proof.len()..]);
    for forged in [mistyped.as_str(), "", ".", &link.to_string(), &format!("{link}.{}", "A".repeat(43))] {
        spent(look_link(app, forged, LinkPurpose::Reset).await.unwrap_err());
    }
    assert_eq!(look_link(app, &second, LinkPurpose::Reset).await.unwrap().user_id, Some(user_id(&stage).await));
    let tx = app.store.begin().await.unwrap();
    assert_eq!(take_link(app, &tx, &second, LinkPurpose::Reset).await.unwrap().id, link);
    tx.commit().await.unwrap();
    let tx = app.store.begin().await.unwrap();
    spent(take_link(app, &tx, &second, LinkPurpose::Reset).await.unwrap_err());
    drop(tx);
    reset(&stage, 60).await;
    stage.work().await;
    let third = token(&stage.mailbox.letters_to(RAHIM)[2]);
    stage.wait(59);
    assert!(look_link(app, &third, LinkPurpose::Reset).await.is_ok());
    stage.wait(1);
    spent(look_link(app, &third, LinkPurpose::Reset).await.unwrap_err());
}

// Harm prevented: a link that leads nowhere is sent after an outage, or somebody who has left is told what goes on.
async fn a_letter_that_has_become_pointless_is_not_sent(stage: Arc<Stage>) {
    stage.operator().await;
    let owner = stage.owner().await;
    stage.mailbox.set_fault(Some(Fault::Later));
    reset(&stage, 60).await;
    stage.expired_panel(owner, "rahim").await;
    stage
        .database
        .meddle("UPDATE users SET account_id = NULL, role = 'operator' WHERE email = 'rahim@example.com'")
        .await;
    stage.mailbox.set_fault(None);
    stage.wait(3_600);
    stage.work().await;
    assert_eq!(subjects(&stage.mailbox.letters()), Vec::<&str>::new());
    assert_eq!(alerts(&stage, "letter_given_up").await.len(), 0, "that is nobody's trouble");
}

// Harm prevented: whoever has paid in the evening is asked in the morning to pay, and pays twice.
async fn nobody_who_has_paid_is_asked_to_pay(stage: Arc<Stage>) {
    stage.operator().await;
    let owner = stage.owner().await;
    choose(owner, |choices| choices["quiet"] = json!({ "from_hour": 11, "to_hour": 17 })).await;
    let paid = stage.expired_panel(owner, "paid").await;
    let closed = stage.expired_panel(owner, "closed").await;
    let plan = Terms { early_renewal_percent: 100, queued_cycles_max: 1, ..terms() };
    let ahead = stage.active_panel(owner, "ahead", plan).await;
    stage.pass_hours(8).await;
    let written = stage.letters_to(RAHIM).await.len();
    assert!(written >= 3, "two ends and a reminder, at least: {written}");
    stage.pay(owner, &paid, "paid-again").await;
    stage.pay(owner, &ahead, "paid-ahead").await;
    assert_eq!(owner.status(&ahead).await["billing"]["queued_cycles"], 1);
    assert_eq!(stage.mailbox.letters().len(), 0, "these are quiet hours");
    stage.wait(6 * 3_600);
    stage.work().await;
    let letters = stage.mailbox.letters_to(RAHIM);
    let asked = |panel: &harness::Panel| {
        let pay = format!("/panels/{}/pay", panel.id);
        letters.iter().filter(|letter| letter.text.contains(&pay)).count()
    };
    assert_eq!((asked(&paid), asked(&ahead)), (0, 0), "{:?}", subjects(&letters));
    assert!(asked(&closed) > 0, "{:?}", subjects(&letters));
    assert_eq!(alerts(&stage, "letter_given_up").await.len(), 0, "that is nobody's trouble");
}

// Harm prevented: somebody waits for the link to a new password while a thousand reminders leave.
async fn what_somebody_waits_for_leaves_before_all_notices(stage: Arc<Stage>) {
    stage.owner().await;
    let app = &stage.app;
    let id = user_id(&stage).await;
    let tx = app.store.begin().await.unwrap();
    let user = tx.user(id).await.unwrap().unwrap();
    for _ in 0..20 {
        let letter = Letter::Notice {
            kind: NoticeKind::Expired,
            value: None,
            tenant_id: TenantId::new(app.ids.uuid()),
            panel_name: "Nobody's".to_owned(),
            at: beginning(),
            until: None,
        };
        write(app, &tx, &Reader::from(&user), letter, None).await.unwrap();
    }
    tx.commit().await.unwrap();
    let link = reset(&stage, 3_600).await;
    let taken = due_letters(app, 2).await.unwrap();
    let first: Vec<Option<LinkId>> = taken.iter().map(|letter| letter.link_id).collect();
    assert_eq!(first, [Some(link), None]);
    stage.work().await;
    assert_eq!(subjects(&stage.mailbox.letters()), Vec::<&str>::new(), "of a panel that is not there nothing is said");
    // Whoever took the first of them has died.
    stage.wait(600);
    stage.work().await;
    let letters = stage.mailbox.letters_to(RAHIM);
    assert_eq!(letters.len(), 1, "{:?}", subjects(&letters));
    token(&letters[0]);
}

// Harm prevented: letters pile up where none can leave, and all of them do on the day on which a mail server is set.
async fn without_a_mail_server_no_letter_is_written(stage: Arc<Stage>) {
    stage.owner().await;
    let app = stage.without_post().await;
    assert!(matches!(needs_post(&app), Err(FlowError::NoPost)));
    assert!(needs_post(&stage.app).is_ok());
    let id = user_id(&stage).await;
    let tx = app.store.begin().await.unwrap();
    let user = tx.user(id).await.unwrap().unwrap();
    write(&app, &tx, &Reader::from(&user), Letter::PasswordChanged, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(stage.database.count("letters", "1 = 1").await, 0);
}
