//! The stage: database, sandbox gateway, sandbox Odoo, reverse proxy and the API, each on a port of its own. The clocks
//! stand still until a story moves them, and the worker works when a story says so.

use crate::database::{Database, Kind};
use crate::persona::{Keys, PASSWORD, Persona};
use hourglass::adapter::fast_clock::FastClock;
use hourglass::adapter::smtp::{Privacy, Smtp, SmtpConfig};
use hourglass::adapter::sslcommerz::BreakerConfig;
use hourglass::adapter::system::SystemIds;
use hourglass::app::{App, Seller, Settings};
use hourglass::compose::{GatewayAddress, Parts, assemble, folder_shelf};
use hourglass::flow::auth::create_operator::{NewOperator, create_operator};
use hourglass::flow::servers::ensure::{NamedServer, ensure};
use hourglass::port::clock::Clock;
use hourglass::port::post::Post;
use hourglass::serve::{Running, start};
use hourglass::store::Store;
use hourglass::worker::turn;
use sandbox::front::Front;
use sandbox::gateway::{Gateway, GatewayConfig};
use sandbox::mail::Mailbox;
use sandbox::odoo::Odoo;
use shared::time::{HOUR, Timestamp};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{Mutex, OnceCell};

pub(crate) const STORE_ID: &str = "testbox";
pub(crate) const STORE_PASSWD: &str = "a made-up password";
pub(crate) const SECRET: &[u8] = b"made up for the stage, and long enough";
/// One look speaks for so long, and is made so often.
const STRIDE: i64 = HOUR;
/// A worker that has not come to rest by then never will.
const TURNS_MAX: u64 = 200;

/// One deployment, and the world around it.
pub struct Stage {
    /// The application behind the API.
    pub app: Arc<App>,
    /// By which hours are counted.
    pub clock: Arc<FastClock>,
    /// By which sign-ins expire and retries wait.
    pub wall: Arc<FastClock>,
    /// Where payments are made.
    pub gateway: Gateway,
    /// Where panels run.
    pub odoo: Odoo,
    /// What stands before the panels and asks the gate.
    pub front: Front,
    /// Where letters end.
    pub mailbox: Mailbox,
    /// What is kept.
    pub database: Database,
    /// Where the API is.
    pub url: String,
    running: Mutex<Vec<Running>>,
    owner: OnceCell<Persona>,
    stranger: OnceCell<Persona>,
    operator: OnceCell<Persona>,
    leaves_work: AtomicBool,
}

/// The first instant of every story: 2026-01-05, 12:00 in Dhaka.
#[must_use]
pub fn beginning() -> Timestamp {
    Timestamp::from_unix(1_767_592_800)
}

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").expect("a free port")
}

fn url_of(listener: &TcpListener) -> String {
    format!("http://{}", listener.local_addr().expect("its address"))
}

impl Stage {
    /// Builds one, on a fresh database.
    pub async fn open(kind: Kind) -> Self {
        let database = Database::make(kind).await;
        let clock = Arc::new(FastClock::new(beginning(), 0));
        let wall = Arc::new(FastClock::new(beginning(), 0));
        let listener = listener();
        let url = url_of(&listener);
        let gateway = {
            let wall = Arc::clone(&wall);
            GatewayConfig::new(STORE_ID, STORE_PASSWD, Arc::new(move || wall.now().unix()), 1)
        };
        let gateway = Gateway::start(gateway, self::listener()).expect("a sandbox gateway");
        let odoo = crate::host::odoo(self::listener(), Arc::clone(&wall)).await;
        let front = Front::start(self::listener(), &format!("{url}/gate"), odoo.url()).expect("a reverse proxy");
        let settings = settings(&url, front.url());
        let mailbox = Mailbox::start(self::listener(), None).expect("a mailbox");
        let app = compose(&database, &clock, &wall, &gateway, &odoo, Some(&mailbox), settings).await;
        let running = start(&app, Some(listener), false, |_| ()).expect("the API");
        Self {
            app,
            clock,
            wall,
            gateway,
            odoo,
            front,
            mailbox,
            database,
            url,
            running: Mutex::new(vec![running]),
            owner: OnceCell::new(),
            stranger: OnceCell::new(),
            operator: OnceCell::new(),
            leaves_work: AtomicBool::new(false),
        }
    }

