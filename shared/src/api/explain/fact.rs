//! The steps of an explanation: each one fact, with everything that its sentence says.

use super::figures::{DayFigures, Fraction, PartFigures, Rounding, VatFigures, WindowView};
use crate::api::invoices::Unit;
use crate::api::tenants::EndedReason;
use crate::billing::usage::Seen;
use crate::ids::{CorrectionId, OrderId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One step: `code`, its `data`, and the sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    /// The fact.
    #[serde(flatten)]
    pub fact: Fact,
    /// In English.
    pub en: String,
    /// In Bangla.
    pub bn: String,
}

/// By what the share of a cycle that is left was reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Basis {
    /// The time until its end.
    Days,
    /// The hours of the allowance.
    Hours,
}

/// Which renewal is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RenewalKind {
    /// The first cycle.
    First,
    /// Before the running cycle is over.
    Early,
    /// In grace: it begins where the old cycle ended.
    InGrace,
    /// Nothing is running: it begins when it is paid.
    Lapsed,
}

/// One fact of an explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "data", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "a field says what a field of the same name says elsewhere")]
pub enum Fact {
    /// A cycle began, on these terms.
    CycleStarted {
        number: u32,
        starts_at: Timestamp,
        is_trial: bool,
        days: u32,
        allowance_seconds: i64,
        daily_cap_seconds: Option<i64>,
    },
    /// The rest of it was upgraded.
    CycleUpgraded { order_id: OrderId, allowance_added_seconds: i64, paid_net_added: Money },
    /// What one day of it came to.
    CycleDay(DayFigures),
    /// Usage was taken back. The days count it as it truly was.
    UsageCorrected {
        correction_id: CorrectionId,
        from: Timestamp,
        to: Timestamp,
        seen: Seen,
        seconds_taken_back: i64,
        reason: Option<String>,
    },
    /// What all days come to.
    UsedOfAllowance { used_seconds: i64, allowance_seconds: i64, overage_seconds: i64 },
    /// It runs.
    CycleRuns { as_of: Timestamp, ends_at: Timestamp },
    /// The second at `at` was the first that found no allowance.
    EndedHoursUsedUp { at: Timestamp, allowance_seconds: i64 },
    /// Its days were over.
    EndedTimeElapsed { at: Timestamp, seconds: i64 },
    /// It costs nothing beyond its price.
    NothingBeyondPrice { number: u32 },
    /// Hours beyond the allowance.
    OverageCounted { cycle_number: u32, seconds: i64, price_per_hour: Money },
    /// Billable seconds, added up.
    SecondsSummed { cycle_number: u32, seconds: i64 },
    /// The highest measurement, and when it was first seen.
    PeakMeasured { cycle_number: u32, unit: Unit, peak: i64, window: WindowView },
    /// Measurements weighted by how long they held, over the cycle's length.
    AverageWeighted {
        cycle_number: u32,
        unit: Unit,
        weighted: String,
        measured_seconds: i64,
        cycle_seconds: i64,
        average: Fraction,
        hundredths: i64,
    },
    /// Nobody measured, so nothing is charged.
    NothingMeasured { cycle_number: u32, unit: Unit },
    /// What the plan includes costs nothing.
    IncludedTakenOff { unit: Unit, included: i64, billable: Fraction, hundredths: i64 },
    /// Units at one price.
    PricedPart { unit: Unit, part: PartFigures, hundredths: i64 },
    /// The sum, rounded once.
    RoundedOnce { rounding: Rounding, amount: Money },
    /// Its VAT.
    VatSplit { amount: Money, figures: VatFigures },
    /// A cycle's price, paid beforehand.
    BasePrice { plan: String, cycle_number: u32, cycle_days: u32, included_hours: u32, price: Money },
    /// The difference of two prices for what was left of a cycle.
    UpgradePriced {
        from_plan: String,
        to_plan: String,
        from_price: Money,
        to_price: Money,
        left_seconds: i64,
        of_seconds: i64,
        basis: Basis,
    },
    /// A credit note takes back part of an invoice.
    TakenBack { corrects: String, reason: String, net: Money, tax: Money, gross: Money },
    /// Nothing was ever paid.
    AwaitsFirstPayment,
    /// The host is setting the panel up.
    SettingUp { since: Timestamp },
    /// The panel is open.
    IsOpen { since: Timestamp },
    /// Its customer stopped it: no hours are used, but the cycle's days run.
    StoppedByCustomer { since: Timestamp },
    /// It is closed because nothing is paid any more.
    ClosedUnpaid { since: Timestamp },
    /// It is paid for again, and the host is opening it.
    BeingOpened,
    /// The operator closed it. Only the operator opens it again.
    ClosedByOperator { since: Timestamp, message: String },
    /// The host could not set it up.
    SetUpFailed { since: Timestamp, reason: String },
    /// It is being removed.
    BeingRemoved { since: Timestamp },
    /// It was removed.
    WasRemoved { since: Timestamp },
    /// The cycle is over, and service goes on until `until`.
    InGrace { cycle_number: u32, ended_at: Timestamp, reason: EndedReason, until: Timestamp },
    /// The cycle and any grace are over.
    PaidTimeOver { cycle_number: u32, ended_at: Timestamp, reason: EndedReason },
    /// Paid cycles wait.
    CyclesWait { waiting: u32 },
    /// The customer wants no further cycle.
    WantsNoMore,
    /// When service stops unless renewed, at the present rate of use.
    RunsOut { at: Timestamp },
    /// A renewal is open.
    RenewalOpen { kind: RenewalKind, due: Money },
    /// Too much is left. It opens when few enough days or hours are left, at `opens_at` at the latest.
    RenewalNotDue {
        days_at_most: u32,
        percent_at_most: u32,
        seconds_left: i64,
        remaining_seconds: i64,
        allowance_seconds: i64,
        opens_at: Timestamp,
    },
    /// As many cycles wait as the plan allows; one fewer from `frees_at` on, at the latest.
    RenewalQueueFull { waiting: u32, at_most: u32, frees_at: Timestamp },
    /// A panel that is being removed takes no money.
    NoRenewalGone,
    /// What is stored differs from what was counted: somebody should look.
    Differs { figures: u32 },
}
