//! The world of the SSLCommerz adapter: the sandbox gateway, and what only this gateway's notices can get wrong.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use async_trait::async_trait;
use hourglass::adapter::sslcommerz::{BreakerConfig, Config, SslCommerz, StorePassword};
use hourglass::metrics::Metrics;
use hourglass::port::gateway::{ClaimError, Gateway as _, NewSession};
use sandbox::gateway::{Action, Answer, Faults, Gateway, GatewayConfig, RefundEnd, RefundStatus, StoreState, sign};
use shared::money::Money;

use crate::gateway::{Misfortune, PRICE, Payer, RefundEnds, SECRET, World, session};
use crate::pace::QuickPace;

const STORE: &str = "testbox";
/// 2026-11-22 12:00:00 in Dhaka; time stands still.
const NOW: i64 = 1_795_327_200;
/// Longer than any answer on this machine takes, shorter than a test may last.
const PATIENCE: Duration = Duration::from_secs(5);
const LITTLE_PATIENCE: Duration = Duration::from_millis(150);

/// A sandbox gateway, an adapter for it, and a less patient one for when it falls silent.
pub(crate) struct Sandbox {
    gateway: Gateway,
    patient: SslCommerz,
    impatient: SslCommerz,
    silent: Mutex<bool>,
}

/// Whose adapter asks each time, however long the gateway has been silent: leaving it alone is tested beside.
fn adapter(base_url: &str, timeout: Duration) -> SslCommerz {
    let breaker = BreakerConfig { after: u32::MAX, ..BreakerConfig::default() };
    SslCommerz::new(
        Config { timeout, breaker, ..config(base_url) },
        Arc::new(QuickPace::default()),
        &Metrics::default(),
    )
    .unwrap()
}

/// The set-up of an adapter for the gateway at this address.
pub(crate) fn config(base_url: &str) -> Config {
    Config {
        base_url: base_url.parse().unwrap(),
        store_id: STORE.into(),
        store_passwd: StorePassword::new(SECRET),
        timeout: PATIENCE,
        fallback_email: None,
        breaker: BreakerConfig::default(),
    }
}

#[async_trait]
impl World for Sandbox {
    type Gateway = SslCommerz;