    /// A second process of the same deployment, as far as one process can be two: a second application on the same
    /// database, with connections, locks and memory of its own, and an API. Settings may differ.
    pub async fn another(&self, change: impl FnOnce(&mut Settings)) -> (Arc<App>, Persona) {
        let mut settings = self.app.settings.clone();
        change(&mut settings);
        let app =
            compose(&self.database, &self.clock, &self.wall, &self.gateway, &self.odoo, Some(&self.mailbox), settings)
                .await;
        let listener = listener();
        let nobody = Persona::nobody(&url_of(&listener));
        self.running.lock().await.push(start(&app, Some(listener), false, |_| ()).expect("another API"));
        (app, nobody)
    }

    /// An application of the same deployment that has no mail server.
    pub async fn without_post(&self) -> Arc<App> {
        let settings = self.app.settings.clone();
        compose(&self.database, &self.clock, &self.wall, &self.gateway, &self.odoo, None, settings).await
    }

    /// This story ends in the middle of things.
    pub fn leaves_work(&self) {
        self.leaves_work.store(true, Ordering::SeqCst);
    }

    /// What is due and not done.
    pub(crate) async fn work_left(&self) -> Vec<String> {
        if self.leaves_work.load(Ordering::SeqCst) { Vec::new() } else { self.due().await }
    }

    async fn due(&self) -> Vec<String> {
        let (now, wall) = (self.clock.now().unix(), self.wall.now().unix());
        let rows = format!(
            "SELECT 'tenant' AS what, id FROM tenants WHERE due_at <= {now} \
             UNION ALL SELECT 'payment' AS what, id FROM payments WHERE look_at <= {wall} \
             UNION ALL SELECT 'promise' AS what, id FROM outbox WHERE due_at <= {wall} \
             UNION ALL SELECT 'letter' AS what, id FROM letters WHERE due_at <= {wall} \
             UNION ALL SELECT 'job' AS what, id FROM jobs WHERE due_at <= {wall}"
        );
        self.database.lines(&rows).await
    }

    /// Stops what runs, and removes the database.
    pub async fn close(&self) {
        for running in self.running.lock().await.drain(..) {
            running.stop().await;
        }
        self.mailbox.stop().await;
        self.front.stop().await;
        self.odoo.stop().await;
        self.gateway.stop().await;
        self.database.remove().await;
    }

    /// Works until nothing is due.
    ///
    /// A worker passes over what is locked, and comes back. PostgreSQL rolls a refused story back a moment after its
    /// answer, so a turn that found nothing to do has not always seen everything.
    pub async fn work(&self) {
        for number in 1..=TURNS_MAX {
            if turn(&self.app, number).await.due == 0 && self.due().await.is_empty() {
                return;
            }
        }
        panic!("after {TURNS_MAX} turns this is still to be done: {:?}", self.due().await);
    }

    /// Lets billing time pass at once, without anybody looking.
    pub fn skip(&self, seconds: i64) {
        self.clock.advance(u32::try_from(seconds).expect("forwards"));
    }

    /// Lets wall time pass.
    pub fn wait(&self, seconds: i64) {
        self.wall.advance(u32::try_from(seconds).expect("forwards"));
    }

    /// Lets billing time pass, looked at by the worker as often as it should be.
    pub async fn pass(&self, seconds: i64) {
        let mut left = seconds;
        while left > 0 {
            let stride = left.min(STRIDE);
            self.skip(stride);
            self.work().await;
            left -= stride;
        }
    }

    /// Lets hours pass, looked at by the worker as often as it should be.
    pub async fn pass_hours(&self, hours: i64) {
        self.pass(hours * HOUR).await;
    }

    /// Nobody in particular.
    #[must_use]
    pub fn nobody(&self) -> Persona {
        Persona::nobody(&self.url)
    }

