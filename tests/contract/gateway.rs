//! What every payment gateway adapter must do, whatever gateway it talks to.

use async_trait::async_trait;
use hourglass::port::gateway::{ClaimError, Gateway, NewRefund, NewSession, OpenError, OpenedSession};
use shared::billing::settlement::{Difference, Expected, GatewayRecord, Outcome, Verdict, judge};
use shared::money::{Currency, Money};

/// What a payer can do on the gateway's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payer {
    Pays,
    IsDeclined,
    TurnsBack,
    LeavesWithoutChoosing,
    LetsItExpire,
}

/// What can go wrong at the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfortune {
    ServerError,
    MaintenancePage,
    HalfAnAnswer,
    Redirect,
    HangsUp,
    /// No answer for longer than the adapter waits.
    Silence,
    CredentialsRefused,
    StoreInactive,
    /// The next charge is of another amount than the one ordered.
    ChargesOther,
    /// The next charge was asked for in another currency.
    AsksOtherCurrency,
    /// The next charge is risky.
    Risky,
}

/// How a refund can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefundEnds {
    WithTheMoneySent,
    WithoutIt,
}

/// Misfortunes that leave no readable answer.
pub(crate) const SPOILT: [Misfortune; 5] = [
    Misfortune::ServerError,
    Misfortune::MaintenancePage,
    Misfortune::HalfAnAnswer,
    Misfortune::Redirect,
    Misfortune::HangsUp,
];

/// The texts that no error may show.
pub(crate) const SECRET: &str = "unspeakable@ssl";

/// A gateway of its own for one test, together with its payers.
#[async_trait]
pub(crate) trait World: Sized + Send + Sync {
    type Gateway: Gateway;

    /// A fresh gateway, and an adapter for it.
    fn new() -> Self;
    /// The adapter.
    fn gateway(&self) -> &Self::Gateway;
    /// An adapter for an address at which nothing listens.
    fn absent() -> Self::Gateway;
    /// The payer acts on the latest page; gives what the payer's browser posts to the return address.
    async fn payer(&self, tran_id: &str, does: Payer) -> Vec<(String, String)>;
    /// From now on this goes wrong; nothing if `None`.
    fn suffers(&self, misfortune: Option<Misfortune>);
    /// A refund that is under way ends.
    fn refund_ends(&self, refund_ref_id: &str, how: RefundEnds);
    /// What the gateway itself holds to have sent back or to be sending, refund by refund.
    fn sent_back(&self) -> Vec<Money>;
}

/// The amount of every order here.
pub(crate) const PRICE: Money = Money::new(250_000, Currency::Bdt);

pub(crate) fn session(tran_id: &str) -> NewSession {
    NewSession {
        tran_id: tran_id.into(),
        amount: PRICE,
        product_name: "Panel acme, 30 days & 360 h".into(),
        customer_name: "রহিমা বেগম".into(),
        customer_email: "rahima@example.com".into(),
        return_url: "http://shop.example/payments/return?order=1&lang=bn".into(),
        notice_url: "http://127.0.0.1:9/notice".into(),
    }
}

pub(crate) fn refund(refund_name: &str, bank_tran_id: &str, minor: i64) -> NewRefund {
    NewRefund {
        refund_name: refund_name.into(),
        bank_tran_id: bank_tran_id.into(),
        amount: Money::new(minor, Currency::Bdt),
        reason: "Paid twice & ফেরত".into(),
    }
}

pub(crate) async fn opened<W: World>(world: &W, tran_id: &str) -> OpenedSession {
    world.gateway().open_session(&session(tran_id)).await.unwrap()
}

/// A world in which one payment was made, and the gateway's name for the charge.
pub(crate) async fn paid<W: World>(tran_id: &str, misfortune: Option<Misfortune>) -> (W, String) {
    let world = W::new();
    opened(&world, tran_id).await;
    world.suffers(misfortune);
    let notice = world.payer(tran_id, Payer::Pays).await;
    world.suffers(None);
    let val_id = world.gateway().read_notice(&notice).unwrap().val_id.unwrap();
    (world, val_id)
}

pub(crate) fn verdict(tran_id: &str, record: &GatewayRecord) -> Verdict {
    judge(&Expected { tran_id: tran_id.into(), amount: PRICE }, record)
}

// Harm prevented: a payer is sent to a page that is not there.
pub(crate) async fn a_session_opens_on_a_page_of_the_gateway<W: World>() {
    let world = W::new();
    let session = opened(&world, "T1").await;
    assert!(!session.session_key.is_empty());
    let page = reqwest::get(&session.page_url).await.unwrap();
    assert!(page.status().is_success());
    assert!(page.text().await.unwrap().contains("2,500.00"));
}

// Harm prevented: a plain refusal is retried for ever, or one name gets two pages.
pub(crate) async fn a_used_name_is_refused_and_a_refusal_is_not_unknown<W: World>() {
    let world = W::new();
    opened(&world, "T1").await;
    let again = world.gateway().open_session(&session("T1")).await;
    assert!(matches!(again, Err(OpenError::Refused(_))), "{again:?}");
}

