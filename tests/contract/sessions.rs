//! What every payment gateway adapter must say when it is asked about one session.

use hourglass::port::gateway::{Gateway as _, OpenedSession};
use shared::billing::settlement::{Outcome, Verdict};

use crate::gateway::{Misfortune, Payer, SPOILT, World, opened, session, verdict};

async fn open<W: World>() -> (W, OpenedSession) {
    let world = W::new();
    let session = opened(&world, "T1").await;
    (world, session)
}

// Harm prevented: a payer who is still choosing reads as one who was declined, and loses the page.
pub(crate) async fn an_untouched_session_is_pending<W: World>() {
    let (world, session) = open::<W>().await;
    let record = world.gateway().query_session(&session.session_key).await.unwrap().unwrap();
    assert_eq!((record.tran_id.as_str(), verdict("T1", &record)), ("T1", Verdict::Pending));
}

// Harm prevented: two ways of asking about one payment give two books.
pub(crate) async fn a_session_tells_every_ending_as_the_payment_does<W: World>() {
    for (does, outcome) in [
        (Payer::Pays, Outcome::Paid),
        (Payer::IsDeclined, Outcome::Failed),
        (Payer::TurnsBack, Outcome::Cancelled),
        (Payer::LeavesWithoutChoosing, Outcome::Expired),
        (Payer::LetsItExpire, Outcome::Expired),
    ] {
        let (world, session) = open::<W>().await;
        world.payer("T1", does).await;
        let record = world.gateway().query_session(&session.session_key).await.unwrap().unwrap();
        assert_eq!(record.outcome, outcome, "{does:?}");
        assert_eq!(world.gateway().query("T1").await.unwrap(), [record], "{does:?}");
    }
}

// Harm prevented: a payer whose second card was taken is told that the first one was not.
pub(crate) async fn a_session_tells_its_latest_attempt<W: World>() {
    let (world, session) = open::<W>().await;
    world.payer("T1", Payer::IsDeclined).await;
    world.payer("T1", Payer::Pays).await;
    let record = world.gateway().query_session(&session.session_key).await.unwrap().unwrap();
    assert_eq!(verdict("T1", &record), Verdict::Settle);
    assert_eq!(world.gateway().validate(record.val_id.as_deref().unwrap()).await.unwrap(), Some(record));
}

// Harm prevented: an invented session is waited for.
pub(crate) async fn a_session_that_the_gateway_does_not_know_is_none<W: World>() {
    let (world, session) = open::<W>().await;
    let shortened = &session.session_key[1..];
    for key in ["invented & v=1", shortened] {
        assert_eq!(world.gateway().query_session(key).await, Ok(None), "{key}");
    }
    // Not a question at all: nothing was said about any session.
    assert!(world.gateway().query_session("").await.is_err());
}

// Harm prevented: a paid session reads as one that never was, and its payer is asked to pay again.
pub(crate) async fn a_spoilt_answer_says_nothing_about_a_session<W: World>() {
    let (world, session) = open::<W>().await;
    world.payer("T1", Payer::Pays).await;
    let all = [Misfortune::Silence, Misfortune::CredentialsRefused, Misfortune::StoreInactive];
    for misfortune in SPOILT.into_iter().chain(all) {
        world.suffers(Some(misfortune));
        assert!(world.gateway().query_session(&session.session_key).await.is_err(), "{misfortune:?}");
    }
    world.suffers(None);
    assert!(world.gateway().query_session(&session.session_key).await.unwrap().is_some());
    assert!(W::absent().query_session(&session.session_key).await.is_err());
}

// Harm prevented: somebody asks about one session and is told of another, of the same shop and the same amount.
pub(crate) async fn a_session_has_a_name_of_its_own<W: World>() {
    let (world, opened) = open::<W>().await;
    let other = world.gateway().open_session(&session("T2")).await.unwrap();
    assert_ne!(opened.session_key, other.session_key);
    assert_eq!(world.gateway().query_session("T1").await, Ok(None));
    assert_eq!(world.gateway().query_session(&other.session_key).await.unwrap().unwrap().tran_id, "T2");
}
