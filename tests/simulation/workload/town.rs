//! The people of the whole-application simulation: customers with panels, an operator, a stranger; and the post between
//! the gateway and the application.

use super::asks::{Ask, Hand, Turn};
use super::desk::Desk;
use super::plans::{dearer, plan};
use crate::seed::Chance;
use crate::world::gateway::{Act, Fields, PretendGateway, forged};
use crate::world::host::{Data, Held};
use crate::world::process::{InHand, Outside};
use hourglass::app::App;
use hourglass::flow::auth::Caller;
use hourglass::flow::payments::receive_notice::Via;
use hourglass::flow::servers::ensure::{NamedServer, ensure};
use hourglass::flow::tenants::create_plan::{NewPlan, create_plan};
use hourglass::flow::tenants::create_tenant::{PanelOrder, create_tenant};
use hourglass::port::host::ServerSecrets;
use hourglass::port::ids::Ids as _;
use hourglass::store::{AccountRecord, UserRecord};
use shared::api::auth::{Language, Role};
use shared::api::plans::{ChangePlan, When};
use shared::api::servers::Adopt;
use shared::api::usage::NewCorrection;
use shared::billing::usage::Seen;
use shared::civil::Zone;
use shared::ids::{AccountId, PlanId, TenantId, UserId};
use shared::time::Timestamp;
use std::collections::VecDeque;
use std::sync::atomic::Ordering;

/// One panel and who pays for it.
#[derive(Debug, Clone)]
pub(crate) struct Household {
    /// The panel.
    pub(crate) tenant: TenantId,
    /// The first label of its address.
    pub(crate) subdomain: String,
    owner: Caller,
    /// With which its owner signs in.
    email: String,
    /// The dearer plan beside its own.
    better: PlanId,
}

/// Databases that are at the server before anybody's panel is.
const FOUND: [&str; 2] = ["found0", "found1"];

/// What is done to panels by hand, and how often.
const HANDS: &[(u32, Hand)] = &[
    (3, Hand::Stop),
    (4, Hand::Start),
    (2, Hand::Retry),
    (2, Hand::Suspend),
    (2, Hand::Resume),
    (2, Hand::Try),
    (2, Hand::Cancel),
    (2, Hand::Keep),
];

/// Everybody.
pub(crate) struct Town {
    /// The panels.
    pub(crate) households: Vec<Household>,
    plans: Vec<PlanId>,
    /// Who runs it.
    pub(crate) operator: Caller,
    stranger: Caller,
    /// Notices that the gateway still means to post.
    pub(crate) to_post: VecDeque<Fields>,
    /// Notices that were posted and answered.
    pub(crate) posted: Vec<Fields>,
    /// What the operator saw last.
    pub(crate) desk: Desk,
    last_checkout: Option<Ask>,
    keys: u64,
}

impl Town {
    /// Settles everybody in.
    pub(crate) async fn settle(chance: &mut Chance, app: &App, outside: &Outside) -> Self {
        let server = NamedServer {
            url: "http://odoo.example.com".parse().expect("an address"),
            template: "template".to_owned(),
            files_folder: None,
            secrets: ServerSecrets::default(),
        };
        ensure(app, &server).await.expect("a server");
        let found = FOUND.map(|name| (name.to_owned(), Held::new(Data { of: name.to_owned(), work: 0 })));
        outside.host.truth().databases.extend(found);
        let mut plans = Vec::new();
        let pairs = chance.within(1..=3);
        for number in 0..pairs {
            let terms = plan(chance);
            let better = dearer(chance, &terms);
            for (name, terms) in [(format!("plan {number}"), terms), (format!("better plan {number}"), better)] {
                let new = NewPlan { name: &name, terms };
                plans.push(create_plan(&app.store, &*outside.ids, &*app.clock, new).await.expect("a plan"));
            }
        }
        let operator = person(app, outside, "operator@example.com", Role::Operator).await;
        let stranger = person(app, outside, "stranger@example.com", Role::Owner).await;
        let (mut households, mut last_email) = (Vec::new(), String::new());
        for number in 0..chance.within(2..=7) {
            let email = format!("owner{number}@example.com");
            // Now and then somebody has two panels, and one account's credit pays for both.
            let shared = households.last().filter(|_| chance.percent(30)).map(|it: &Household| it.owner);
            let owner = match shared {
                Some(owner) => owner,
                None => person(app, outside, &email, Role::Owner).await,
            };
            let email = if shared.is_some() { last_email.clone() } else { email };
            last_email.clone_from(&email);
            let pair = chance.below(plans.len() / 2);
            let (plan, better) = (format!("plan {pair}"), plans[2 * pair + 1]);
            let subdomain = format!("panel{number}");
            let order = PanelOrder { owner_email: &email, name: &subdomain, subdomain: &subdomain, plan: &plan };
            let tenant = create_tenant(&app.store, &*outside.ids, &*app.clock, order).await.expect("a panel");
            households.push(Household { tenant, subdomain, owner, email, better });
        }
        // A new panel may not come up at once.
        let late = households.iter().filter(|_| chance.percent(40)).map(|it| it.subdomain.clone());
        outside.host.truth().down.extend(late);
        let (to_post, posted) = (VecDeque::new(), Vec::new());
        let desk = Desk::default();
        Self { households, plans, operator, stranger, to_post, posted, desk, last_checkout: None, keys: 0 }
    }

