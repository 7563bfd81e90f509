//! One process of the product, in so far as one process can be several: an application of its own on connections of its
//! own, with work in hand that dies with it.

use super::clock::ProcessClock;
use super::fuse::Fuse;
use super::gateway::PretendGateway;
use super::host::{Host, HostOf, PretendShelf};
use super::ids::CountedIds;
use crate::workload::asks::{Ask, Turn};
use async_trait::async_trait;
use hourglass::app::{App, Seller, Settings};
use hourglass::flow::jobs::due_jobs::Claim;
use hourglass::keys::password::Passwords;
use hourglass::keys::safe::Safe;
use hourglass::keys::token::Signer;
use hourglass::live::Live;
use hourglass::port::clock::Clock;
use hourglass::port::gateway::{Gateway, Gateways};
use hourglass::port::host::PanelHost;
use hourglass::port::ids::Ids;
use hourglass::port::printer::{InvoicePrinter, PrintError};
use hourglass::store::{OutboxRow, Store};
use shared::api::auth::Language;
use shared::api::invoices::InvoiceView;
use shared::ids::{PaymentId, RefundId, TenantId};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

/// What all processes share: the outside, and time.
#[derive(Clone)]
pub(crate) struct Outside {
    /// The billing clock that everybody reads.
    pub(crate) billing: Arc<AtomicI64>,
    /// The wall clock that everybody reads.
    pub(crate) wall: Arc<AtomicI64>,
    /// Ids.
    pub(crate) ids: Arc<CountedIds>,
    /// The host.
    pub(crate) host: Arc<Host>,
    /// The gateway.
    pub(crate) gateway: Arc<PretendGateway>,
}

/// Work that a worker has claimed and not begun.
#[derive(Default)]
pub(crate) struct InHand {
    /// Tenants to look at.
    pub(crate) tenants: VecDeque<TenantId>,
    /// Payments to ask about.
    pub(crate) payments: VecDeque<PaymentId>,
    /// Refunds to ask about.
    pub(crate) refunds: VecDeque<RefundId>,
    /// Jobs to go on with.
    pub(crate) jobs: VecDeque<Claim>,
    /// Promises to keep.
    pub(crate) promises: VecDeque<OutboxRow>,
}

impl InHand {
    /// The next of one kind.
    pub(crate) fn next(&mut self, turn: Turn) -> Option<Ask> {
        match turn {
            Turn::Observe => self.tenants.pop_front().map(Ask::Observe),
            Turn::Confirm => self.payments.pop_front().map(Ask::Confirm),
            Turn::Pursue => self.refunds.pop_front().map(Ask::Pursue),
            Turn::GoOnWith => self.jobs.pop_front().map(Ask::GoOnWith),
            Turn::Deliver => self.promises.pop_front().map(|row| Ask::Deliver(Box::new(row))),
            _ => None,
        }
    }
}

/// A process.
pub(crate) struct Process {
    /// The application.
    pub(crate) app: Arc<App>,
    /// What its crashes hang on.
    pub(crate) fuse: Arc<Fuse>,
    /// What its worker has in hand.
    pub(crate) in_hand: InHand,
    outside: Outside,
    store: Store,
}

impl Process {
    /// Starts one on the database at `url`.
    pub(crate) async fn start(url: &str, outside: &Outside) -> Self {
        let mut store = Store::open(url, 3).await.expect("the database");
        let fuse = Arc::new(Fuse::default());
        let burning = Arc::clone(&fuse);
        store.observe_statements(move |statement| burning.burn(statement));
        let app = Arc::new(application(&store, outside));
        Self { app, fuse, in_hand: InHand::default(), outside: outside.clone(), store }
    }

    /// It is gone, and another takes its place: the same memory, and nothing else.
    pub(crate) fn restart(&mut self) {
        self.fuse.light(0);
        self.in_hand = InHand::default();
        self.app = Arc::new(application(&self.store, &self.outside));
    }
}

const SECRET: &[u8] = b"made up for the simulation, and long enough";

/// Nobody prints here.
struct NoPrinter;

#[async_trait]
impl InvoicePrinter for NoPrinter {
    async fn print(&self, _: &InvoiceView, _: Language) -> Result<Vec<u8>, PrintError> {
        Err(PrintError::new("nobody prints here"))
    }
}

fn application(store: &Store, outside: &Outside) -> App {
    let clock: Arc<dyn Clock> = Arc::new(ProcessClock::new(Arc::clone(&outside.billing)));
    let host = HostOf { host: Arc::clone(&outside.host), clock: Arc::clone(&clock), asked_at: AtomicI64::new(0) };
    App {
        store: store.clone(),
        clock,
        wall: Arc::new(ProcessClock::new(Arc::clone(&outside.wall))),
        ids: Arc::clone(&outside.ids) as Arc<dyn Ids>,
        gateways: Gateways::new(Arc::clone(&outside.gateway) as Arc<dyn Gateway>, vec![]),
        host: Arc::new(host) as Arc<dyn PanelHost>,
        shelf: Arc::new(PretendShelf(Arc::clone(&outside.host))),
        post: None,
        printer: Arc::new(NoPrinter),
        live: Live::default(),
        passwords: Passwords::default(),
        signer: Signer::new(SECRET),
        safe: Safe::new(SECRET),
        metrics: hourglass::metrics::Metrics::default(),
        settings: settings(),
    }
}

/// What the operator chose.
pub(crate) fn settings() -> Settings {
    let address = |text: &str| text.parse().expect("an address");
    Settings {
        name: "Hourglass".to_owned(),
        support_email: None,
        public_url: address("https://bill.example.com"),
        panel_base_url: address("https://example.com"),
        tick_seconds: 3_600,
        reach_seconds: 5_400,
        creation_seconds: 300,
        unpaid_days: 14,
        // Short enough that some are over within a history.
        copies_keep_days: 3,
        retention_days: 5,
        sweep_after_seconds: 120,
        resume_seconds: 0,
        refund_second_charges: false,
        metrics_token: None,
        refund_running_cycle: shared::billing::refund::RunningCycle::Keep,
        sign_ins_per_minute: 10_000,
        behind_proxy: false,
        seller: Seller::named("Hourglass"),
        demo: None,
    }
}
