//! Plans on the stage: putting one on sale, and ordering a panel on it.

use crate::panels::{Panel, Terms};
use crate::persona::Persona;
use crate::stage::Stage;
use hourglass::flow::FlowError;
use hourglass::flow::tenants::create_tenant::{PanelOrder, create_tenant};
use serde_json::{Value, json};

/// One plan.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl Plan {
    /// An address under the plan's own.
    #[must_use]
    pub fn path(&self, what: &str) -> String {
        format!("/api/v1/plans/{}/{what}", self.id)
    }
}

impl Stage {
    /// Drafts a plan.
    pub async fn draft_plan(&self, name: &str, terms: &Terms) -> Plan {
        let body = json!({ "name": name, "terms": terms });
        let plan = self.operator().await.post_json("/api/v1/plans", &body).await.ok(201);
        Plan { id: plan["id"].as_str().expect("an id").to_owned(), name: name.to_owned() }
    }

    /// Puts a plan on sale.
    pub async fn plan(&self, name: &str, terms: &Terms) -> Plan {
        let plan = self.draft_plan(name, terms).await;
        self.publish(&plan, 1).await;
        plan
    }

    /// Puts the next version of a plan on sale; gives its id.
    pub async fn next_version(&self, plan: &Plan, number: u32, terms: &Terms) -> String {
        let draft = self.operator().await.post_json(&plan.path("versions"), &json!({ "terms": terms })).await.ok(201);
        assert_eq!(draft["versions"].as_array().and_then(|all| all.last()).expect("a version")["number"], number);
        self.publish(plan, number).await
    }

    async fn publish(&self, plan: &Plan, number: u32) -> String {
        let published = self.operator().await.post(&plan.path(&format!("versions/{number}/publish"))).await.ok(200);
        let versions = published["versions"].as_array().expect("versions");
        let version = versions.iter().find(|version| version["number"] == number).expect("the version");
        version["id"].as_str().expect("an id").to_owned()
    }

    /// A plan as the operator sees it.
    pub async fn plan_detail(&self, plan: &Plan) -> Value {
        self.operator().await.get(&format!("/api/v1/plans/{}", plan.id)).await.ok(200)
    }

    /// Orders a panel on what is sold under a plan's name, as the operator does.
    pub async fn order_panel(&self, owner: &Persona, subdomain: &str, plan: &Plan) -> Result<Panel, FlowError> {
        let me = owner.get("/api/v1/me").await.ok(200);
        let order = PanelOrder {
            owner_email: me["email"].as_str().expect("an address"),
            name: &format!("Panel {subdomain}"),
            subdomain,
            plan: &plan.name,
        };
        let id = create_tenant(&self.app.store, &*self.app.ids, &*self.clock, order).await?;
        self.app.live.refresh(&self.app.store).await.expect("the gate's memory");
        Ok(Panel { id, subdomain: subdomain.to_owned() })
    }
}