    /// A customer: Rahim, who owns an account.
    pub async fn owner(&self) -> &Persona {
        self.owner.get_or_init(|| self.customer("Rahim Traders", "rahim@example.com")).await
    }

    /// Another customer, who has nothing to do with Rahim.
    pub async fn stranger(&self) -> &Persona {
        self.stranger.get_or_init(|| self.customer("Mallory Ltd", "mallory@example.com")).await
    }

    /// Somebody of the operator.
    pub async fn operator(&self) -> &Persona {
        self.operator
            .get_or_init(|| async {
                let new = NewOperator { name: "Operator", email: "operator@example.com", password: PASSWORD };
                create_operator(&self.app.store, &SystemIds::default(), &*self.wall, new).await.expect("an operator");
                let answer = self.nobody().sign_in(new.email, PASSWORD).await.is(200);
                self.nobody().with(Keys::of(&answer))
            })
            .await
    }

    /// The same person, after so much wall time that they have to sign in again.
    pub async fn again(&self, email: &str) -> Persona {
        let answer = self.nobody().sign_in(email, PASSWORD).await.is(200);
        self.nobody().with(Keys::of(&answer))
    }

    async fn customer(&self, name: &str, email: &str) -> Persona {
        let answer = self.nobody().sign_up(name, email).await.is(201);
        self.nobody().with(Keys::of(&answer))
    }
}

async fn compose(
    database: &Database,
    clock: &Arc<FastClock>,
    wall: &Arc<FastClock>,
    gateway: &Gateway,
    odoo: &Odoo,
    mailbox: Option<&Mailbox>,
    settings: Settings,
) -> Arc<App> {
    let app = assemble(Parts {
        store: Store::open(&database.url, 8).await.expect("the database"),
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        wall: Arc::clone(wall) as Arc<dyn Clock>,
        gateway: GatewayAddress {
            url: gateway.url().parse().expect("an address"),
            store_id: STORE_ID.to_owned(),
            store_passwd: STORE_PASSWD.to_owned(),
            // Stories are told faster than it rests.
            breaker: BreakerConfig { after: u32::MAX, ..BreakerConfig::default() },
        },
        secret: SECRET.to_vec(),
        shelf: folder_shelf(&database.folder.join("copies"), false),
        post: mailbox.map(post),
        settings,
    });
    let app = app.expect("an application");
    let server = NamedServer {
        url: odoo.url().parse().expect("an address"),
        template: crate::host::TEMPLATE.to_owned(),
        files_folder: None,
        secrets: crate::host::secrets(),
    };
    ensure(&app, &server).await.expect("a server");
    app.live.refresh(&app.store).await.expect("the gate's memory");
    Arc::new(app)
}

fn post(mailbox: &Mailbox) -> Arc<dyn Post> {
    let smtp = Smtp::new(SmtpConfig {
        host: mailbox.address().ip().to_string(),
        port: mailbox.address().port(),
        privacy: Privacy::Plain,
        sign_in: None,
        from: "Hourglass <post@hourglass.example>".to_owned(),
        timeout: Duration::from_secs(30),
    });
    Arc::new(smtp.expect("somebody who sends letters"))
}

fn settings(url: &str, front_url: &str) -> Settings {
    let port = front_url.rsplit(':').next().expect("a port");
    Settings {
        name: "Hourglass".to_owned(),
        support_email: Some("help@example.com".to_owned()),
        public_url: url.parse().expect("an address"),
        panel_base_url: format!("http://localhost:{port}").parse().expect("an address"),
        tick_seconds: STRIDE,
        reach_seconds: STRIDE,
        creation_seconds: 900,
        unpaid_days: 14,
        copies_keep_days: 14,
        retention_days: 30,
        sweep_after_seconds: 120,
        resume_seconds: 0,
        refund_second_charges: false,
        metrics_token: None,
        refund_running_cycle: shared::billing::refund::RunningCycle::Keep,
        sign_ins_per_minute: 10_000,
        behind_proxy: false,
        seller: Seller::named("Hourglass Ltd."),
        demo: None,
    }
}
