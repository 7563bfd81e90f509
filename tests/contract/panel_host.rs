//! What every panel host adapter must do, whatever host it talks to.

use hourglass::port::host::{PanelAddress, PanelHost, ServerAccess, ServerSecrets};
use shared::billing::usage::Seen;
use shared::ids::ServerId;
use std::sync::Arc;

/// How a panel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Condition {
    Serving,
    Missing,
    Broken,
}

/// A host of its own for one test.
pub(crate) trait World: Sized {
    type Host: PanelHost;

    /// A fresh host without panels, and an adapter for it.
    fn new() -> Self;
    /// The adapter.
    fn host(&self) -> &Self::Host;
    /// Where the host listens.
    fn url(&self) -> String;
    /// From now on the panel is like this.
    fn panel_is(&self, subdomain: &str, condition: Condition);
    /// From now on the host hangs up on everyone.
    fn hangs_up(&self);
}

fn panel(url: &str, subdomain: &str) -> PanelAddress {
    let server = ServerAccess {
        id: ServerId::new(uuid::Uuid::nil()),
        revision: 1,
        url: url.parse().unwrap(),
        secrets: ServerSecrets::default(),
        files_folder: None,
    };
    PanelAddress { server: Arc::new(server), subdomain: subdomain.into() }
}

// Harm prevented: hours of service are not counted.
pub(crate) async fn a_serving_panel_is_up<W: World>() {
    let world = W::new();
    world.panel_is("acme", Condition::Serving);
    assert_eq!(world.host().probe(&panel(&world.url(), "acme")).await, Seen::Up);
}

// Harm prevented: a redirect to a page that does answer counts as service, and a customer pays for a closed panel.
pub(crate) async fn a_missing_panel_is_down<W: World>() {
    let world = W::new();
    assert_eq!(world.host().probe(&panel(&world.url(), "acme")).await, Seen::Down);
    world.panel_is("acme", Condition::Serving);
    world.panel_is("acme", Condition::Missing);
    assert_eq!(world.host().probe(&panel(&world.url(), "acme")).await, Seen::Down);
}

// Harm prevented: a customer pays for hours in which the panel only gave errors.
pub(crate) async fn a_broken_panel_is_down<W: World>() {
    let world = W::new();
    world.panel_is("acme", Condition::Broken);
    assert_eq!(world.host().probe(&panel(&world.url(), "acme")).await, Seen::Down);
}

// Harm prevented: one customer is billed for another one's panel.
pub(crate) async fn one_panel_says_nothing_about_another<W: World>() {
    let world = W::new();
    world.panel_is("acme", Condition::Serving);
    assert_eq!(world.host().probe(&panel(&world.url(), "acme-eu")).await, Seen::Down);
    assert_eq!(world.host().probe(&panel(&world.url(), "acme")).await, Seen::Up);
}

// Harm prevented: a host that is restarting reads as "down" for every panel, or its hours as "up".
pub(crate) async fn a_host_that_hangs_up_is_unknown<W: World>() {
    let world = W::new();
    world.panel_is("acme", Condition::Serving);
    world.hangs_up();
    assert_eq!(world.host().probe(&panel(&world.url(), "acme")).await, Seen::Unknown);
}

// Harm prevented: a network failure reads as "down" and stops nothing but the bill, or as "up" and bills it.
pub(crate) async fn an_absent_host_is_unknown<W: World>() {
    assert_eq!(W::new().host().probe(&panel("http://127.0.0.1:1", "acme")).await, Seen::Unknown);
}

// Harm prevented: a repeated suspension fails for ever and blocks the outbox.
pub(crate) async fn closing_and_opening_can_be_repeated<W: World>() {
    let world = W::new();
    world.panel_is("acme", Condition::Serving);
    for _ in 0..2 {
        assert_eq!(world.host().close(&panel(&world.url(), "acme")).await, Ok(()));
    }
    for _ in 0..2 {
        assert_eq!(world.host().open(&panel(&world.url(), "acme")).await, Ok(()));
    }
    assert_eq!(world.host().probe(&panel(&world.url(), "acme")).await, Seen::Up);
}