// Harm prevented: the second validation, by the returning browser after the notice, reads as unpaid.
pub(crate) async fn a_charge_is_confirmed_twice_alike<W: World>() {
    let (world, val_id) = paid::<W>("T1", None).await;
    let first = world.gateway().validate(&val_id).await.unwrap().unwrap();
    assert_eq!(verdict("T1", &first), Verdict::Settle);
    assert_eq!(first.val_id.as_deref(), Some(val_id.as_str()));
    assert!(first.bank_tran_id.is_some() && first.method.is_some());
    assert_eq!(world.gateway().validate(&val_id).await.unwrap(), Some(first.clone()));
    assert_eq!(world.gateway().query("T1").await.unwrap(), [first]);
}

// Harm prevented: an invented charge is waited for, or booked.
pub(crate) async fn a_name_that_the_gateway_does_not_know_is_none<W: World>() {
    let world = W::new();
    assert_eq!(world.gateway().validate("invented & v=1").await, Ok(None));
    assert_eq!(world.gateway().query("invented").await, Ok(vec![]));
}

// Harm prevented: after a wrong password is configured, every paid order reads as unpaid and is given up.
pub(crate) async fn wrong_credentials_say_nothing_about_a_payment<W: World>() {
    let (world, val_id) = paid::<W>("T1", None).await;
    for misfortune in [Misfortune::CredentialsRefused, Misfortune::StoreInactive] {
        world.suffers(Some(misfortune));
        assert!(world.gateway().validate(&val_id).await.is_err(), "{misfortune:?}");
        assert!(world.gateway().query("T1").await.is_err(), "{misfortune:?}");
    }
}

// Harm prevented: an HTML page, half of an answer or a redirect is read as "not paid"; a password follows a redirect.
pub(crate) async fn a_spoilt_answer_says_nothing_about_a_payment<W: World>() {
    let (world, val_id) = paid::<W>("T1", None).await;
    for misfortune in SPOILT {
        world.suffers(Some(misfortune));
        assert!(world.gateway().validate(&val_id).await.is_err(), "{misfortune:?}");
        assert!(world.gateway().query("T1").await.is_err(), "{misfortune:?}");
        let session = world.gateway().open_session(&session(&format!("{misfortune:?}"))).await;
        assert!(matches!(session, Err(OpenError::Unknown(_))), "{misfortune:?}: {session:?}");
    }
    world.suffers(None);
    assert!(world.gateway().validate(&val_id).await.unwrap().is_some());
}

// Harm prevented: a gateway that takes too long holds up everything, or reads as "not paid".
pub(crate) async fn a_silent_gateway_is_unknown<W: World>() {
    let (world, val_id) = paid::<W>("T1", None).await;
    world.suffers(Some(Misfortune::Silence));
    assert!(world.gateway().validate(&val_id).await.is_err());
    assert!(world.gateway().query("T1").await.is_err());
    assert!(matches!(world.gateway().open_session(&session("T2")).await, Err(OpenError::Unknown(_))));
}

// Harm prevented: a network failure reads as "not paid".
pub(crate) async fn an_absent_gateway_is_unknown<W: World>() {
    let gateway = W::absent();
    assert!(gateway.validate("V1").await.is_err());
    assert!(gateway.query("T1").await.is_err());
    assert!(matches!(gateway.open_session(&session("T1")).await, Err(OpenError::Unknown(_))));
}

// Harm prevented: a payer who is still choosing finds the order given up.
pub(crate) async fn an_open_page_is_pending<W: World>() {
    let world = W::new();
    opened(&world, "T1").await;
    let attempts = world.gateway().query("T1").await.unwrap();
    assert!(attempts.iter().all(|record| verdict("T1", record) == Verdict::Pending), "{attempts:?}");
}

// Harm prevented: a declined card hides the payment that followed it.
pub(crate) async fn every_attempt_is_listed_oldest_first<W: World>() {
    let world = W::new();
    opened(&world, "T1").await;
    world.payer("T1", Payer::IsDeclined).await;
    world.payer("T1", Payer::IsDeclined).await;
    world.payer("T1", Payer::Pays).await;
    let attempts = world.gateway().query("T1").await.unwrap();
    let outcomes: Vec<Outcome> = attempts.iter().map(|record| record.outcome).collect();
    assert_eq!(outcomes, [Outcome::Failed, Outcome::Failed, Outcome::Paid]);
    assert_eq!(attempts.first().and_then(|record| record.val_id.clone()), None);
}

// Harm prevented: a payer who turned back is told that the bank declined, or that the panel was paid.
pub(crate) async fn every_ending_is_told_apart<W: World>() {
    for (does, outcome) in [
        (Payer::Pays, Outcome::Paid),
        (Payer::IsDeclined, Outcome::Failed),
        (Payer::TurnsBack, Outcome::Cancelled),
        (Payer::LeavesWithoutChoosing, Outcome::Expired),
        (Payer::LetsItExpire, Outcome::Expired),
    ] {
        let world = W::new();
        opened(&world, "T1").await;
        world.payer("T1", does).await;
        let attempts = world.gateway().query("T1").await.unwrap();
        assert_eq!(attempts.iter().map(|record| record.outcome).collect::<Vec<_>>(), [outcome], "{does:?}");
    }
}

