//! The host: the servers on which panels run.

use async_trait::async_trait;
use shared::billing::gauge::Sample;
use shared::billing::usage::Seen;

use super::Unknown;

/// Which panel is meant: its subdomain is its name at the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelAddress {
    /// The first label of the panel's address: `acme` of `acme.example.com`.
    pub subdomain: String,
}

/// The host of the panels.
#[async_trait]
pub trait PanelHost: Send + Sync {
    /// What the host says of the panel at this moment: `Up` if it would serve a request, `Down` if the host answered
    /// and the panel would not. No answer, or one that cannot be read, is `Seen::Unknown`; it is not an error, since
    /// an unknown second is a fact to be recorded. Changes nothing; repeat at will.
    async fn probe(&self, panel: &PanelAddress) -> Seen;

    /// How many users the panel has and how much it stores. `None` is "not measured" and never zero; what is not
    /// measured is not charged. Asked only of a panel that is up. Changes nothing; repeat at will.
    async fn measure(&self, panel: &PanelAddress) -> Sample;

    /// Closes the panel. `Ok` means that nothing that passes the gate reaches it. The gate refuses already, by the
    /// panel's state; a host may lock more. A repeat is `Ok`.
    async fn close(&self, panel: &PanelAddress) -> Result<(), Unknown>;

    /// Undoes `close`. `Ok` means that the host puts nothing in the panel's way. A repeat is `Ok`.
    async fn open(&self, panel: &PanelAddress) -> Result<(), Unknown>;
}
