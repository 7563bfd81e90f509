//! A customer starts to pay: an order at the server's own price, credit first, and a session at the gateway for the rest.

use super::apply_credit::apply_credit;
use super::book::moved;
use super::look::next_look;
use super::names::tran_id;
use super::order::{renewal_order, upgrade_order};
use super::settle::{By, Sale, settle};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::claim::{claim, keep_answer};
use crate::flow::publish::publish;
use crate::flow::tenants::owned;
use crate::port::gateway::{NewSession, OpenError, OpenedSession};
use crate::store::{AccountRecord, OrderRecord, PaymentRecord, PlanRecord, StoreError, TenantRecord, Tx, UserRecord};
use shared::api::auth::Role;
use shared::api::payments::{Checkout, PaymentState};
use shared::billing::limit::blocks;
use shared::billing::plan_change::{PlanChange, plan_change};
use shared::billing::renewal::{NotRenewable, renewal};
use shared::ids::{PaymentId, TenantId};
use shared::money::Money;
use shared::time::Timestamp;

/// The status under which a checkout is answered, now and when repeated.
const CREATED: u16 = 201;
/// Where the account's credit paid everything, no gateway did.
const CREDIT: &str = "credit";

/// What is bought.
#[derive(Debug, Clone)]
pub enum Buy {
    /// The tenant's next cycle.
    NextCycle,
    /// The rest of its running cycle on this plan.
    Upgrade(Box<PlanRecord>),
}

/// Starts a payment, or goes on with one whose page is still open. With the same `key` the same answer is given again
/// ([`FlowError::Replayed`]); nothing is charged before the customer pays on the gateway's page.
pub async fn checkout(app: &App, caller: &Caller, id: TenantId, buy: &Buy, key: &str) -> Result<Checkout, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    if !matches!(caller.role, Role::Owner | Role::Billing) {
        return Err(FlowError::NotFound);
    }
    let payer = app.store.user(caller.user_id).await?.ok_or(FlowError::SessionEnded)?;
    let account = app.store.account(record.account_id).await?.ok_or(FlowError::NotFound)?;
    let (payment, credit_used) = match Box::pin(begin(app, caller, id, buy, key)).await? {
        Begun::Answered(checkout) => return Ok(checkout),
        Begun::Opening { payment, credit_used } => (payment, credit_used),
    };

    let session = session(app, &record, &account, &payer, &payment, buy);
    let opened = app.gateways.checkout().open_session(&session).await;

    match opened {
        Ok(session) => finish(app, caller, key, (&payment, credit_used), session).await,
        Err(error) => Err(give_up(app, caller, key, *payment, error).await?),
    }
}

/// How far a checkout is before the gateway is asked.
enum Begun {
    /// There is nothing to ask it for.
    Answered(Checkout),
    /// A page is wanted.
    Opening { payment: Box<PaymentRecord>, credit_used: Money },
}

/// Claims the key, and keeps the order and the payment before anybody outside hears of them.
async fn begin(app: &App, caller: &Caller, id: TenantId, buy: &Buy, key: &str) -> Result<Begun, FlowError> {
    let wall_now = app.wall.now();
    let gateway = app.gateways.checkout();
    let tx = app.store.begin().await?;
    let record = owned(tx.tenant(id).await?, caller)?;
    let request = match buy {
        Buy::NextCycle => format!("checkout {id}"),
        Buy::Upgrade(plan) => format!("upgrade {id} {}", plan.id),
    };
    claim(app, &tx, caller, key, &request).await?;
    let now = record.time(app.clock.now());
    let mut order = ordered(app, &tx, &record, buy, now).await?;
    let due = apply_credit(app, &tx, &mut order, gateway, now).await?;
    if due.minor > 0 {
        let lately = wall_now.plus(-app.settings.resume_seconds);
        if let Some(open) = tx.open_page(order.id, lately).await?.filter(|open| open.amount == due) {
            let page = open.page_url.clone().unwrap_or_default();
            return answer(app, tx, caller, key, checkout_of(&open, order.credit, page)).await;
        }
    }
    let payment_id = PaymentId::new(app.ids.uuid());
    let opened = PaymentRecord::opened(payment_id, &order, tran_id(payment_id), now, wall_now);
    if due.minor == 0 {
        let payment = PaymentRecord { gateway: CREDIT.to_owned(), amount: due, ..opened };
        pay_by_credit(app, &tx, record, &order, &payment, now).await?;
        let page = app.settings.public(&format!("/pay/{payment_id}?token={}", app.signer.seal(payment_id)));
        return answer(app, tx, caller, key, checkout_of(&payment, order.credit, page)).await;
    }
    let mut payment = PaymentRecord { gateway: gateway.name().to_owned(), amount: due, ..opened };
    payment.look_at = next_look(&payment, app.settings.sweep_after_seconds, wall_now);
    tx.insert_payment(&payment).await?;
    tx.commit().await?;
    Ok(Begun::Opening { payment: Box::new(payment), credit_used: order.credit })
}

