//! What every panel host adapter must say about a panel, whatever host it talks to. `panel_life` holds it to the rest.

use hourglass::port::host::{PanelAddress, PanelHost};
use shared::billing::usage::Seen;

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
    async fn new() -> Self;
    /// The adapter.
    fn host(&self) -> &Self::Host;
    /// A panel of this host. Different names are different panels, and no other test's.
    fn at(&self, name: &str) -> PanelAddress;
    /// A panel at an address at which nothing listens.
    fn absent(&self) -> PanelAddress;
    /// From now on the panel is like this.
    async fn panel_is(&self, panel: &PanelAddress, condition: Condition);
    /// From now on the host hangs up on everyone.
    fn hangs_up(&self);
}

// Harm prevented: hours of service are not counted.
pub(crate) async fn a_serving_panel_is_up<W: World>() {
    let world = W::new().await;
    let acme = world.at("acme");
    world.panel_is(&acme, Condition::Serving).await;
    assert_eq!(world.host().probe(&acme).await, Seen::Up);
}

// Harm prevented: a redirect to a page that does answer counts as service, and a customer pays for a closed panel.
pub(crate) async fn a_missing_panel_is_down<W: World>() {
    let world = W::new().await;
    let acme = world.at("acme");
    assert_eq!(world.host().probe(&acme).await, Seen::Down);
    world.panel_is(&acme, Condition::Serving).await;
    world.panel_is(&acme, Condition::Missing).await;
    assert_eq!(world.host().probe(&acme).await, Seen::Down);
}

// Harm prevented: a customer pays for hours in which the panel only gave errors.
pub(crate) async fn a_broken_panel_is_down<W: World>() {
    let world = W::new().await;
    let acme = world.at("acme");
    world.panel_is(&acme, Condition::Broken).await;
    assert_eq!(world.host().probe(&acme).await, Seen::Down);
}

// Harm prevented: one customer is billed for another one's panel.
pub(crate) async fn one_panel_says_nothing_about_another<W: World>() {
    let world = W::new().await;
    world.panel_is(&world.at("acme"), Condition::Serving).await;
    assert_eq!(world.host().probe(&world.at("acme-eu")).await, Seen::Down);
    assert_eq!(world.host().probe(&world.at("acme")).await, Seen::Up);
}

// Harm prevented: a host that is restarting reads as "down" for every panel, or its hours as "up".
pub(crate) async fn a_host_that_hangs_up_is_unknown<W: World>() {
    let world = W::new().await;
    let acme = world.at("acme");
    world.panel_is(&acme, Condition::Serving).await;
    world.hangs_up();
    assert_eq!(world.host().probe(&acme).await, Seen::Unknown);
}

// Harm prevented: a network failure reads as "down" and stops nothing but the bill, or as "up" and bills it.
pub(crate) async fn an_absent_host_is_unknown<W: World>() {
    let world = W::new().await;
    assert_eq!(world.host().probe(&world.absent()).await, Seen::Unknown);
}

// Harm prevented: a repeated suspension fails for ever and blocks the outbox.
pub(crate) async fn closing_and_opening_can_be_repeated<W: World>() {
    let world = W::new().await;
    let acme = world.at("acme");
    world.panel_is(&acme, Condition::Serving).await;
    for _ in 0..2 {
        assert_eq!(world.host().close(&acme).await, Ok(()));
    }
    for _ in 0..2 {
        assert_eq!(world.host().open(&acme).await, Ok(()));
    }
    assert_eq!(world.host().probe(&acme).await, Seen::Up);
}
