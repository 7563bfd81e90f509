//! The demonstration: the same application as a server's, with a sandbox gateway, a sandbox Odoo behind a reverse proxy
//! that asks the gate, made-up customers, and a clock that can run fast. Production builds do not have it.

mod clock_moves;
mod history;
mod host;
mod people;
mod setup;

use crate::adapter::fast_clock::FastClock;
use crate::adapter::smtp::{Privacy, Smtp, SmtpConfig};
use crate::adapter::system::SystemClock;
use crate::app::{DemoSettings, Settings};
use crate::compose::{GatewayAddress, Parts, StartError, assemble, folder_shelf};
use crate::config::DemoArgs;
use crate::config::secret::deployment_secret;
use crate::flow::servers::ensure::ensure;
use crate::port::clock::Clock;
use crate::port::ids::Ids as _;
use crate::serve::{Running, start as start_serving};
use crate::store::Store;
use sandbox::front::Front;
use sandbox::gateway::{Gateway, GatewayConfig};
use sandbox::mail::Mailbox;
use sandbox::odoo::Odoo;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use url::Url;

pub use people::{OPERATOR_EMAIL, PASSWORD};

const STORE_ID: &str = "testbox";
const STORE_PASSWD: &str = "qwerty";

/// A demonstration that runs.
pub struct Demo {
    /// Where the dashboard is.
    pub url: String,
    outside: Outside,
    serving: Running,
    working: Running,
    setup: JoinHandle<()>,
}

/// The made-up outside.
#[derive(Clone)]
struct Outside {
    gateway: Gateway,
    odoo: Odoo,
    front: Front,
    mailbox: Mailbox,
}

/// Starts everything on this machine. The first start lives through four weeks of made-up history.
pub async fn start(args: &DemoArgs) -> Result<Demo, StartError> {
    std::fs::create_dir_all(&args.folder)?;
    // A history that was broken off is no history: it begins anew.
    let lived = args.folder.join("lived");
    let is_new = !lived.exists();
    if is_new {
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(args.folder.join(format!("hourglass.sqlite{suffix}")));
        }
    }
    let store = Store::open(&database_url(&args.folder), 10).await?;
    store.migrate().await?;
    let wall: Arc<dyn Clock> = Arc::new(SystemClock::default());
    let present = store.latest_accounted().await?.map_or(wall.now(), |accounted| accounted.max(wall.now()));
    let clock = Arc::new(FastClock::new(if is_new { history::beginning(present) } else { present }, 0));

    let listener = TcpListener::bind(args.listen)?;
    let url = format!("http://localhost:{}", listener.local_addr()?.port());
    let outside = outside(args.listen, &url, &clock).await?;
    let secret =
        deployment_secret(&args.folder.join("secret"), &crate::adapter::system::SystemIds::default().secret())?;
    let app = Arc::new(assemble(Parts {
        store,
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        wall,
        gateway: GatewayAddress {
            url: parse(outside.gateway.url())?,
            store_id: STORE_ID.to_owned(),
            store_passwd: STORE_PASSWD.to_owned(),
            breaker: crate::adapter::sslcommerz::BreakerConfig::default(),
        },
        secret,
        shelf: folder_shelf(&args.folder.join("copies"), false),
        post: Some(Arc::new(Smtp::new(to(&outside.mailbox))?)),
        settings: settings(args.speed, &url, outside.front.url())?,
    })?);
    ensure(&app, &host::named(parse(outside.odoo.url())?)).await?;
    // The past is lived through before the worker starts, so that it happens in order.
    let serving = start_serving(&app, Some(listener), false, clock_moves::routes(&clock))?;
    if is_new {
        history::live_through(&app, &clock, &outside.gateway, &outside.odoo, present).await?;
        std::fs::write(&lived, "")?;
    }
    setup::restore_panels(&app, &outside.odoo).await?;
    clock.set_speed(args.speed);
    let working = start_serving(&app, None, true, |_| ())?;
    let setup = tokio::spawn(setup::clear_the_way(Arc::clone(&app), outside.odoo.clone()));
    Ok(Demo { url, outside, serving, working, setup })
}