// Harm prevented: a session that was opened for another amount or a cheaper currency settles the order.
pub(crate) async fn the_record_says_what_was_charged_not_what_was_ordered<W: World>() {
    for (misfortune, difference) in
        [(Misfortune::ChargesOther, Difference::Amount), (Misfortune::AsksOtherCurrency, Difference::Currency)]
    {
        let (world, val_id) = paid::<W>("T1", Some(misfortune)).await;
        let record = world.gateway().validate(&val_id).await.unwrap().unwrap();
        assert_eq!(verdict("T1", &record), Verdict::Mismatch(difference), "{record:?}");
        assert_eq!(verdict("T2", &record), Verdict::Mismatch(Difference::Payment));
    }
}

// Harm prevented: a charge that the gateway warns of is delivered at once.
pub(crate) async fn a_risky_charge_is_marked<W: World>() {
    let (world, val_id) = paid::<W>("T1", Some(Misfortune::Risky)).await;
    let record = world.gateway().validate(&val_id).await.unwrap().unwrap();
    assert_eq!(verdict("T1", &record), Verdict::Hold);
}

// Harm prevented: a genuine notice is turned away, so that panels come back only when the sweeper asks.
pub(crate) async fn every_notice_is_readable_and_agrees_with_the_record<W: World>() {
    for does in [Payer::Pays, Payer::IsDeclined, Payer::TurnsBack, Payer::LeavesWithoutChoosing, Payer::LetsItExpire] {
        let world = W::new();
        opened(&world, "T1").await;
        let notice = world.payer("T1", does).await;
        let claim = world.gateway().read_notice(&notice).unwrap();
        assert_eq!(claim.tran_id, "T1");
        let attempts = world.gateway().query("T1").await.unwrap();
        assert_eq!(attempts.last().and_then(|record| record.val_id.clone()), claim.val_id, "{does:?}");
    }
}

// Harm prevented: an old notice is posted again under another order, with a field changed, doubled or left out.
pub(crate) async fn a_notice_that_was_touched_is_refused<W: World>() {
    let world = W::new();
    opened(&world, "T1").await;
    let notice = world.payer("T1", Payer::Pays).await;
    let gateway = world.gateway();
    assert!(gateway.read_notice(&notice).is_ok());
    let filled = notice.iter().enumerate().filter(|(_, (_, value))| !value.is_empty());
    // The weaker of two signatures may differ: the stronger one decides.
    for (at, (name, value)) in filled.filter(|(_, (name, _))| name != "verify_sign") {
        let mut changed = notice.clone();
        changed[at].1 = format!("{value} ");
        assert!(gateway.read_notice(&changed).is_err(), "{name} with a space added");
        let mut doubled = notice.clone();
        doubled.push((name.clone(), value.clone()));
        assert!(gateway.read_notice(&doubled).is_err(), "{name} given twice");
    }
    assert!(matches!(gateway.read_notice(&[]), Err(ClaimError::Field(_))));
}

// Harm prevented: the store's password is found in a log, since it is part of every address that is asked.
pub(crate) async fn an_error_holds_no_secret<W: World>() {
    let world = W::new();
    let all = [SPOILT.as_slice(), &[Misfortune::Silence, Misfortune::CredentialsRefused]].concat();
    let mut errors = every_answer(&W::absent()).await;
    for misfortune in all {
        world.suffers(Some(misfortune));
        errors.extend(every_answer(world.gateway()).await);
    }
    for error in errors {
        assert!(!error.contains("unspeakable") && !error.contains("http://"), "{error}");
    }
}

/// What a gateway answers to everything that it can be asked, about payments that it does not know.
pub(crate) async fn every_answer(gateway: &impl Gateway) -> Vec<String> {
    vec![
        format!("{:?}", gateway.open_session(&session("T1")).await),
        format!("{:?}", gateway.validate("V1").await),
        format!("{:?}", gateway.query("T1").await),
        format!("{:?}", gateway.query_session("S1").await),
        format!("{:?}", gateway.refund(&refund("R1", "B1", 100)).await),
        format!("{:?}", gateway.refund_progress("F1").await),
    ]
}

// Harm prevented: a payer is sent to a page that turns the amount away, after the panel was taken from the shelf.
pub(crate) async fn an_amount_within_the_limits_is_taken<W: World>() {
    let world = W::new();
    let Some(limits) = world.gateway().charge_limits(PRICE.currency) else { return };
    assert!(limits.least.minor <= PRICE.minor && PRICE.minor <= limits.most.minor);
    for (tran_id, amount) in [("T1", limits.least), ("T2", limits.most)] {
        let opened = world.gateway().open_session(&NewSession { amount, ..session(tran_id) }).await;
        assert!(opened.is_ok(), "{opened:?}");
    }
}
