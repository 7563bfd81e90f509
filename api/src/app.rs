//! The application: one struct, built alike by `serve`, by the demonstration and by tests. Only clocks and adapters differ.

use crate::keys::password::Passwords;
use crate::keys::safe::Safe;
use crate::keys::token::Signer;
use crate::live::Live;
use crate::metrics::Metrics;
use crate::port::clock::Clock;
use crate::port::gateway::Gateways;
use crate::port::host::PanelHost;
use crate::port::ids::Ids;
use crate::port::post::Post;
use crate::port::printer::InvoicePrinter;
use crate::port::shelf::Shelf;
use crate::store::Store;
use shared::api::about::DemoSignIn;
use shared::billing::refund::RunningCycle;
use shared::civil::Zone;
use shared::time::DAY;
use std::sync::Arc;
use url::Url;

/// Everything that a story needs.
pub struct App {
    /// The memory.
    pub store: Store,
    /// By which hours are counted. A demonstration may run it fast.
    pub clock: Arc<dyn Clock>,
    /// By which sign-ins expire and retries wait.
    pub wall: Arc<dyn Clock>,
    /// Names and secrets.
    pub ids: Arc<dyn Ids>,
    /// Where payments are made.
    pub gateways: Gateways,
    /// Where panels run.
    pub host: Arc<dyn PanelHost>,
    /// Where copies of panels are kept.
    pub shelf: Arc<dyn Shelf>,
    /// Who brings letters; `None` if this deployment sends none.
    pub post: Option<Arc<dyn Post>>,
    /// Who prints invoices.
    pub printer: Arc<dyn InvoicePrinter>,
    /// The gate's memory, and hints.
    pub live: Live,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Signs tokens.
    pub signer: Signer,
    /// Keeps what opens the servers, and second factors.
    pub safe: Safe,
    /// What is counted for the operator.
    pub metrics: Metrics,
    /// What the operator chose.
    pub settings: Settings,
}

/// What the operator chose.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What this deployment is called.
    pub name: String,
    /// Where customers write for help.
    pub support_email: Option<String>,
    /// Where browsers and the gateway reach this server.
    pub public_url: Url,
    /// The address of the panels' parent: `https://example.com:8443` makes `https://acme.example.com:8443`.
    pub panel_base_url: Url,
    /// How often a panel is looked at, in billing seconds.
    pub tick_seconds: i64,
    /// How far back one look speaks, in billing seconds.
    pub reach_seconds: i64,
    /// How long setting up a panel may take, in wall seconds.
    pub creation_seconds: i64,
    /// How long a panel may await its first payment, in days of its account's clock.
    pub unpaid_days: u32,
    /// How long copies that were asked for and nightly ones are kept, in days.
    pub copies_keep_days: u32,
    /// How long the last copy of a removed panel is kept, in days.
    pub retention_days: u32,
    /// How long after its start a payment is first asked about, in wall seconds.
    pub sweep_after_seconds: i64,
    /// How long an open page at the gateway is offered again instead of a new one, in wall seconds.
    pub resume_seconds: i64,
    /// Whether what is paid twice goes back by itself; otherwise it is the account's credit.
    pub refund_second_charges: bool,
    /// What happens to refunds of a cycle that has begun.
    pub refund_running_cycle: RunningCycle,
    /// How many sign-in and sign-up requests one address may make in a minute.
    pub sign_ins_per_minute: u32,
    /// Whether a proxy of the operator's stands in front, and names the true address in `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Who shows this as a bearer token may read the numbers at `/metrics`; `None` if nobody may.
    pub metrics_token: Option<String>,
    /// Who stands on invoices.
    pub seller: Seller,
    /// Only in a demonstration.
    pub demo: Option<DemoSettings>,
}

/// Who sells, as invoices say it, and how they are numbered.
#[derive(Debug, Clone)]
pub struct Seller {
    /// The name of the business.
    pub name: String,
    /// Its postal address, lines separated by `\n`.
    pub address: String,
    /// Its Business Identification Number, 13 digits.
    pub bin: Option<String>,
    /// Where its days begin and end: for the dates of documents.
    pub zone: Zone,
    /// The month in which its fiscal year begins: 7 in Bangladesh.
    pub fiscal_year_month: u32,
    /// What the numbers of invoices begin with.
    pub invoice_series: String,
    /// What the numbers of credit notes begin with.
    pub credit_note_series: String,
}

impl Seller {
    /// A seller in Bangladesh of whom only the name is known.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            address: String::new(),
            bin: None,
            zone: Zone::default(),
            fiscal_year_month: 7,
            invoice_series: "INV".to_owned(),
            credit_note_series: "CN".to_owned(),
        }
    }
}

/// What a demonstration adds.
#[derive(Debug, Clone)]
pub struct DemoSettings {
    /// Billing seconds in one real second.
    pub speed: u32,
    /// Who may sign in.
    pub sign_ins: Vec<DemoSignIn>,
}

impl Settings {
    /// The address of the panel behind a subdomain.
    #[must_use]
    pub fn panel_url(&self, subdomain: &str) -> String {
        let base = &self.panel_base_url;
        let port = base.port().map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}://{subdomain}.{}{port}/", base.scheme(), base.host_str().unwrap_or_default())
    }

    /// An address under the public one.
    #[must_use]
    pub fn public(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }

    /// How long a panel may await its first payment, in seconds of its account's clock.
    #[must_use]
    pub fn unpaid_seconds(&self) -> i64 {
        i64::from(self.unpaid_days) * DAY
    }

    /// Whether cookies may travel only over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}
