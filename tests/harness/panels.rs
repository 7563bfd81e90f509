//! Panels on the stage: ordering one, paying for it, and looking at how it stands.

use crate::persona::Persona;
use crate::stage::Stage;
use hourglass::port::clock::Clock as _;
use hourglass::store::{NewTenant, PlanRecord};
use sandbox::gateway::{Action, Return};
use serde_json::Value;
use shared::billing::state::Tenant;
use shared::ids::{PaymentId, PlanId, PlanVersionId, TenantId};
use shared::money::{Currency, Money};

use shared::billing::terms::Limits;
pub use shared::billing::terms::Terms;

/// One panel.
#[derive(Debug, Clone)]
pub struct Panel {
    /// Its id.
    pub id: TenantId,
    /// Its name at the host, and in its address.
    pub subdomain: String,
}

/// A small plan: 1,200.00 taka for 10 hours in 30 days, with no cap and no grace.
#[must_use]
pub fn terms() -> Terms {
    let price = Money::new(120_000, Currency::Bdt);
    let limits = Limits { users: Some(10), ..Limits::default() };
    Terms { included_hours: 10, daily_cap_hours: None, early_renewal_days: 5, limits, ..Terms::standard(price) }
}

impl Panel {
    /// An address under the panel's own.
    #[must_use]
    pub fn path(&self, what: &str) -> String {
        format!("/api/v1/tenants/{}/{what}", self.id)
    }
}

impl Stage {
    /// Orders a panel for somebody's account, on a plan of its own.
    pub async fn panel(&self, owner: &Persona, subdomain: &str, terms: Terms) -> Panel {
        terms.check().expect("terms that a cycle can keep");
        let app = &self.app;
        let id = TenantId::new(app.ids.uuid());
        let plan = PlanRecord {
            id: PlanId::new(app.ids.uuid()),
            version_id: PlanVersionId::new(app.ids.uuid()),
            number: 1,
            name: format!("Plan of {subdomain}"),
            terms,
        };
        let new = NewTenant {
            state: Tenant::new(id, self.clock.now()),
            account_id: owner.account_id().parse().expect("an account"),
            name: format!("Panel {subdomain}"),
            subdomain: subdomain.to_owned(),
            plan_version_id: plan.version_id,
            created_at: self.clock.now(),
        };
        let tx = app.store.begin().await.expect("a transaction");
        tx.insert_plan(&plan, self.clock.now()).await.expect("a plan");
        tx.insert_tenant(&new).await.expect("a tenant");
        tx.commit().await.expect("a commit");
        app.live.refresh(&app.store).await.expect("the gate's memory");
        Panel { id, subdomain: subdomain.to_owned() }
    }

    /// A panel that is paid for and up, its first cycle untouched.
    pub async fn active_panel(&self, owner: &Persona, subdomain: &str, terms: Terms) -> Panel {
        let panel = self.panel(owner, subdomain, terms).await;
        self.pay(owner, &panel, &format!("first-of-{subdomain}")).await;
        self.set_up().await;
        assert_eq!(owner.status(&panel).await["panel"]["status"], "active");
        panel
    }

    /// A panel that has used up what was paid.
    pub async fn expired_panel(&self, owner: &Persona, subdomain: &str) -> Panel {
        let panel = self.active_panel(owner, subdomain, Terms { included_hours: 1, ..terms() }).await;
        self.pass_hours(2).await;
        assert_eq!(owner.status(&panel).await["panel"]["reason"], "billing_expired");
        panel
    }

    /// Opens a payment; gives its id.
    pub async fn checkout(&self, payer: &Persona, panel: &Panel, key: &str) -> String {
        let checkout = payer.checkout(panel, key).await.ok(201);
        checkout["payment_id"].as_str().expect("a payment").to_owned()
    }

    /// Our name for a payment at the gateway.
    pub async fn tran_id(&self, payment_id: &str) -> String {
        let id: PaymentId = payment_id.parse().expect("a payment's id");
        self.app.store.payment(id).await.expect("an answer").expect("a payment").tran_id
    }

    /// The payer acts on the gateway's page; gives what their browser posts on its way back.
    pub async fn act(&self, payment_id: &str, action: Action) -> Return {
        let tran_id = self.tran_id(payment_id).await;
        let back = self.gateway.act(&tran_id, action).await;
        back.unwrap_or_else(|| panic!("{tran_id} has no open page at the gateway"))
    }

    /// Opens a payment and pays; the gateway reports, and the worker does what follows. Gives the payment's id.
    pub async fn pay(&self, payer: &Persona, panel: &Panel, key: &str) -> String {
        let payment_id = self.checkout(payer, panel, key).await;
        self.act(&payment_id, Action::Pay).await;
        self.work().await;
        payment_id
    }

    /// What the gate says of a panel: its HTTP status, and the state that it names.
    pub async fn gate(&self, panel: &Panel) -> (u16, String) {
        let answer = self.nobody().get(&format!("/gate?panel={}", panel.subdomain)).await;
        (answer.status, answer.header("x-panel-state").unwrap_or_default().to_owned())
    }

    /// What a visitor of the panel gets.
    pub async fn visit(&self, panel: &Panel) -> u16 {
        let visitor = self.nobody().at(self.front.url());
        let host = format!("{}.localhost", panel.subdomain);
        visitor.send(visitor.request(reqwest::Method::GET, "/web/login").header("host", host)).await.status
    }

    /// How much a panel's present cycle has used.
    pub async fn used(&self, owner: &Persona, panel: &Panel) -> i64 {
        owner.status(panel).await["billing"]["cycle"]["used_seconds"].as_i64().expect("a cycle")
    }

    /// What happened to a panel, oldest first: `what from to why`.
    pub async fn history(&self, owner: &Persona, panel: &Panel) -> Vec<String> {
        let page = owner.get(&panel.path("history?limit=100")).await.ok(200);
        let word = |row: &Value, name: &str| row[name].as_str().unwrap_or("-").to_owned();
        let row = |row: &Value| ["what", "from", "to", "why"].map(|name| word(row, name)).join(" ");
        page["items"].as_array().expect("items").iter().rev().map(row).collect()
    }

    /// What no story may end without: every journal sums to zero, and so does the whole.
    pub async fn assert_balanced(&self) {
        let uneven = "SELECT journal_id FROM ledger_entries GROUP BY journal_id HAVING SUM(amount_minor) <> 0";
        assert_eq!(self.database.rows(uneven).await, Vec::<Value>::new());
    }
}
