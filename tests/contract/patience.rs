//! How often the SSLCommerz adapter asks, and when it stops asking: a gateway that is unwell for a moment costs nobody a
//! payment, and one that is down costs nobody a minute.

use std::sync::Arc;
use std::time::Duration;

use hourglass::adapter::sslcommerz::SslCommerz;
use hourglass::metrics::{CallOutcome, GatewayCalls, Metrics, Operation};
use hourglass::port::gateway::{Gateway as _, OpenError, RefundAnswer, RefundProgress};

use futures_util::FutureExt as _;

use crate::gateway::{SECRET, every_answer, refund, session};
use crate::pace::QuickPace;
use crate::peer::{Peer, Reply};
use crate::sslcommerz::config;

const PAID: Reply = Reply::Json(r#"{"APIConnect":"DONE","status":"VALID","tran_id":"T1","val_id":"V1"}"#);
const NONE: Reply = Reply::Json(r#"{"APIConnect":"DONE","status":"INVALID_TRANSACTION"}"#);
const SENT: Reply = Reply::Json(r#"{"APIConnect":"DONE","status":"success","bank_tran_id":"B1","refund_ref_id":"F1"}"#);
const DOWN: Reply = Reply::Status(500);
/// What the breaker allows, as documented beside its defaults.
const CALLS_TO_OPEN: usize = 5;
const TRIES: usize = 3;

struct Caller {
    gateway: SslCommerz,
    peer: Peer,
    pace: Arc<QuickPace>,
    metrics: Metrics,
}

impl Caller {
    fn of(replies: impl IntoIterator<Item = Reply, IntoIter: Send + 'static>) -> Self {
        let (peer, pace, metrics) = (Peer::answers(replies), Arc::new(QuickPace::default()), Metrics::default());
        let gateway = SslCommerz::new(config(peer.url()), pace.clone(), &metrics).unwrap();
        Self { gateway, peer, pace, metrics }
    }

    fn calls(&self) -> GatewayCalls {
        self.metrics.of_gateway("sslcommerz")
    }

    fn times_asked(&self) -> usize {
        self.peer.asked().len()
    }
}

// Harm prevented: a gateway that stumbles for a moment leaves a paid order waiting for the sweeper.
#[tokio::test]
async fn what_may_pass_is_asked_again() {
    for stumble in [DOWN, Reply::Status(503), Reply::Page, Reply::HangUp, Reply::Json("{\"APIConnect\":\"DO")] {
        let caller = Caller::of([stumble, stumble, PAID]);
        assert!(caller.gateway.validate("V1").await.unwrap().is_some(), "{stumble:?}");
        assert_eq!((caller.times_asked(), caller.pace.pauses().len()), (3, 2), "{stumble:?}");
        assert_eq!(caller.calls().retries(Operation::Validate), 2);
        assert_eq!(caller.calls().count(Operation::Validate, CallOutcome::Ok), 1);
    }
}

// Harm prevented: each of a thousand payers asks a struggling gateway without end.
#[tokio::test]
async fn nothing_is_asked_more_than_three_times() {
    let caller = Caller::of([DOWN, DOWN, DOWN, PAID]);
    assert!(caller.gateway.validate("V1").await.is_err());
    assert_eq!(caller.times_asked(), 3);
    assert_eq!(caller.calls().count(Operation::Validate, CallOutcome::Unknown), 1);
}

// Harm prevented: a plain answer is asked for again until it changes.
#[tokio::test]
async fn what_is_readable_or_lasts_is_not_asked_again() {
    for answer in [
        NONE,
        Reply::Json(r#"{"APIConnect":"FAILED","status":"INVALID_TRANSACTION"}"#),
        Reply::Json(r#"{"APIConnect":"INACTIVE"}"#),
        Reply::Json("{}"),
        Reply::Status(302),
        Reply::Status(404),
    ] {
        let caller = Caller::of([answer, PAID]);
        let told = caller.gateway.validate("V1").await;
        assert!(!matches!(told, Ok(Some(_))), "{answer:?}: {told:?}");
        assert_eq!(caller.times_asked(), 1, "{answer:?}");
    }
}

// Harm prevented: a lost answer opens a second session under one name, or is taken for a refusal of the first.
#[tokio::test]
async fn a_session_is_opened_with_one_question() {
    for lost in [DOWN, Reply::Page, Reply::HangUp] {
        let caller = Caller::of([lost, PAID]);
        let told = caller.gateway.open_session(&session("T1")).await;
        assert!(matches!(told, Err(OpenError::Unknown(_))), "{told:?}");
        assert_eq!((caller.times_asked(), caller.pace.pauses()), (1, vec![]));
    }
}

// Harm prevented: a refund is repeated under another name or for another amount, and the money goes twice.
#[tokio::test]
async fn a_refund_is_repeated_word_for_word() {
    let caller = Caller::of([DOWN, Reply::HangUp, SENT]);
    let told = caller.gateway.refund(&refund("R1", "B1", 12_345)).await;
    assert_eq!(told, Ok(RefundAnswer::Accepted { refund_ref_id: "F1".into() }));
    let asked = caller.peer.asked();
    assert!(asked.len() == 3 && asked.windows(2).all(|pair| pair[0] == pair[1]), "{asked:?}");
    for field in ["refund_trans_id=R1&", "bank_tran_id=B1&", "refund_amount=123.45&", "v=1&", "format=json "] {
        assert!(asked[0].contains(field), "{field}");
    }
}

// Harm prevented: while the gateway is down, every page waits its whole patience before it says so.
#[tokio::test]
async fn a_silent_gateway_is_left_alone_and_asked_by_one_first() {
    let caller = Caller::of([DOWN; 1 + (CALLS_TO_OPEN - 1) * TRIES].into_iter().chain([NONE, NONE]));
    // Opening a session counts like everything else, though it is tried once.
    assert!(caller.gateway.open_session(&session("T1")).await.is_err());
    for _ in 1..CALLS_TO_OPEN {
        assert!(caller.gateway.validate("V1").await.is_err());
    }
    let asked = caller.times_asked();
    let told = every_answer(&caller.gateway).await;
    assert!(told.iter().all(|told| told.contains("asked again in 15 s")), "{told:?}");
    assert_eq!(caller.times_asked(), asked);
    assert_eq!(caller.calls().count(Operation::Refund, CallOutcome::ShortCircuited), 1);
    assert_eq!(caller.calls().count(Operation::OpenSession, CallOutcome::ShortCircuited), 1);
    caller.pace.passes(Duration::from_secs(15));
    assert_eq!(caller.gateway.validate("V1").await, Ok(None));
    assert_eq!(caller.gateway.validate("V1").await, Ok(None));
    assert_eq!(caller.times_asked(), asked + 2);
}

// Harm prevented: a gateway that is still down after a quarter of a minute is asked by everybody at once.
#[tokio::test]
async fn a_probe_that_finds_silence_prolongs_it() {
    let caller = Caller::of([DOWN; (CALLS_TO_OPEN + 1) * TRIES]);
    for _ in 0..CALLS_TO_OPEN {
        assert!(caller.gateway.query("T1").await.is_err());
    }
    caller.pace.passes(Duration::from_secs(15));
    assert!(caller.gateway.query("T1").await.is_err());
    let told = caller.gateway.query_session("S1").await.unwrap_err();
    assert!(told.to_string().contains("asked again in 30 s"), "{told}");
    assert_eq!(caller.times_asked(), (CALLS_TO_OPEN + 1) * TRIES);
}

// Harm prevented: the one who asks first closes the browser, or asks nothing after all, and nobody else may ask.
#[tokio::test]
async fn a_probe_that_is_given_up_makes_room_for_another() {
    let caller = Caller::of([DOWN; CALLS_TO_OPEN * TRIES].into_iter().chain([NONE]));
    for _ in 0..CALLS_TO_OPEN {
        assert!(caller.gateway.query("T1").await.is_err());
    }
    caller.pace.passes(Duration::from_secs(15));
    assert!(caller.gateway.refund_progress("").await.is_err());
    drop(caller.gateway.validate("V1").now_or_never());
    assert_eq!(caller.gateway.validate("V1").await, Ok(None));
}

// Harm prevented: a gateway that answers, though not as we like, is taken for one that is down, and payments stop.
#[tokio::test]
async fn a_gateway_that_refuses_is_not_silent() {
    let refusals = [
        Reply::Json(r#"{"APIConnect":"FAILED"}"#),
        Reply::Json(r#"{"APIConnect":"DONE","status":"failed","errorReason":"No"}"#),
        Reply::Json(r#"{"status":"FAILED","failedreason":"No"}"#),
    ];
    let caller = Caller::of(refusals.repeat(CALLS_TO_OPEN));
    for _ in 0..CALLS_TO_OPEN {
        assert!(caller.gateway.validate("V1").await.is_err());
        assert_eq!(caller.gateway.refund(&refund("R1", "B1", 100)).await, Ok(RefundAnswer::Refused("No".into())));
        let told = caller.gateway.open_session(&session("T1")).await;
        assert_eq!(told, Err(OpenError::Refused("No".into())));
    }
    assert_eq!(caller.times_asked(), 3 * CALLS_TO_OPEN);
    assert_eq!(caller.calls().count(Operation::Refund, CallOutcome::Refused), 5);
    assert_eq!(caller.calls().count(Operation::OpenSession, CallOutcome::Refused), 5);
}

// Harm prevented: whoever may read the numbers also reads who paid, or the store's password.
#[tokio::test]
async fn the_numbers_name_nobody() {
    let answers = [SENT, Reply::Json(r#"{"APIConnect":"DONE","status":"refunded","refund_ref_id":"F1"}"#)];
    let caller = Caller::of(answers.into_iter().chain([DOWN; 20]));
    assert!(caller.gateway.refund(&refund("R1", "B1", 100)).await.is_ok());
    assert_eq!(caller.gateway.refund_progress("F1").await, Ok(RefundProgress::Refunded));
    every_answer(&caller.gateway).await;
    let page = caller.metrics.render();
    assert!(page.contains(r#"operation="query_session",outcome="unknown"} 1"#), "{page}");
    for secret in [SECRET, "unspeakable", "testbox", "127.0.0.1", "http", "T1", "R1", "B1", "F1", "example.com"] {
        assert!(!page.contains(secret), "{secret}\n{page}");
    }
}
