//! Everything that a page can show, on one stage: a panel in each state, a payment of each outcome, and the people who look.
//!
//! It knows no page. The names of the people are those that `tests/face/world.mjs` knows.

use crate::panels::{Panel, Terms, terms};
use crate::persona::{PASSWORD, Persona};
use crate::stage::Stage;
use reqwest::Method;
use sandbox::gateway::{Action, Faults};
use serde_json::{Value, json};
use shared::money::{Currency, Money};
use shared::time::HOUR;

const OWNER: &str = "rahim@example.com";
const EMPTY: &str = "karim@example.com";
const VIEWER: &str = "nadia@example.com";
const ASKED: &str = "salma@example.com";
const OPERATOR: &str = "operator@example.com";
/// So long the panels run: what uses 42 hours is then low, what uses 31 is nearly out.
const RUN_HOURS: i64 = 30;

fn hours(included_hours: u32) -> Terms {
    Terms { included_hours, ..terms() }
}

/// What a customer can choose from.
fn sold() -> [(&'static str, Terms); 2] {
    [("Standard", hours(360)), ("Starter", Terms { trial_days: 7, ..hours(120) })]
}

impl Stage {
    /// Brings it about; gives the people, and the links of letters, as the scripts of the pages want them. What is under way stays so: nobody works on.
    pub async fn every_state(&self) -> [Value; 2] {
        self.leaves_work();
        self.nobody().sign_up("Karim and Sons", EMPTY).await.is(201);
        for (name, terms) in sold() {
            self.plan(name, &terms).await;
        }
        self.a_failed_panel().await;
        // What was waited for has ended their first sign-ins.
        let (owner, operator) = (&self.again(OWNER).await, &self.again(OPERATOR).await);
        self.running_panels(owner).await;
        self.odd_panels(owner, operator).await;
        self.payments(owner).await;
        self.credit_note(owner, operator).await;
        self.unfinished_panels(owner).await;
        self.archive_the_rest(operator).await;
        let person = |email: &str| json!({ "email": email, "password": PASSWORD });
        let links = self.links(owner).await;
        let people = json!({
            "owner": person(OWNER), "empty": person(EMPTY), "viewer": person(VIEWER), "operator": person(OPERATOR),
        });
        [people, json!({ "links": links })]
    }

    /// Somebody has joined to look, somebody else was asked to, and somebody has forgotten a password.
    async fn links(&self, owner: &Persona) -> Value {
        for email in [VIEWER, ASKED] {
            owner.post_json("/api/v1/invitations", &json!({ "email": email, "role": "viewer" })).await.is(201);
        }
        let join = |token: String| json!({ "token": token, "name": "Nadia", "password": PASSWORD, "language": "bn" });
        let (nobody, token) = (self.nobody(), self.link_to(VIEWER).await);
        nobody.post_json("/api/v1/invitations/join", &join(token)).await.is(201);
        nobody.post_json("/api/v1/auth/forgot", &json!({ "email": EMPTY })).await.is(202);
        json!({ "join": self.link_to(ASKED).await, "reset": self.link_to(EMPTY).await })
    }

    /// One that its host never brought up.
    async fn a_failed_panel(&self) {
        let owner = self.owner().await;
        let panel = self.panel(owner, "halda", terms()).await;
        self.pay(owner, &panel, "first-of-halda").await;
        self.wait(HOUR / 4);
        self.work().await;
        let again = self.again(OWNER).await;
        assert_eq!(again.status(&panel).await["panel"]["status"], "failed");
    }

    /// Those that hours make different.
    async fn running_panels(&self, owner: &Persona) {
        for (subdomain, included) in [("padma", 200), ("meghna", 42), ("jamuna", 31)] {
            self.active_panel(owner, subdomain, hours(included)).await;
        }
        let trial = self.panel(owner, "titas", Terms { trial_days: 7, ..hours(200) }).await;
        owner.post(&trial.path("trial")).await.is(200);
        self.work().await;
        self.set_up().await;
        let grace = self.active_panel(owner, "gorai", Terms { grace_hours: 72, ..hours(1) }).await;
        let expired = self.active_panel(owner, "surma", hours(1)).await;
        self.pass_hours(RUN_HOURS).await;
        assert_eq!(owner.status(&trial).await["billing"]["state"], "trial");
        assert_eq!(owner.status(&grace).await["billing"]["state"], "grace");
        assert_eq!(owner.status(&expired).await["panel"]["reason"], "billing_expired");
    }

    /// Those that somebody closed or removed.
    async fn odd_panels(&self, owner: &Persona, operator: &Persona) {
        let stopped = self.active_panel(owner, "turag", terms()).await;
        owner.post(&stopped.path("stop")).await.is(200);
        let closed = self.active_panel(owner, "teesta", terms()).await;
        let words = json!({ "message": "Please send us your trade licence." });
        operator.post_json(&closed.path("suspend"), &words).await.is(200);
        let deleted = self.active_panel(owner, "karnaphuli", terms()).await;
        self.delete(owner, &deleted).await;
        self.work().await;
        assert_eq!(owner.status(&deleted).await["panel"]["status"], "deleted");
    }

    async fn delete(&self, owner: &Persona, panel: &Panel) {
        owner.post_json(&panel.path("delete"), &json!({ "subdomain": panel.subdomain })).await.is(200);
    }

    /// One payment of each outcome.
    async fn payments(&self, owner: &Persona) {
        // So cheap that the credit which comes of it leaves something to pay.
        let cheap = Terms { price: Money::new(1_000, Currency::Bdt), ..terms() };
        let panel = self.panel(owner, "bangshi", cheap).await;
        for (key, action) in [("no", Action::Decline), ("back", Action::Cancel), ("late", Action::Expire)] {
            let payment = self.checkout(owner, &panel, key).await;
            self.act(&payment, action).await;
            self.work().await;
        }
        // Two pages were open, and both were paid: the second is credit.
        let twice = [self.checkout(owner, &panel, "one").await, self.checkout(owner, &panel, "two").await];
        for payment in &twice {
            self.act(payment, Action::Pay).await;
        }
        self.work().await;
        self.set_up().await;
        for (subdomain, faults) in [
            ("dhaleshwari", Faults { risky: true, ..Faults::default() }),
            ("kushiyara", Faults { charged_amount: Some("10.00".to_owned()), ..Faults::default() }),
        ] {
            let panel = self.panel(owner, subdomain, terms()).await;
            let payment = self.checkout(owner, &panel, &format!("odd-{subdomain}")).await;
            self.gateway.set_faults(faults);
            self.act(&payment, Action::Pay).await;
            self.gateway.set_faults(Faults::default());
            self.work().await;
        }
    }

    async fn credit_note(&self, owner: &Persona, operator: &Persona) {
        let invoices = owner.get("/api/v1/invoices").await.ok(200);
        let id = invoices["items"][0]["invoice_id"].as_str().expect("an invoice").to_owned();
        let body = json!({ "lines": [{ "position": 1, "gross_minor": 500 }], "reason": "Down for a day" });
        operator.post_keyed(&format!("/api/v1/invoices/{id}/credit-notes"), "note", &body).await.is(201);
        self.work().await;
    }

    /// Each panel came with a plan of its own: nobody is offered those.
    async fn archive_the_rest(&self, operator: &Persona) {
        let plans = operator.get("/api/v1/plans?limit=100").await.ok(200);
        let kept = sold().map(|(name, _)| name);
        for plan in plans["items"].as_array().expect("plans") {
            if !kept.contains(&plan["name"].as_str().expect("a name")) {
                let id = plan["id"].as_str().expect("an id");
                operator.post(&format!("/api/v1/plans/{id}/archive")).await.is(200);
            }
        }
    }

    /// Those that are on their way from one state to another.
    async fn unfinished_panels(&self, owner: &Persona) {
        let opening = self.active_panel(owner, "sangu", terms()).await;
        let deleting = self.active_panel(owner, "matamuhuri", terms()).await;
        let creating = self.panel(owner, "feni", terms()).await;
        self.pay(owner, &creating, "first-of-feni").await;
        for act in ["stop", "start"] {
            owner.send(owner.request(Method::POST, &opening.path(act))).await.is(200);
        }
        self.delete(owner, &deleting).await;
        let pending = self.panel(owner, "muhuri", terms()).await;
        self.checkout(owner, &pending, "open").await;
    }
}
