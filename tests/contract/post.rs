//! What everybody who brings letters must do with them.

use hourglass::port::post::{Mail, Post, PostError};
use serde_json::Value;
use shared::ids::LetterId;
use shared::time::Timestamp;
use uuid::Uuid;

/// What goes wrong at the mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    Nothing,
    RefuseAddress,
    RefuseLetter,
    RefuseSender,
    RefuseRelay,
    Later,
    DropAfterData,
}

/// A mail server of its own for one test.
pub(crate) trait World: Sized {
    type Post: Post;

    /// A fresh one, with no letter in it.
    async fn new() -> Self;
    /// The adapter.
    fn post(&self) -> &Self::Post;
    /// An adapter for a server that is not there.
    fn absent(&self) -> Self::Post;
    /// An adapter for a server that takes lines and says nothing.
    fn silent(&self) -> Self::Post;
    /// From now on this goes wrong with every letter.
    async fn goes_wrong(&mut self, how: Wrong);
    /// Every letter that was taken, oldest first: `to`, `subject`, `text`, `html`, `message_id`, `date`.
    async fn letters(&mut self) -> Vec<Value>;
}

pub(crate) fn mail(number: u128) -> Mail {
    Mail {
        id: LetterId::new(Uuid::from_u128(number)),
        at: Timestamp::from_unix(1_767_592_800),
        to: "rahim@example.com".to_owned(),
        subject: "Shop: ৭ দিন বাকি".to_owned(),
        // A line of one dot ends a letter on the wire, and long lines are broken there.
        text: format!(".\n..\nFrom here: ৳\u{a0}১,২৫,০০০.০০ = <b>\n{}\n", "দীর্ঘ ".repeat(400)),
        html: format!("<!doctype html><p>{}</p>\n", "৳&nbsp;১ ".repeat(400)),
        language: "bn",
    }
}

async fn refused<W: World>(world: &W, mail: &Mail) {
    let sent = world.post().send(mail).await;
    assert!(matches!(sent, Err(PostError::Refused(_))), "{sent:?}");
}

async fn unknown(post: &impl Post) {
    let sent = post.send(&mail(1)).await;
    assert!(matches!(sent, Err(PostError::Unknown(_))), "{sent:?}");
}

// Harm prevented: a reader gets half a letter, question marks, or somebody else's.
pub(crate) async fn a_letter_arrives_as_it_was_written<W: World>() {
    let mut world = W::new().await;
    let mail = mail(1);
    world.post().send(&mail).await.unwrap();
    let letters = world.letters().await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    let letter = &letters[0];
    assert_eq!(letter["to"], serde_json::json!(["rahim@example.com"]));
    assert_eq!(letter["subject"], mail.subject.as_str());
    assert_eq!(letter["text"].as_str().map(str::trim_end), Some(mail.text.trim_end()));
    assert_eq!(letter["html"].as_str().map(str::trim_end), Some(mail.html.trim_end()));
    assert_eq!(letter["date"], "Mon, 05 Jan 2026 06:00:00 +0000");
}

// Harm prevented: a letter whose answer was lost stands twice in a mailbox, as two.
pub(crate) async fn a_letter_that_is_sent_again_has_the_same_name<W: World>() {
    let mut world = W::new().await;
    for number in [1, 1, 2] {
        world.post().send(&mail(number)).await.unwrap();
    }
    let letters = world.letters().await;
    let name = |at: usize| letters[at]["message_id"].as_str().unwrap().to_owned();
    assert_eq!(name(0), name(1));
    assert_ne!(name(1), name(2));
    assert!(name(0).contains(&mail(1).id.to_string()), "{}", name(0));
}

// Harm prevented: letters to an address that was mistyped are tried for ever.
pub(crate) async fn an_address_that_takes_nothing_is_refused<W: World>() {
    let mut world = W::new().await;
    world.goes_wrong(Wrong::RefuseAddress).await;
    refused(&world, &mail(1)).await;
    assert!(world.letters().await.is_empty());
}

// Harm prevented: as before, of a letter that nobody takes.
pub(crate) async fn a_letter_that_is_not_wanted_is_refused<W: World>() {
    let mut world = W::new().await;
    world.goes_wrong(Wrong::RefuseLetter).await;
    refused(&world, &mail(1)).await;
    world.goes_wrong(Wrong::Nothing).await;
    world.post().send(&mail(2)).await.unwrap();
}

// Harm prevented: what somebody typed as an address speaks to the mail server.
pub(crate) async fn what_is_no_address_is_refused<W: World>() {
    let mut world = W::new().await;
    for to in [
        "",
        "rahim",
        "rahim@example.com>\r\nRCPT TO:<all@example.com",
        "a b@example.com",
        "a@example.com, b@example.com",
    ] {
        refused(&world, &Mail { to: to.to_owned(), ..mail(1) }).await;
    }
    assert!(world.letters().await.is_empty());
}

// Harm prevented: a letter is given up because the reader's mailbox was full for an hour.
pub(crate) async fn an_address_that_takes_nothing_yet_is_unknown<W: World>() {
    let mut world = W::new().await;
    world.goes_wrong(Wrong::Later).await;
    unknown(world.post()).await;
}

// Harm prevented: the operator's server is set up wrongly for an hour, and every letter of that hour is lost.
pub(crate) async fn a_sender_who_is_not_let_in_is_unknown<W: World>() {
    let mut world = W::new().await;
    world.goes_wrong(Wrong::RefuseSender).await;
    unknown(world.post()).await;
}

// Harm prevented: as before, where the server says it only once it hears who is written to.
pub(crate) async fn a_sender_who_may_write_to_nobody_is_unknown<W: World>() {
    let mut world = W::new().await;
    world.goes_wrong(Wrong::RefuseRelay).await;
    unknown(world.post()).await;
    assert!(world.letters().await.is_empty());
    world.goes_wrong(Wrong::Nothing).await;
    world.post().send(&mail(1)).await.unwrap();
}

// Harm prevented: a letter that may not have been taken is noted as sent.
pub(crate) async fn a_line_that_breaks_after_the_letter_is_unknown<W: World>() {
    let mut world = W::new().await;
    world.goes_wrong(Wrong::DropAfterData).await;
    unknown(world.post()).await;
    assert_eq!(world.letters().await.len(), 1);
}

// Harm prevented: letters are lost while the mail server is restarted.
pub(crate) async fn an_absent_server_is_unknown<W: World>() {
    unknown(&W::new().await.absent()).await;
}

// Harm prevented: a worker waits for ever, and no letter leaves any more.
pub(crate) async fn a_silent_server_is_unknown<W: World>() {
    unknown(&W::new().await.silent()).await;
}
