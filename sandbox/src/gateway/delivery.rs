//! The gateway's own server reporting to the shop: the IPN. Knows no pay page; what it sends comes from `notice`.

use std::time::Duration;

use super::State;
use super::config::IpnOrder;

/// One report that was sent, or tried.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Delivery {
    /// The shop's name for the payment.
    pub tran_id: String,
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
    match state.faults().ipn.unwrap_or(state.config.ipn_order) {
        IpnOrder::Never => {}
        IpnOrder::Before => send(state, url, fields).await,
        IpnOrder::Twice => {
            send(state, url, fields).await;
            send(state, url, fields).await;
        }
        IpnOrder::After => {
            let (state, url, fields) = (state.clone(), url.to_owned(), fields.to_vec());
            tokio::spawn(async move {
                tokio::time::sleep(state.config.ipn_delay).await;
                send(&state, &url, &fields).await;
            });
        }
    }
}

/// Sends one report, again until it is answered with 2xx or the tries are used up.
pub(super) async fn send(state: &State, url: &str, fields: &[(String, String)]) {
    let named = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let mut delivery = Delivery { tran_id: named("tran_id"), status: named("status"), answered: None, tries: 0 };
    while delivery.tries < state.config.ipn_tries {
        delivery.tries += 1;
        match state.client.post(url).form(fields).send().await {
            Ok(answer) => {
                delivery.answered = Some(answer.status().as_u16());
                if answer.status().is_success() {
                    break;
                }
            }
            Err(error) => {
                tracing::warn!(tran_id = delivery.tran_id, error = %error.without_url(), "no answer to a notice");
            }
        }
    }
    state.deliveries.send_modify(|all| all.push(delivery));
}