    fn new() -> Self {
        let mut config = GatewayConfig::new(STORE, SECRET, Arc::new(|| NOW), 1);
        config.ipn_tries = 2;
        // They end when the test says so.
        config.refund_queries = None;
        let gateway = Gateway::start(config, TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
        let (patient, impatient) = (adapter(gateway.url(), PATIENCE), adapter(gateway.url(), LITTLE_PATIENCE));
        Self { gateway, patient, impatient, silent: Mutex::new(false) }
    }

    fn gateway(&self) -> &SslCommerz {
        if *self.silent.lock().unwrap() { &self.impatient } else { &self.patient }
    }

    fn absent() -> SslCommerz {
        // A port that no test is given, and on which nothing listens in practice.
        adapter("http://127.0.0.1:1", PATIENCE)
    }

    async fn payer(&self, tran_id: &str, does: Payer) -> Vec<(String, String)> {
        let action = match does {
            Payer::Pays => Action::Pay,
            Payer::IsDeclined => Action::Decline,
            Payer::TurnsBack => Action::Cancel,
            Payer::LeavesWithoutChoosing => Action::Leave,
            Payer::LetsItExpire => Action::Expire,
        };
        self.gateway.act(tran_id, action).await.unwrap().fields
    }

    fn suffers(&self, misfortune: Option<Misfortune>) {
        *self.silent.lock().unwrap() = misfortune == Some(Misfortune::Silence);
        let mut faults = Faults::default();
        match misfortune {
            None => {}
            Some(Misfortune::ServerError) => faults.answer = Answer::ServerError,
            Some(Misfortune::MaintenancePage) => faults.answer = Answer::Html,
            Some(Misfortune::HalfAnAnswer) => faults.answer = Answer::Truncated,
            Some(Misfortune::Redirect) => faults.answer = Answer::Redirect,
            Some(Misfortune::HangsUp) => faults.answer = Answer::HangUp,
            Some(Misfortune::Silence) => faults.delay_ms = 600_000,
            Some(Misfortune::CredentialsRefused) => faults.store = StoreState::WrongCredentials,
            Some(Misfortune::StoreInactive) => faults.store = StoreState::Inactive,
            Some(Misfortune::ChargesOther) => faults.charged_amount = Some("10.00".into()),
            Some(Misfortune::AsksOtherCurrency) => faults.requested_currency = Some("INR".into()),
            Some(Misfortune::Risky) => faults.risky = true,
        }
        self.gateway.set_faults(faults);
    }

    fn refund_ends(&self, refund_ref_id: &str, how: RefundEnds) {
        let end = match how {
            RefundEnds::WithTheMoneySent => RefundEnd::Refunded,
            RefundEnds::WithoutIt => RefundEnd::Cancelled,
        };
        assert!(self.gateway.settle_refund(refund_ref_id, end));
    }

    fn sent_back(&self) -> Vec<Money> {
        let refunds = self.gateway.books().refunds.into_iter();
        refunds.filter(|refund| refund.status != RefundStatus::Cancelled).map(|refund| refund.amount).collect()
    }
}

// Harm prevented: the sender signs few fields, and posts an amount of its own beside a signature that fits.
#[tokio::test]
async fn a_trimmed_signature_is_refused() {
    let world = Sandbox::new();
    world.patient.open_session(&session("T1")).await.unwrap();
    let mut notice = world.payer("T1", Payer::Pays).await;
    let short = sign(&notice, &["status", "tran_id", "val_id", "currency"], SECRET);
    for (name, value) in &mut notice {
        match name.as_str() {
            "verify_key" => value.clone_from(&short.verify_key),
            "verify_sign" => value.clone_from(&short.verify_sign),
            "verify_sign_sha2" => value.clone_from(&short.verify_sign_sha2),
            _ => {}
        }
    }
    assert_eq!(world.patient.read_notice(&notice), Err(ClaimError::Unsigned("amount")));
}

/// What a shop's notice address received, form by form.
type Received = Arc<Mutex<Vec<Vec<(String, String)>>>>;

/// A shop that keeps what it receives and answers with `status`.
fn shop(status: u16) -> (String, Received) {
    let received = Received::default();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/notice", listener.local_addr().unwrap());
    let kept = received.clone();
    let server = HttpServer::new(move || {
        let kept = kept.clone();
        let take = move |form: web::Form<Vec<(String, String)>>| {
            kept.lock().unwrap().push(form.into_inner());
            async move { HttpResponse::build(status.try_into().unwrap()).finish() }
        };
        App::new().route("/notice", web::post().to(take))
    });
    tokio::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
    (url, received)
}

async fn pay_with_notice_to(url: &str) -> (Sandbox, Vec<(String, String)>) {
    let world = Sandbox::new();
    let session = NewSession { notice_url: url.to_owned(), amount: PRICE, ..session("T1") };
    world.patient.open_session(&session).await.unwrap();
    let posted = world.payer("T1", Payer::Pays).await;
    (world, posted)
}

// Harm prevented: the sandbox reports late or otherwise than the real gateway, and hides an error in the shop.
#[tokio::test]
async fn a_notice_is_delivered_before_the_payer_returns() {
    let (url, received) = shop(200);
    let (world, posted) = pay_with_notice_to(&url).await;
    assert_eq!(*received.lock().unwrap(), std::slice::from_ref(&posted));
    assert!(world.gateway.replay_ipn("T1").await);
    assert_eq!(*received.lock().unwrap(), [posted.clone(), posted]);
}

// Harm prevented: a shop that answers with an error is asked for ever, or never again.
#[tokio::test]
async fn a_delivery_is_tried_a_bounded_number_of_times() {
    let (url, received) = shop(500);
    let (world, _) = pay_with_notice_to(&url).await;
    assert_eq!(received.lock().unwrap().len(), 2);
    let deliveries = world.gateway.deliveries();
    assert_eq!(deliveries.iter().map(|d| (d.answered, d.tries)).collect::<Vec<_>>(), [(Some(500), 2)]);
}
