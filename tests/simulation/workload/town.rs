//! The people of the whole-application simulation: customers with panels, an operator, a stranger; and the post between
//! the gateway and the application.

use super::asks::{Ask, Hand, Turn};
use super::plans::plan;
use crate::seed::Chance;
use crate::world::gateway::{Act, Fields, PretendGateway, forged};
use crate::world::process::{InHand, Outside};
use hourglass::app::App;
use hourglass::flow::auth::Caller;
use hourglass::flow::payments::receive_notice::Via;
use hourglass::flow::tenants::create_plan::{NewPlan, create_plan};
use hourglass::flow::tenants::create_tenant::{PanelOrder, create_tenant};
use hourglass::port::ids::Ids as _;
use hourglass::store::{AccountRecord, UserRecord};
use shared::api::auth::{Language, Role};
use shared::billing::settlement::GatewayRecord;
use shared::ids::{AccountId, TenantId, UserId};
use std::collections::VecDeque;

/// One panel and who pays for it.
#[derive(Debug, Clone)]
pub(crate) struct Household {
    /// The panel.
    pub(crate) tenant: TenantId,
    owner: Caller,
}

/// Everybody.
pub(crate) struct Town {
    /// The panels.
    pub(crate) households: Vec<Household>,
    operator: Caller,
    stranger: Caller,
    /// Notices that the gateway still means to post.
    pub(crate) to_post: VecDeque<Fields>,
    /// Notices that were posted and answered.
    pub(crate) posted: Vec<Fields>,
    last_checkout: Option<Ask>,
    keys: u64,
}

impl Town {
    /// Settles everybody in.
    pub(crate) async fn settle(chance: &mut Chance, app: &App, outside: &Outside) -> Self {
        let plans = chance.within(1..=4);
        for number in 0..plans {
            let name = format!("plan {number}");
            let new = NewPlan { name: &name, terms: plan(chance), users_max: None, storage_bytes_max: None };
            create_plan(&app.store, &*outside.ids, new).await.expect("a plan");
        }
        let operator = person(app, outside, "operator@example.com", Role::Operator).await;
        let stranger = person(app, outside, "stranger@example.com", Role::Owner).await;
        let mut households = Vec::new();
        for number in 0..chance.within(2..=7) {
            let email = format!("owner{number}@example.com");
            let owner = person(app, outside, &email, Role::Owner).await;
            let plan = format!("plan {}", chance.within(0..=plans - 1));
            let subdomain = format!("panel{number}");
            let order = PanelOrder { owner_email: &email, name: &subdomain, subdomain: &subdomain, plan: &plan };
            let tenant = create_tenant(&app.store, &*outside.ids, &*app.clock, order).await.expect("a panel");
            households.push(Household { tenant, owner });
        }
        let (to_post, posted) = (VecDeque::new(), Vec::new());
        Self { households, operator, stranger, to_post, posted, last_checkout: None, keys: 0 }
    }

