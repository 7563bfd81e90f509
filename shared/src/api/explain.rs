//! Why a figure is what it is: counted again from the windows, step by step, as data and as sentences.
//!
//! What is stored is only compared with, never copied: where the two part ways, `differs` says so.

mod fact;
mod figures;

pub use fact::{Basis, Fact, RenewalKind, Step};
pub use figures::{
    ChargeFigures, CycleFigures, DayFigures, Difference, Fraction, GaugeFigures, PartFigures, Rounding, VatFigures,
    WindowView,
};

use crate::civil::Zone;
use crate::ids::{InvoiceId, TenantId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What is explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum About {
    /// A cycle: what it used, and what that cost.
    Cycle {
        /// Whose.
        tenant_id: TenantId,
        /// Which.
        number: u32,
    },
    /// A line of an invoice.
    InvoiceLine {
        /// The invoice.
        invoice_id: InvoiceId,
        /// Its number.
        invoice_number: String,
        /// The line.
        position: u32,
    },
    /// How a panel stands now.
    Tenant {
        /// Which.
        tenant_id: TenantId,
    },
}

/// The way from a figure back to what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Explanation {
    /// What is explained.
    pub about: About,
    /// The clocks by which the sentences name instants.
    pub zone: Zone,
    /// The instant up to which usage is accounted; `null` if counting never began.
    pub as_of: Option<Timestamp>,
    /// The cycle behind it, counted again; `null` if there is none.
    pub cycle: Option<CycleFigures>,
    /// What the cycle costs beyond its price, or the one line that is explained.
    pub charges: Vec<ChargeFigures>,
    /// The explanation, in order.
    pub steps: Vec<Step>,
    /// Where what is stored is not what was counted again. Empty: all is as it should be.
    pub differs: Vec<Difference>,
    /// What the host saw, as it was recorded, oldest first; at most 2,000.
    pub windows: Vec<WindowView>,
    /// How many more there are: ask for one day of the cycle by `day`.
    pub windows_left_out: u32,
}
