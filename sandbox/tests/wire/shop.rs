//! A shop of its own for one test: a gateway with a clock that is moved by hand, and a place where notices arrive.

use std::collections::VecDeque;
use std::net::TcpListener;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use actix_web::{App, HttpResponse, HttpServer, web};
use sandbox::gateway::{Action, Faults, Fields, Gateway, GatewayConfig, Return};
use serde_json::Value;

pub(crate) const STORE: &str = "testbox";
pub(crate) const PASSWD: &str = "unspeakable@ssl";
/// 2026-11-22 12:00:00 in Dhaka.
pub(crate) const NOON: i64 = 1_795_327_200;

const INIT: &str = "/gwprocess/v4/api.php";
const VALIDATION: &str = "/validator/api/validationserverAPI.php";
const SCRIPT: &str = "/validator/api/merchantTransIDvalidationAPI.php";

/// Notices that arrived, and what the next ones are answered with; 200 when nothing is said.
#[derive(Default)]
struct Inbox {
    arrived: Vec<Fields>,
    answers: VecDeque<u16>,
}

/// The shop and its gateway.
pub(crate) struct Shop {
    pub(crate) gateway: Gateway,
    pub(crate) client: reqwest::Client,
    clock: Arc<AtomicI64>,
    inbox: Arc<Mutex<Inbox>>,
    notice_url: String,
}

/// A field's value; empty if it is not there.
pub(crate) fn value<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

/// A text of an answer; empty if it is not there.
pub(crate) fn text<'a>(answer: &'a Value, name: &str) -> &'a str {
    answer[name].as_str().unwrap_or_default()
}

/// What every order says.
pub(crate) fn order(tran_id: &str, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let plain = [
        ("store_id", STORE),
        ("store_passwd", PASSWD),
        ("total_amount", "2500.00"),
        ("currency", "BDT"),
        ("tran_id", tran_id),
        ("success_url", "http://shop.example/success"),
        ("fail_url", "http://shop.example/fail"),
        ("cancel_url", "http://shop.example/cancel"),
        ("cus_name", "রহিমা বেগম"),
        ("cus_email", "rahima@example.com"),
        ("cus_add1", "House 1"),
        ("cus_city", "Dhaka"),
        ("cus_country", "Bangladesh"),
        ("cus_phone", "01700000000"),
        ("product_name", "Tea & <cake>"),
        ("product_category", "Groceries"),
        ("product_profile", "general"),
        ("shipping_method", "NO"),
        // As SDKs do that send every field they know.
        ("ship_name", ""),
        ("multi_card_name", ""),
    ];
    plain.iter().chain(changes).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

impl Shop {
    /// With the documented rules.
    pub(crate) fn open() -> Self {
        Self::with(|_| ())
    }

    /// With other rules.
    pub(crate) fn with(change: impl FnOnce(&mut GatewayConfig)) -> Self {
        let clock = Arc::new(AtomicI64::new(NOON));
        let told = Arc::clone(&clock);
        let mut config = GatewayConfig::new(STORE, PASSWD, Arc::new(move || told.load(Ordering::SeqCst)), 1);
        change(&mut config);
        let gateway = Gateway::start(config, TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
        let (inbox, notice_url) = receive();
        let no_redirects = reqwest::redirect::Policy::none();
        let client = reqwest::Client::builder().no_proxy().redirect(no_redirects).build().unwrap();
        Self { gateway, client, clock, inbox, notice_url }
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn suffers(&self, faults: Faults) {
        self.gateway.set_faults(faults);
    }

    /// The notices that arrived so far.
    pub(crate) fn notices(&self) -> Vec<Fields> {
        self.inbox.lock().unwrap().arrived.clone()
    }

    /// The next notices are answered so.
    pub(crate) fn answers(&self, statuses: &[u16]) {
        self.inbox.lock().unwrap().answers.extend(statuses);
    }

    /// Opens a session, with changes to the plain order.
    pub(crate) async fn init(&self, tran_id: &str, changes: &[(&str, &str)]) -> Value {
        let mut fields = order(tran_id, &[("ipn_url", &self.notice_url)]);
        fields.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let answer = self.client.post(format!("{}{INIT}", self.gateway.url())).form(&fields).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// Opens a session and pays; gives what the payer's browser posts.
    pub(crate) async fn paid(&self, tran_id: &str) -> Fields {
        assert_eq!(text(&self.init(tran_id, &[]).await, "status"), "SUCCESS");
        self.act(tran_id, Action::Pay).await.fields
    }

    pub(crate) async fn act(&self, tran_id: &str, action: Action) -> Return {
        self.gateway.act(tran_id, action).await.unwrap()
    }

    /// The address of a question, credentials and all.
    pub(crate) fn question(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let mut url = url::Url::parse(&format!("{}{path}", self.gateway.url())).unwrap();
        url.query_pairs_mut().extend_pairs([("store_id", STORE), ("store_passwd", PASSWD)]).extend_pairs(fields);
        url.into()
    }

    pub(crate) async fn validate(&self, val_id: &str) -> Value {
        self.client.get(self.question(VALIDATION, &[("val_id", val_id)])).send().await.unwrap().json().await.unwrap()
    }

    /// Asks the script that does everything else.
    pub(crate) async fn ask(&self, fields: &[(&str, &str)]) -> Value {
        self.client.get(self.question(SCRIPT, fields)).send().await.unwrap().json().await.unwrap()
    }

    /// The same, as it comes.
    pub(crate) async fn asks(&self, fields: &[(&str, &str)]) -> reqwest::Result<reqwest::Response> {
        self.client.get(self.question(SCRIPT, fields)).send().await
    }

    pub(crate) fn api(&self, path: &str) -> String {
        format!("{}/sandbox{path}", self.gateway.url())
    }
}

fn receive() -> (Arc<Mutex<Inbox>>, String) {
    let inbox = Arc::<Mutex<Inbox>>::default();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/notice", listener.local_addr().unwrap());
    let kept = Arc::clone(&inbox);
    let server = HttpServer::new(move || {
        let kept = Arc::clone(&kept);
        let take = move |form: web::Form<Fields>| {
            let mut inbox = kept.lock().unwrap();
            inbox.arrived.push(form.into_inner());
            let status = inbox.answers.pop_front().unwrap_or(200);
            async move { HttpResponse::build(status.try_into().unwrap()).finish() }
        };
        App::new().route("/notice", web::post().to(take))
    });
    tokio::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
    (inbox, url)
}