    /// The request of a turn, if it is one and there is something to ask.
    pub(crate) fn ask(
        &mut self,
        chance: &mut Chance,
        turn: Turn,
        in_hand: &mut InHand,
        outside: &Outside,
    ) -> Option<Ask> {
        let Household { tenant, owner } = self.households[chance.below(self.households.len())].clone();
        Some(match turn {
            Turn::Checkout => {
                self.keys += 1;
                let ask = Ask::Checkout { caller: owner, tenant, key: format!("key {}", self.keys) };
                self.last_checkout = Some(ask.clone());
                ask
            }
            Turn::CheckoutAgain => self.last_checkout.clone()?,
            Turn::Notice => {
                let oldest = chance.percent(60);
                let fields = if oldest { self.to_post.pop_front() } else { self.to_post.pop_back() };
                Ask::Notice { fields: fields?, via: Via::Ipn }
            }
            Turn::NoticeAgain => {
                let at = self.posted.len().checked_sub(1)?.saturating_sub(chance.below(4));
                Ask::Notice { fields: self.posted[at].clone(), via: chance.one_of(&[Via::Ipn, Via::Return]) }
            }
            Turn::Forge => {
                Ask::Notice { fields: forged(&self.open_session(chance, &outside.gateway)?), via: Via::Return }
            }
            Turn::Operate => {
                let hand =
                    chance.one_of(&[Hand::Stop, Hand::Start, Hand::Start, Hand::Retry, Hand::Suspend, Hand::Resume]);
                let caller = if matches!(hand, Hand::Suspend | Hand::Resume) { self.operator } else { owner };
                Ask::Operate { caller, tenant, hand }
            }
            Turn::Stranger => Ask::Operate { caller: self.stranger, tenant, hand: Hand::Stop },
            Turn::Status => Ask::Status { caller: owner, tenant },
            Turn::ClaimTenants => Ask::ClaimTenants,
            // A worker that lost its lease looks as well as the one that has it now.
            Turn::Observe => in_hand.next(turn).unwrap_or(Ask::Observe(tenant)),
            Turn::ClaimPayments => Ask::ClaimPayments,
            Turn::ClaimPromises => Ask::ClaimPromises,
            Turn::Confirm | Turn::Deliver => in_hand.next(turn)?,
            Turn::Forget => Ask::Forget,
            Turn::Pay | Turn::LoseNotice | Turn::Host | Turn::Weather | Turn::Billing | Turn::Wall | Turn::Restart => {
                return None;
            }
        })
    }

    /// A customer acts on the gateway's page, mostly on one of the last that were opened.
    pub(crate) fn pay(&mut self, chance: &mut Chance, gateway: &PretendGateway) -> Option<(String, Act)> {
        let tran_id = self.open_session(chance, gateway)?;
        let session = gateway.truth().sessions.get(&tran_id)?.clone();
        // A session is over once it is paid; now and then somebody pays twice all the same. Plainly both times: what is to
        // become of a second charge beside one that is risky or short is not decided.
        let twice = session.charges().count() == 1 && session.charges().all(is_plain) && chance.percent(10);
        if session.charges().next().is_some() && !twice {
            return None;
        }
        const ACTS: &[(u32, Act)] = &[
            (60, Act::Pay),
            (6, Act::PayOddly),
            (6, Act::PayLess),
            (10, Act::Fail),
            (10, Act::TurnBack),
            (5, Act::Wait),
        ];
        let act = if twice { Act::Pay } else { chance.weighed(ACTS) };
        self.to_post.push_back(gateway.act(&tran_id, act)?);
        Some((tran_id, act))
    }

    /// A notice was posted. The gateway posts it again until it is answered.
    pub(crate) fn answered(&mut self, fields: &Fields, well: bool) {
        if !well {
            self.to_post.push_back(fields.clone());
        } else if !self.posted.contains(fields) {
            self.posted.push(fields.clone());
        }
    }

    fn open_session(&self, chance: &mut Chance, gateway: &PretendGateway) -> Option<String> {
        let truth = gateway.truth();
        let back = chance.below(3);
        truth.sessions.keys().rev().nth(back).or_else(|| truth.sessions.keys().next_back()).cloned()
    }
}

fn is_plain(charge: &GatewayRecord) -> bool {
    !charge.risky && charge.charged == charge.requested
}

async fn person(app: &App, outside: &Outside, email: &str, role: Role) -> Caller {
    let now = app.wall.now();
    let tx = app.store.begin().await.expect("a transaction");
    let account_id = (role != Role::Operator).then(|| AccountId::new(outside.ids.uuid()));
    if let Some(id) = account_id {
        let account = AccountRecord { id, name: email.to_owned(), language: Language::En, created_at: now };
        tx.insert_account(&account).await.expect("an account");
    }
    let user = UserRecord {
        id: UserId::new(outside.ids.uuid()),
        account_id,
        email: email.to_owned(),
        name: email.to_owned(),
        password_hash: String::new(),
        role,
        language: Language::En,
        created_at: now,
    };
    assert!(tx.insert_user(&user).await.expect("a person"));
    tx.commit().await.expect("a commit");
    Caller { user_id: user.id, role, account_id }
}
