//! A customer starts to pay: an order at the server's own price, and a session at the gateway.

use super::book::moved;
use super::look::next_look;
use super::order::{renewal_order, upgrade_order};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::claim::claim;
use crate::flow::tenants::owned;
use crate::port::gateway::{NewSession, OpenError, OpenedSession};
use crate::store::{AccountRecord, PaymentRecord, PlanRecord, StoredAnswer, TenantRecord, UserRecord};
use shared::api::auth::Role;
use shared::api::payments::{Checkout, PaymentState};
use shared::billing::plan_change::{PlanChange, plan_change};
use shared::billing::renewal::renewal;
use shared::ids::{PaymentId, TenantId};

/// The status under which a checkout is answered, now and when repeated.
const CREATED: u16 = 201;

/// What is bought.
#[derive(Debug, Clone)]
pub enum Buy {
    /// The tenant's next cycle.
    NextCycle,
    /// The rest of its running cycle on this plan.
    Upgrade(Box<PlanRecord>),
}

/// Starts a payment. With the same `key` the same answer is given again
/// ([`FlowError::Replayed`]); nothing is charged before the customer pays on the gateway's page.
pub async fn checkout(app: &App, caller: &Caller, id: TenantId, buy: &Buy, key: &str) -> Result<Checkout, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    if !matches!(caller.role, Role::Owner | Role::Billing) {
        return Err(FlowError::NotFound);
    }
    let payer = app.store.user(caller.user_id).await?.ok_or(FlowError::SessionEnded)?;
    let account = app.store.account(record.account_id).await?.ok_or(FlowError::NotFound)?;
    let payment = begin(app, caller, id, buy, key).await?;

    let opened = app.gateway.open_session(&session(app, &record, &account, &payer, &payment, buy)).await;

    match opened {
        Ok(session) => finish(app, caller, key, payment, session).await,
        Err(error) => Err(give_up(app, caller, key, payment, error).await?),
    }
}

/// Claims the key, and keeps the order and the payment before anybody outside hears of them.
async fn begin(app: &App, caller: &Caller, id: TenantId, buy: &Buy, key: &str) -> Result<PaymentRecord, FlowError> {
    let wall_now = app.wall.now();
    let tx = app.store.begin().await?;
    let record = owned(tx.tenant(id).await?, caller)?;
    let request = match buy {
        Buy::NextCycle => format!("checkout {id}"),
        Buy::Upgrade(plan) => format!("upgrade {id} {}", plan.id),
    };
    claim(app, &tx, caller, key, &request).await?;
    let now = record.time(app.clock.now());
    let order = match buy {
        Buy::NextCycle => {
            renewal(&record.state, &record.plan.terms, now)?;
            renewal_order(app, &tx, &record, now).await?
        }
        Buy::Upgrade(plan) => {
            let PlanChange::Upgrade(upgrade) = plan_change(&record.state, &plan.terms, now)? else {
                return Err(FlowError::NoUpgrade);
            };
            upgrade_order(app, &tx, &record, plan, upgrade, now).await?
        }
    };
    let payment_id = PaymentId::new(app.ids.uuid());
    let mut payment = PaymentRecord {
        id: payment_id,
        order_id: order.id,
        tenant_id: id,
        account_id: record.account_id,
        gateway: app.gateway.name().to_owned(),
        tran_id: tran_id(payment_id),
        amount: order.amount,
        state: PaymentState::Open,
        session_key: None,
        page_url: None,
        val_id: None,
        bank_tran_id: None,
        method: None,
        fee: None,
        created_at: now,
        settled_at: None,
        look_at: None,
        looks: 0,
    };
    payment.look_at = next_look(&payment, app.settings.sweep_after_seconds, wall_now);
    tx.insert_payment(&payment).await?;
    tx.commit().await?;
    Ok(payment)
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
    let gateway = app.gateway.name();
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
    payment: PaymentRecord,
    session: OpenedSession,
) -> Result<Checkout, FlowError> {
    let checkout = Checkout {
        order_id: payment.order_id,
        payment_id: payment.id,
        amount: payment.amount,
        redirect_url: session.page_url.clone(),
    };
    let tx = app.store.begin().await?;
    let mut payment = tx.payment(payment.id).await?.ok_or(FlowError::NotFound)?;
    payment.session_key = Some(session.session_key);
    payment.page_url = Some(session.page_url);
    tx.save_payment(&payment).await?;
    let body = serde_json::to_string(&checkout).unwrap_or_default();
    tx.answer_idempotent(caller.user_id, key, &StoredAnswer { status: CREATED, body }).await?;
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

/// Our name for a payment at the gateway: `hg` and the payment's 128 bits in base 32, 28 characters of the 30 allowed.
fn tran_id(id: PaymentId) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let bits = id.uuid().as_u128();
    let digit = |place: u32| {
        let index = usize::try_from((bits >> (5 * place)) & 31).unwrap_or(0);
        DIGITS.get(index).map_or('0', |digit| char::from(*digit))
    };
    "hg".chars().chain((0..26).rev().map(digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    // Harm prevented: two payments share one name at the gateway, or the gateway cuts the name off.
    #[test]
    fn names_at_the_gateway_are_short_and_distinct() {
        let names: Vec<String> =
            [0, 1, u128::MAX, u128::MAX - 1].map(|n| tran_id(PaymentId::new(Uuid::from_u128(n)))).into();
        assert!(names.iter().all(|name| name.len() == 28));
        assert!((1..names.len()).all(|i| !names[..i].contains(&names[i])));
    }
}
