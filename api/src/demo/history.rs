//! Four weeks of made-up history, lived through and not written down: customers sign up, pay at the sandbox gateway, and
//! use their panels by day; every figure on the page was counted by the same code that counts in production.

use super::people::{CUSTOMERS, OPERATOR_EMAIL, PASSWORD, Plan};
use super::setup::STUBBORN;
use crate::adapter::fast_clock::FastClock;
use crate::adapter::system::{SystemClock, SystemIds};
use crate::app::App;
use crate::compose::StartError;
use crate::flow::FlowError;
use crate::flow::auth::create_operator::{NewOperator, create_operator};
use crate::flow::auth::{Caller, sign_up::sign_up};
use crate::flow::payments::checkout::{Buy, checkout};
use crate::flow::tenants::create_plan::{NewPlan, create_plan};
use crate::flow::tenants::create_tenant::{PanelOrder, create_tenant};
use crate::flow::tenants::{stop, suspend};
use crate::port::clock::Clock as _;
use crate::worker::turn;
use sandbox::gateway::{Action, Gateway};
use sandbox::odoo::{Fault, Odoo, PanelState};
use shared::api::auth::{Language, Role, SignUp};
use shared::ids::TenantId;
use shared::time::{DAY, HOUR, Timestamp};
use std::collections::HashMap;

/// How far back it begins.
const HISTORY_HOURS: i64 = 28 * 24;
/// One look a stride; panels open and close at stride bounds.
const STRIDE_HOURS: i64 = 2;
/// How long a host that is not asked to dawdle takes to set a panel up.
const SETUP_SECONDS: u32 = 6;

/// How a made-up panel came to be what it is.
struct Story {
    customer: usize,
    name: &'static str,
    subdomain: &'static str,
    plan: Plan,
    /// When it was paid for, in hours before the present; `None` is never.
    paid_hours_ago: Option<i64>,
    /// From which hour of the day (Dhaka) it is used, and for how long; `None`: its host never brings it up.
    used: Option<(i64, i64)>,
    ending: Ending,
}

/// What happens to it at the end.
#[derive(PartialEq, Eq)]
enum Ending {
    None,
    StoppedByCustomer,
    SuspendedByOperator(&'static str),
}

const STORIES: [Story; 10] = [
    story(0, "Rahman Traders", "rahman", Plan::Standard, Some(17 * 24), Some((10, 8)), Ending::None),
    story(0, "Chawkbazar Shop", "chawkbazar", Plan::Standard, Some(24 * 24), Some((8, 10)), Ending::None),
    story(0, "Uttara Warehouse", "uttara", Plan::Standard, Some(27 * 24), Some((0, 24)), Ending::None),
    story(0, "Padma Agro", "padma", Plan::Starter, Some(6 * 24), Some((0, 24)), Ending::None),
    story(0, "Jamuna Clinic", "jamuna", Plan::Sprint, Some(9 * 24), Some((8, 14)), Ending::None),
    story(0, "Surma Retail", "surma", Plan::Standard, None, None, Ending::None),
    story(1, "Meghna Textiles", "meghna", Plan::Standard, Some(10 * 24), Some((8, 12)), Ending::None),
    story(1, "Karnaphuli Lab", "karnaphuli", Plan::Standard, Some(12 * 24), Some((9, 6)), Ending::StoppedByCustomer),
    story(
        1,
        "Teesta Foods",
        "teesta",
        Plan::Standard,
        Some(14 * 24),
        Some((9, 10)),
        Ending::SuspendedByOperator("Please send us your trade licence; the panel opens again the same day."),
    ),
    story(1, "Halda Fisheries", "halda", Plan::Starter, Some(24), None, Ending::None),
];

const fn story(
    customer: usize,
    name: &'static str,
    subdomain: &'static str,
    plan: Plan,
    paid_hours_ago: Option<i64>,
    used: Option<(i64, i64)>,
    ending: Ending,
) -> Story {
    Story { customer, name, subdomain, plan, paid_hours_ago, used, ending }
}

/// A panel that is paid for in the last moment, and whose host takes its time.
const LATE: Story = story(1, "Sangu Crafts", "sangu", Plan::Starter, Some(0), None, Ending::None);

/// The instant at which history begins, if `present` is now.
pub(super) fn beginning(present: Timestamp) -> Timestamp {
    present.plus(-HISTORY_HOURS * HOUR)
}

/// Lives from the clock's beginning to `present`.
pub(super) async fn live_through(
    app: &App,
    clock: &FastClock,
    gateway: &Gateway,
    odoo: &Odoo,
    present: Timestamp,
) -> Result<(), StartError> {
    tracing::info!("the first start lives through four weeks of history: this takes a moment");
    let cast = Cast::gather(app).await?;
    let strides = HISTORY_HOURS / STRIDE_HOURS;
    for stride in 0..strides {
        let hours_ago = HISTORY_HOURS - stride * STRIDE_HOURS;
        for story in STORIES.iter().filter(|story| story.paid_hours_ago == Some(hours_ago)) {
            cast.pay(app, clock, gateway, odoo, story).await?;
        }
        open_and_close(odoo, clock.now(), hours_ago);
        clock.advance(u32::try_from(STRIDE_HOURS * HOUR).unwrap_or(0));
        settle_down(app).await;
        if stride % (strides / 4) == 0 {
            tracing::info!("history: {} days to go", hours_ago / 24);
        }
    }
    for story in &STORIES {
        cast.end(app, story).await?;
    }
    cast.pay(app, clock, gateway, odoo, &LATE).await?;
    let left = present.seconds_since(clock.now()).clamp(0, DAY);
    clock.advance(u32::try_from(left).unwrap_or(0));
    settle_down(app).await;
    Ok(())
}

/// Works until nothing is due.
async fn settle_down(app: &App) {
    for number in 1..100 {
        if turn(app, number).await.due == 0 {
            return;
        }
    }
}

/// Panels that are set up are up in their hours of the day, Dhaka time.
fn open_and_close(odoo: &Odoo, now: Timestamp, hours_ago: i64) {
    let hour = (now.unix() + 6 * HOUR) % DAY / HOUR;
    for story in STORIES.iter().filter(|story| story.paid_hours_ago >= Some(hours_ago)) {
        if let Some((from, length)) = story.used {
            let is_open = (hour - from).rem_euclid(24) < length;
            odoo.set_panel(story.subdomain, if is_open { PanelState::Up } else { PanelState::Missing });
        }
    }
}

/// Everybody who takes part.
struct Cast {
    owners: Vec<Caller>,
    operator: Caller,
    tenants: HashMap<&'static str, TenantId>,
}

impl Cast {
    async fn gather(app: &App) -> Result<Self, StartError> {
        let new = NewOperator { name: "Operator", email: OPERATOR_EMAIL, password: PASSWORD };
        let operator = create_operator(&app.store, &SystemIds::default(), &SystemClock::default(), new).await?;
        let mut owners = Vec::new();
        for customer in &CUSTOMERS {
            let request = SignUp {
                name: customer.name.to_owned(),
                email: customer.email.to_owned(),
                password: PASSWORD.to_owned(),
                language: Language::En,
            };
            let me = sign_up(app, &request, "").await?.session.me;
            owners.push(Caller { user_id: me.user_id, role: me.role, account_id: me.account_id, session_id: None });
        }
        let operator = Caller { user_id: operator, role: Role::Operator, account_id: None, session_id: None };
        let mut cast = Self { owners, operator, tenants: HashMap::new() };
        cast.order_panels(app).await?;
        Ok(cast)
    }

