//! What is sold, what a change to it would come to, and what it would have cost: as the pages show it.

use crate::json::{Reader, Wire};
use shared::api::invoices::LineView;
use shared::api::panels::{SubdomainTrouble, SubdomainView};
use shared::api::plans::{ChangeEffect, Share};
use shared::api::tenants::EndedReason;
use shared::billing::rating::{Charge, PriceModel, Tier};
use shared::billing::terms::OnExhaustion;
use shared::billing::vat::Vat;
use shared::ids::PlanId;
use shared::money::Money;
use shared::time::Timestamp;

/// What a plan sells, as far as customers compare it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The price of one cycle.
    pub price: Money,
    /// How long a cycle lasts, in days of 24 h.
    pub cycle_days: u32,
    /// How long the panel may be up in one cycle.
    pub included_hours: u32,
    /// How much one cycle day can use up; `None` is no limit.
    pub daily_cap_hours: Option<u32>,
    /// How long a first cycle at no charge lasts; 0 is no trial.
    pub trial_days: u32,
    /// What happens when the hours are used up.
    pub on_exhaustion: OnExhaustion,
    /// How the prices relate to VAT.
    pub vat: Vat,
    /// What the panel may hold.
    pub limits: Room,
    /// What is charged beyond the price.
    pub charges: Vec<Charge>,
}

/// What a panel may hold; `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// How many users.
    pub users: Option<i64>,
    /// How many bytes.
    pub storage_bytes: Option<i64>,
}

/// A version of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// What it sells.
    pub terms: Offer,
}

/// A plan; for customers with the one version that is sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// Its name.
    pub name: String,
    /// Its versions by number.
    pub versions: Vec<Version>,
}

/// The plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plans {
    /// The oldest first.
    pub items: Vec<Plan>,
}

/// What a change of plan would come to now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanChange {
    /// When it can take effect.
    pub effect: ChangeEffect,
    /// What is to be paid for it now.
    pub lines: Vec<LineView>,
    /// The sum of the lines, with VAT.
    pub amount_due: Money,
    /// By how much the running cycle's allowance grows.
    pub allowance_added_seconds: i64,
    /// The part of the running cycle that is paid for.
    pub share: Option<Share>,
}

/// What another plan would have cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shadow {
    /// The plan's name.
    pub plan: String,
    /// From this instant …
    pub from: Timestamp,
    /// … to this one.
    pub to: Timestamp,
    /// Cycle after cycle.
    pub cycles: Vec<ShadowCycle>,
    /// All of them, with VAT.
    pub gross: Money,
    /// What was in truth invoiced in that time, with VAT.
    pub invoiced: Money,
}

/// One cycle that another plan would have had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShadowCycle {
    /// Its first instant.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ended_at: Timestamp,
    /// Why it would have ended.
    pub ended_reason: Option<EndedReason>,
    /// What would have been used within the allowance.
    pub used_seconds: i64,
    /// What would have been used beyond it.
    pub overage_seconds: i64,
    /// What it would have cost, with VAT.
    pub gross: Money,
}

named! {
    SubdomainTrouble { Format = "format", Reserved = "reserved", Taken = "taken" }
    ChangeEffect { UpgradeNow = "upgrade_now", WithNextCycle = "with_next_cycle" }
}

object! {
    SubdomainView { subdomain, url, trouble, suggestions }
    Room { users, storage_bytes }
    Offer {
        price, cycle_days, included_hours, daily_cap_hours, trial_days, on_exhaustion, vat, limits, charges
    }
    Version { terms }
    Plan { id, name, versions }
    Plans { items }
    Charge { meter, aggregation, included, price }
    Tier { up_to, price }
    Share { left_seconds, of_seconds }
    PlanChange { effect, lines, amount_due, allowance_added_seconds, share }
    Shadow { plan, from, to, cycles, gross, invoiced }
    ShadowCycle { starts_at, ended_at, ended_reason, used_seconds, overage_seconds, gross }
}

impl Wire for OnExhaustion {
    fn read(from: &Reader<'_>) -> Self {
        match from.field::<String>("then").as_str() {
            "suspend" => Self::Suspend,
            "overage" => Self::Overage { price_per_hour: from.field("price_per_hour") },
            _ => from.noted(Self::Suspend),
        }
    }
}

impl Wire for Vat {
    fn read(from: &Reader<'_>) -> Self {
        match from.field::<String>("mode").as_str() {
            "none" => Self::None,
            "exclusive" => Self::Exclusive { basis_points: from.field("basis_points") },
            "inclusive" => Self::Inclusive { basis_points: from.field("basis_points") },
            _ => from.noted(Self::None),
        }
    }
}

impl Wire for PriceModel {
    fn read(from: &Reader<'_>) -> Self {
        match from.field::<String>("model").as_str() {
            "per_unit" => Self::PerUnit { price: from.field("price"), per: from.field("per") },
            "package" => Self::Package { price: from.field("price"), size: from.field("size") },
            "graduated" => Self::Graduated { per: from.field("per"), tiers: from.field("tiers") },
            "volume" => Self::Volume { per: from.field("per"), tiers: from.field("tiers") },
            _ => from.noted(Self::Volume { per: 1, tiers: Vec::new() }),
        }
    }
}