/// The order at the server's own price.
async fn ordered(
    app: &App,
    tx: &Tx,
    record: &TenantRecord,
    buy: &Buy,
    now: Timestamp,
) -> Result<OrderRecord, FlowError> {
    match buy {
        Buy::NextCycle => {
            renewal(&record.state, &record.plan.terms, record.measured(now), now)?;
            renewal_order(app, tx, record, now).await
        }
        Buy::Upgrade(plan) => {
            let PlanChange::Upgrade(upgrade) = plan_change(&record.state, &plan.terms, now)? else {
                return Err(FlowError::NoUpgrade);
            };
            if blocks(&plan.terms, record.measured(now)) {
                return Err(NotRenewable::OverLimit.into());
            }
            upgrade_order(app, tx, record, plan, upgrade, now).await
        }
    }
}

/// Nothing is left to pay: the order is settled at once, by a payment of nothing, so that it has a receipt like any other.
async fn pay_by_credit(
    app: &App,
    tx: &Tx,
    tenant: TenantRecord,
    order: &OrderRecord,
    payment: &PaymentRecord,
    now: Timestamp,
) -> Result<(), FlowError> {
    tx.insert_payment(payment).await?;
    let sale = Sale { order, payment, by: By::Credit };
    if !settle(app, tx, tenant, &sale, now).await? {
        return Err(StoreError::Stale.into());
    }
    let settled = PaymentRecord { state: PaymentState::Settled, settled_at: Some(now), ..payment.clone() };
    tx.save_payment(&settled).await?;
    tx.insert_audit(&moved(app, &settled, PaymentState::Open, "paid_by_credit", now)).await?;
    Ok(())
}

fn checkout_of(payment: &PaymentRecord, credit_used: Money, redirect_url: String) -> Checkout {
    Checkout { order_id: payment.order_id, payment_id: payment.id, amount: payment.amount, credit_used, redirect_url }
}

/// Keeps the answer with what it says, and commits both.
async fn answer(app: &App, tx: Tx, caller: &Caller, key: &str, checkout: Checkout) -> Result<Begun, FlowError> {
    keep_answer(&tx, caller, key, CREATED, &checkout).await?;
    publish(app, tx).await?;
    Ok(Begun::Answered(checkout))
}

fn session(
    app: &App,
    record: &TenantRecord,
    account: &AccountRecord,
    payer: &UserRecord,
    payment: &PaymentRecord,
    buy: &Buy,
) -> NewSession {
    let plan = match buy {
        Buy::NextCycle => &record.plan.name,
        Buy::Upgrade(plan) => &plan.name,
    };
    let gateway = &payment.gateway;
    NewSession {
        tran_id: payment.tran_id.clone(),
        amount: payment.amount,
        product_name: format!("{}: {} ({plan})", app.settings.name, record.name),
        customer_name: account.name.clone(),
        customer_email: payer.email.clone(),
        return_url: app.settings.public(&format!("/pay/{gateway}/return")),
        notice_url: app.settings.public(&format!("/pay/{gateway}/ipn")),
    }
}

/// The session is open: keep it together with the answer, so that a repeated request gets the same one.
async fn finish(
    app: &App,
    caller: &Caller,
    key: &str,
    (payment, credit_used): (&PaymentRecord, Money),
    session: OpenedSession,
) -> Result<Checkout, FlowError> {
    let checkout = checkout_of(payment, credit_used, session.page_url.clone());
    let tx = app.store.begin().await?;
    let mut payment = tx.payment(payment.id).await?.ok_or(FlowError::NotFound)?;
    payment.session_key = Some(session.session_key);
    payment.page_url = Some(session.page_url);
    tx.save_payment(&payment).await?;
    keep_answer(&tx, caller, key, CREATED, &checkout).await?;
    tx.commit().await?;
    Ok(checkout)
}

/// No session: the key is free for another try. A refusal closes this payment; silence leaves it open, since a session
/// may exist, and the sweeper will ask.
async fn give_up(
    app: &App,
    caller: &Caller,
    key: &str,
    payment: PaymentRecord,
    error: OpenError,
) -> Result<FlowError, FlowError> {
    let tx = app.store.begin().await?;
    tx.release_idempotent(caller.user_id, key).await?;
    let why = match error {
        OpenError::Refused(words) => {
            let mut payment = tx.payment(payment.id).await?.ok_or(FlowError::NotFound)?;
            if payment.state == PaymentState::Open {
                payment.state = PaymentState::Failed;
                payment.look_at = None;
                tx.save_payment(&payment).await?;
                tx.insert_audit(&moved(app, &payment, PaymentState::Open, "gateway_refused", app.clock.now())).await?;
            }
            FlowError::GatewayRefused(words)
        }
        OpenError::Unknown(unknown) => FlowError::Outside(unknown),
    };
    tx.commit().await?;
    Ok(why)
}