    async fn order_panels(&mut self, app: &App) -> Result<(), StartError> {
        let (store, ids) = (&app.store, &*app.ids);
        for plan in Plan::ALL {
            create_plan(store, ids, &*app.clock, NewPlan { name: plan.name(), terms: plan.terms() }).await?;
        }
        for story in STORIES.iter().chain([&LATE]) {
            let Some(owner) = CUSTOMERS.get(story.customer) else { continue };
            let (name, subdomain, plan) = (story.name, story.subdomain, story.plan.name());
            let order = PanelOrder { owner_email: owner.email, name, subdomain, plan };
            let id = create_tenant(store, ids, &*app.clock, order).await?;
            self.tenants.insert(story.subdomain, id);
        }
        Ok(())
    }

    /// The customer pays, and the gateway reports. A panel that is used at all is then set up at its host.
    async fn pay(
        &self,
        app: &App,
        clock: &FastClock,
        gateway: &Gateway,
        odoo: &Odoo,
        story: &Story,
    ) -> Result<(), StartError> {
        let (Some(owner), Some(id)) = (self.owners.get(story.customer), self.tenants.get(story.subdomain)) else {
            return Ok(());
        };
        let checkout = checkout(app, owner, *id, &Buy::NextCycle, &format!("demo-{}", story.subdomain)).await?;
        let payment = app.store.payment(checkout.payment_id).await?.ok_or(FlowError::NotFound)?;
        gateway.act(&payment.tran_id, Action::Pay).await;
        match (story.used, story.subdomain) {
            (None, STUBBORN) => odoo.set_panel(STUBBORN, PanelState::Up),
            // It takes its time: so often the host does not answer.
            (None, _) => odoo.fault(Fault::HangUp { call: "db.duplicate_database".to_owned(), times: Some(4) }),
            (Some(_), _) => {}
        }
        // Long enough for the worker to look at a panel that is being set up.
        clock.advance(SETUP_SECONDS);
        settle_down(app).await;
        Ok(())
    }

    async fn end(&self, app: &App, story: &Story) -> Result<(), StartError> {
        let (Some(owner), Some(id)) = (self.owners.get(story.customer), self.tenants.get(story.subdomain)) else {
            return Ok(());
        };
        match story.ending {
            Ending::None => {}
            Ending::StoppedByCustomer => drop(stop::stop(app, owner, *id).await?),
            Ending::SuspendedByOperator(message) => {
                drop(suspend::suspend(app, &self.operator, *id, message).await?);
            }
        }
        Ok(())
    }
}