impl Demo {
    /// The one line that says where to go and how to sign in.
    #[must_use]
    pub fn greeting(&self) -> String {
        let customer = people::CUSTOMERS[0].email;
        let mailbox = self.outside.mailbox.url();
        format!(
            "Hourglass demo: {}  sign in as {customer} or {OPERATOR_EMAIL}, password {PASSWORD}; letters are at {mailbox}/",
            self.url
        )
    }

    /// Stops everything, finishing what is in hand.
    pub async fn stop(self) {
        self.setup.abort();
        self.working.stop().await;
        self.serving.stop().await;
        self.outside.mailbox.stop().await;
        self.outside.front.stop().await;
        self.outside.odoo.stop().await;
        self.outside.gateway.stop().await;
    }
}

fn database_url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("hourglass.sqlite").display())
}

fn parse(url: &str) -> Result<Url, StartError> {
    Ok(Url::parse(url).map_err(std::io::Error::other)?)
}

/// Starts the outside on the five ports above the dashboard's.
async fn outside(listen: SocketAddr, url: &str, clock: &Arc<FastClock>) -> Result<Outside, StartError> {
    let beside = |offset: u16| {
        let port = if listen.port() == 0 { 0 } else { listen.port().saturating_add(offset) };
        TcpListener::bind(SocketAddr::new(listen.ip(), port))
    };
    let clock = Arc::clone(clock);
    // Differs from start to start, so that no session key comes twice.
    let seed = u64::try_from(SystemClock::default().now().unix()).unwrap_or(0);
    let config = GatewayConfig::new(STORE_ID, STORE_PASSWD, Arc::new(move || clock.now().unix()), seed);
    let gateway = Gateway::start(config, beside(1)?)?;
    let odoo = host::start(beside(2)?).await?;
    let front = Front::start(beside(3)?, &format!("{url}/gate"), odoo.url())?;
    let mailbox = Mailbox::start(beside(5)?, Some(beside(4)?))?;
    Ok(Outside { gateway, odoo, front, mailbox })
}

/// How letters reach the mailbox, which is on this machine.
fn to(mailbox: &Mailbox) -> SmtpConfig {
    SmtpConfig {
        host: mailbox.address().ip().to_string(),
        port: mailbox.address().port(),
        privacy: Privacy::Plain,
        sign_in: None,
        from: "Hourglass <post@hourglass.example>".to_owned(),
        timeout: Duration::from_secs(30),
    }
}

fn settings(speed: u32, url: &str, front_url: &str) -> Result<Settings, StartError> {
    let port = parse(front_url)?.port().unwrap_or(80);
    Ok(Settings {
        name: "Hourglass".to_owned(),
        support_email: Some("support@hourglass.example".to_owned()),
        public_url: parse(url)?,
        panel_base_url: parse(&format!("http://localhost:{port}"))?,
        // A fast clock passes more between two looks.
        tick_seconds: i64::from(speed / 2).max(60),
        reach_seconds: i64::from(speed).saturating_mul(10).max(clock_moves::STRIDE_SECONDS.into()),
        creation_seconds: 7_200,
        // History begins with every panel ordered, four weeks ago, and one of them is shown unpaid.
        unpaid_days: 60,
        copies_keep_days: 14,
        retention_days: 30,
        sweep_after_seconds: 20,
        resume_seconds: 600,
        refund_second_charges: false,
        metrics_token: None,
        refund_running_cycle: shared::billing::refund::RunningCycle::Keep,
        sign_ins_per_minute: 60,
        behind_proxy: false,
        seller: people::seller(),
        demo: Some(DemoSettings { speed, sign_ins: people::sign_ins() }),
    })
}