    /// The request of a turn, if it is one and there is something to ask.
    pub(crate) fn ask(
        &mut self,
        chance: &mut Chance,
        turn: Turn,
        in_hand: &mut InHand,
        outside: &Outside,
    ) -> Option<Ask> {
        let Household { tenant, subdomain, owner, email, better } =
            self.households[chance.below(self.households.len())].clone();
        Some(match turn {
            // Who has not paid yet may try first.
            Turn::Checkout if self.keys < 12 && chance.percent(40) => {
                Ask::Operate { caller: owner, tenant, hand: Hand::Try }
            }
            Turn::Checkout => {
                let ask = Ask::Checkout { caller: owner, tenant, key: self.key() };
                self.last_checkout = Some(ask.clone());
                ask
            }
            Turn::CheckoutAgain => self.again(chance)?,
            Turn::ChangePlan => {
                let when = chance.one_of(&[When::Now, When::Now, When::Now, When::NextCycle]);
                // Mostly to the better one of its own two.
                let plan_id = if chance.percent(80) { better } else { chance.one_of(&self.plans) };
                let change = ChangePlan { plan_id, when };
                let ask = Ask::ChangePlan { caller: owner, tenant, change, key: self.key() };
                self.last_checkout = Some(ask.clone());
                ask
            }
            Turn::Correct | Turn::CreditNote | Turn::MoveClock => self.operate(chance, turn, tenant, owner, outside)?,
            Turn::Accept | Turn::Refund | Turn::Resolve => {
                let key = self.key();
                self.desk.ask(chance, turn, self.operator, key)?
            }
            Turn::CompareNow => Ask::CompareNow { caller: self.operator },
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
                let hand = chance.weighed(HANDS);
                let caller = if matches!(hand, Hand::Suspend | Hand::Resume) { self.operator } else { owner };
                Ask::Operate { caller, tenant, hand }
            }
            Turn::BackUp => Ask::BackUp { caller: owner, tenant, key: self.key() },
            Turn::Restore => Ask::Restore { caller: owner, tenant, subdomain, nth: chance.below(20), key: self.key() },
            // Most people stay.
            Turn::Remove if chance.percent(30) => Ask::Remove { caller: owner, tenant, subdomain },
            Turn::Remove => return None,
            Turn::Adopt => self.adopt(chance, email),
            Turn::Order => Ask::Order { owner_email: email, subdomain },
            Turn::Stranger => Ask::Operate { caller: self.stranger, tenant, hand: Hand::Stop },
            Turn::Status => Ask::Status { caller: owner, tenant },
            // A worker that lost its lease looks as well as the one that has it now.
            Turn::Observe => in_hand.next(turn).unwrap_or(Ask::Observe(tenant)),
            Turn::Pursue => in_hand.next(turn).or_else(|| self.desk.ask(chance, turn, self.operator, String::new()))?,
            Turn::GoOnWith => in_hand.next(turn).unwrap_or(Ask::ClaimJobs),
            Turn::Confirm | Turn::Deliver => in_hand.next(turn)?,
            _ => worker(turn)?,
        })
    }

    /// The last checkout, the very same once more; or another for the same panel: what is due may have changed meanwhile.
    fn again(&mut self, chance: &mut Chance) -> Option<Ask> {
        if chance.percent(50) {
            let key = self.key();
            return Some(match self.last_checkout.clone()? {
                Ask::Checkout { caller, tenant, .. } => Ask::Checkout { caller, tenant, key },
                Ask::ChangePlan { caller, tenant, change, .. } => Ask::ChangePlan { caller, tenant, change, key },
                other => other,
            });
        }
        self.last_checkout.clone()
    }

    /// What the operator asks for besides laying a hand on a panel.
    fn operate(
        &mut self,
        chance: &mut Chance,
        turn: Turn,
        tenant: TenantId,
        owner: Caller,
        outside: &Outside,
    ) -> Option<Ask> {
        Some(match turn {
            Turn::Correct => {
                let (now, back) = (outside.billing.load(Ordering::SeqCst), chance.within(-50..=20_000));
                let from = Timestamp::from_unix(now - back);
                let length = chance.one_of(&[0, 60, 3_600, 20_000]).min(back.max(1));
                let (to, seen) = (from.plus(length), chance.one_of(&[Seen::Down, Seen::Unknown]));
                let new = NewCorrection { from, to, seen, reason: "it was not up".to_owned() };
                Ask::Correct { caller: self.operator, tenant, new, key: self.key() }
            }
            Turn::CreditNote => {
                let (nth, gross_minor) = (chance.below(20), chance.one_of(&[0, 1, 50, 777, 100_000]));
                Ask::CreditNote { caller: self.operator, nth, gross_minor, key: self.key() }
            }
            Turn::MoveClock => {
                let (account, seconds) = (owner.account_id?, chance.one_of(&[60, 7_200, 86_400, 400_000]));
                Ask::MoveClock { caller: self.operator, account, seconds, key: self.key() }
            }
            _ => return None,
        })
    }

    /// The operator makes a panel of a database that is at the server.
    fn adopt(&self, chance: &mut Chance, owner_email: String) -> Ask {
        let name = chance.one_of(&FOUND).to_owned();
        let new = Adopt { database: name.clone(), name, owner_email, plan: "plan 0".to_owned() };
        Ask::Adopt { caller: self.operator, new }
    }

    /// There is a new panel, and its people do what people do. What had its address before is gone.
    pub(crate) fn move_in(&mut self, tenant: TenantId, email: &str, subdomain: &str) {
        let Some(owner) = self.households.iter().find(|it| it.email == email).cloned() else { return };
        self.households.retain(|it| it.subdomain != subdomain);
        self.households.push(Household { tenant, subdomain: subdomain.to_owned(), ..owner });
    }

    fn key(&mut self) -> String {
        self.keys += 1;
        format!("key {}", self.keys)
    }

    /// A customer acts on the gateway's page, mostly on one of the last that were opened.
    pub(crate) fn pay(&mut self, chance: &mut Chance, gateway: &PretendGateway) -> Option<(String, Act)> {
        let tran_id = self.open_session(chance, gateway)?;
        let session = gateway.truth().sessions.get(&tran_id)?.clone();
        // A session is over once it is paid; now and then somebody pays twice all the same.
        let twice = session.charges().count() <= 2 && chance.percent(25);
        if session.charges().next().is_some() && !twice {
            return None;
        }
        const ACTS: &[(u32, Act)] = &[
            (60, Act::Pay),
            (10, Act::PayOddly),
            (8, Act::PayLess),
            (10, Act::Fail),
            (10, Act::TurnBack),
            (5, Act::Wait),
        ];
        let act = chance.weighed(ACTS);
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
        // Somebody comes back to a page that was left open while credit grew.
        if let Some(dear) = self.desk.dear.last().filter(|_| chance.percent(50)) {
            return Some(dear.clone());
        }
        let truth = gateway.truth();
        let back = chance.below(5);
        truth.sessions.keys().rev().nth(back).or_else(|| truth.sessions.keys().next_back()).cloned()
    }
}

