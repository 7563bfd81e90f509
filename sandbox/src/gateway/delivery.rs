//! The gateway's own server reporting to the shop: the IPN. Knows no pay page; what it sends comes from `notice`.

use std::time::Duration;

use tokio::task::JoinSet;

use super::config::IpnOrder;
use super::state::State;

/// More at once than this shows nothing new.
const COUNT_MAX: u32 = 64;

/// One report that was sent, or tried.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Delivery {
    /// The shop's name for the payment.
    pub tran_id: String,
    /// The gateway's name for the charge, as reported; empty if there is none.
    pub val_id: String,
    /// The status that was reported.
    pub status: String,
    /// What the shop answered at last; `None` if it did not.
    pub answered: Option<u16>,
    /// How often it was tried.
    pub tries: u32,
}

/// The client that reports go out with: patient for a while, following nothing, keeping no connection.
pub(super) fn client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .timeout(Duration::from_secs(15))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .pool_max_idle_per_host(0)
        .build()
}

/// Reports as the set-up says. Returns when everything that precedes the customer's return is done.
pub(super) async fn report(state: &State, ipn_url: Option<&str>, fields: &[(String, String)]) {
    let Some(url) = ipn_url else { return };
    let faults = state.faults();
    match faults.ipn.unwrap_or(state.config.ipn_order) {
        IpnOrder::Never => {}
        IpnOrder::Before => send(state, url, fields).await,
        IpnOrder::Twice => {
            send(state, url, fields).await;
            send(state, url, fields).await;
        }
        IpnOrder::Concurrent => {
            let mut all = JoinSet::new();
            for _ in 0..faults.ipn_count.unwrap_or(state.config.ipn_count).min(COUNT_MAX) {
                let (state, url, fields) = (state.clone(), url.to_owned(), fields.to_vec());
                all.spawn(async move { send(&state, &url, &fields).await });
            }
            all.join_all().await;
        }
        IpnOrder::After => {
            let (state, url, fields) = (state.clone(), url.to_owned(), fields.to_vec());
            let delay = faults.ipn_delay_ms.map_or(state.config.ipn_delay, Duration::from_millis);
            tokio::spawn(async move {
                tokio::time::sleep(delay).await;
                send(&state, &url, &fields).await;
            });
        }
    }
}

/// Sends one report, again until it is answered with 2xx or the tries are used up. If there is a pause between the
/// tries, only the first is waited for.
pub(super) async fn send(state: &State, url: &str, fields: &[(String, String)]) {
    let named = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let mut delivery = Delivery {
        tran_id: named("tran_id"),
        val_id: named("val_id"),
        status: named("status"),
        answered: None,
        tries: 0,
    };
    let tries = state.faults().ipn_tries.unwrap_or(state.config.ipn_tries);
    let mut pause = state.config.ipn_backoff;
    while delivery.tries < tries {
        if attempt(state, url, fields, &mut delivery).await {
            break;
        }
        if !pause.is_zero() && delivery.tries < tries {
            let (state, url, fields) = (state.clone(), url.to_owned(), fields.to_vec());
            tokio::spawn(async move {
                while delivery.tries < tries {
                    tokio::time::sleep(pause).await;
                    pause = pause.saturating_mul(2);
                    if attempt(&state, &url, &fields, &mut delivery).await {
                        break;
                    }
                }
                state.deliveries.send_modify(|all| all.push(delivery));
            });
            return;
        }
    }
    state.deliveries.send_modify(|all| all.push(delivery));
}

/// One try; `true` if the shop is content.
async fn attempt(state: &State, url: &str, fields: &[(String, String)], delivery: &mut Delivery) -> bool {
    delivery.tries += 1;
    match state.client.post(url).form(fields).send().await {
        Ok(answer) => {
            delivery.answered = Some(answer.status().as_u16());
            answer.status().is_success()
        }
        Err(error) => {
            tracing::warn!(tran_id = delivery.tran_id, error = %error.without_url(), "no answer to a notice");
            false
        }
    }
}
