//! A notice arrives, from the gateway's server or through the payer's browser. Anybody can post one: it is kept as it
//! came, its signature is checked as a filter, and then the gateway itself is asked.

use super::audit::gateway_audit;
use super::confirm::confirm;
use crate::app::App;
use crate::flow::FlowError;
use crate::port::gateway::{Claim, ClaimError};
use crate::store::{NewNotice, PaymentRecord};
use shared::ids::PaymentId;

/// How a notice came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// Posted by the gateway's server.
    Ipn,
    /// Posted by the payer's browser on its way back.
    Return,
}

impl Via {
    const fn name(self) -> &'static str {
        match self {
            Self::Ipn => "ipn",
            Self::Return => "return",
        }
    }
}

/// Takes a notice that was posted in a gateway's name. `Ok` names the payment that it is about, whose state is then what the
/// gateway confirms; `None` if it is about none of ours. [`FlowError::Outside`] means that the gateway could not be asked:
/// repeat later. [`FlowError::NotFound`]: no such gateway posts anything here.
pub async fn receive_notice(
    app: &App,
    gateway: &str,
    fields: &[(String, String)],
    via: Via,
) -> Result<Option<PaymentId>, FlowError> {
    let posting = app.gateways.named(gateway).ok().filter(|gateway| !gateway.is_by_hand());
    let claim = posting.ok_or(FlowError::NotFound)?.read_notice(fields);
    let named = |name: &str| fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value);
    let payment = app.store.payment_by_tran_id(gateway, named("tran_id")).await?;
    let (notice, is_new) = keep(app, gateway, fields, via, &claim, payment.as_ref()).await?;
    let claim = claim?;
    let Some(payment) = payment else { return Ok(None) };
    let confirmed = confirm(app, payment.id, claim.val_id.as_deref()).await;
    let tx = app.store.begin().await?;
    match &confirmed {
        Ok(state) => tx.notice_outcome(&notice, state.name()).await?,
        // The sweeper asks again; that it was not confirmed when it came is on record.
        Err(FlowError::Outside(unknown)) if is_new => {
            let row = gateway_audit(app, gateway, Some(&payment), "notice_unconfirmed", &unknown.0, app.clock.now());
            tx.insert_audit(&row).await?;
        }
        Err(_) => {}
    }
    tx.commit().await?;
    confirmed?;
    Ok(Some(payment.id))
}

/// Keeps the notice before anything is concluded from it. What is turned away leaves an audit row.
async fn keep(
    app: &App,
    gateway: &str,
    fields: &[(String, String)],
    via: Via,
    claim: &Result<Claim, ClaimError>,
    payment: Option<&PaymentRecord>,
) -> Result<(NewNotice, bool), FlowError> {
    let named = |name: &str| clip(fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value));
    let signed = claim.is_ok();
    // Of what nobody signed one row is kept for each payment that is named and each reason: anybody can post, and nobody
    // can fill the disk.
    let if_signed = |text: String| if signed { text } else { String::new() };
    let notice = NewNotice {
        gateway: gateway.to_owned(),
        tran_id: if signed || payment.is_some() { named("tran_id") } else { String::new() },
        val_id: if_signed(named("val_id")),
        status: if_signed(named("status")),
        verdict: claim.as_ref().map_or_else(ToString::to_string, |_| "signed".to_owned()),
        via: via.name(),
        received_at: app.wall.now(),
        body: if_signed(redacted(fields)),
    };
    let tx = app.store.begin().await?;
    let is_new = tx.insert_notice(&notice).await?;
    let why = match (claim, payment) {
        (Err(error), _) => Some(("notice_rejected", error.to_string())),
        (Ok(_), None) => Some(("notice_unmatched", "no payment of that name".to_owned())),
        (Ok(_), Some(_)) => None,
    };
    // The very same once more adds nothing: nobody can grow the log by repeating themselves.
    if let Some((what, why)) = why.filter(|_| is_new) {
        tx.notice_outcome(&notice, what).await?;
        let row = gateway_audit(app, gateway, payment, what, &why, app.clock.now());
        tx.insert_audit(&row).await?;
    }
    tx.commit().await?;
    Ok((notice, is_new))
}

/// As posted, but for what would let its reader pay in somebody's name or post it again: the payer's card and the
/// signatures.
fn redacted(fields: &[(String, String)]) -> String {
    let secret = |name: &str| name == "card_no" || name.starts_with("verify_");
    let shown = fields.iter().map(|(name, value)| (name, if secret(name) { "…" } else { value.as_str() }));
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(shown).finish()
}

/// Names are at most 50 characters at the gateway; a stranger's are cut before they are kept as keys.
fn clip(text: &str) -> String {
    text.chars().take(100).collect()
}