async fn person(app: &App, outside: &Outside, email: &str, role: Role) -> Caller {
    let now = app.wall.now();
    let tx = app.store.begin().await.expect("a transaction");
    let account_id = (role != Role::Operator).then(|| AccountId::new(outside.ids.uuid()));
    if let Some(id) = account_id {
        let account = AccountRecord {
            id,
            name: email.to_owned(),
            language: Language::En,
            created_at: now,
            zone: Zone::default(),
            address: String::new(),
            bin: None,
            clock_ahead_seconds: 0,
        };
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
    Caller { user_id: user.id, role, account_id, session_id: None }
}

/// What a worker does by itself; `None` if it is the world's turn.
const fn worker(turn: Turn) -> Option<Ask> {
    Some(match turn {
        Turn::ClaimTenants => Ask::ClaimTenants,
        Turn::ClaimPayments => Ask::ClaimPayments,
        Turn::ClaimRefunds => Ask::ClaimRefunds,
        Turn::ClaimPromises => Ask::ClaimPromises,
        Turn::ClaimJobs => Ask::ClaimJobs,
        Turn::Copies => Ask::Copies,
        Turn::ExpireOrders => Ask::ExpireOrders,
        Turn::Compare => Ask::Compare,
        Turn::GoOn => Ask::GoOn,
        Turn::Forget => Ask::Forget,
        _ => return None,
    })
}
