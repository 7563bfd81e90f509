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
pub enum Fact {
    /// A cycle began, on these terms.
    CycleStarted {
        /// The cycle.
        number: u32,
        /// Its first instant.
        starts_at: Timestamp,
        /// Whether it is a trial.
        is_trial: bool,
        /// How many days of 24 h it lasts.
        days: u32,
        /// What may be used.
        allowance_seconds: i64,
        /// What one day can use up; `null` is no limit.
        daily_cap_seconds: Option<i64>,
    },
    /// The rest of it was upgraded.
    CycleUpgraded {
        /// What paid for it.
        order_id: OrderId,
        /// By how much the allowance grew.
        allowance_added_seconds: i64,
        /// What it cost, without VAT.
        paid_net_added: Money,
    },
    /// What one day of it came to.
    CycleDay(DayFigures),
    /// Usage was taken back. The days count it as it truly was.
    UsageCorrected {
        /// The correction.
        correction_id: CorrectionId,
        /// The first second.
        from: Timestamp,
        /// The first second after.
        to: Timestamp,
        /// How it truly was.
        seen: Seen,
        /// How many charged seconds were taken back.
        seconds_taken_back: i64,
        /// Why.
        reason: Option<String>,
    },
    /// What all days come to.
    UsedOfAllowance {
        /// What was used of it.
        used_seconds: i64,
        /// What may be used.
        allowance_seconds: i64,
        /// What was used beyond.
        overage_seconds: i64,
    },
    /// It runs.
    CycleRuns {
        /// The instant up to which usage is accounted.
        as_of: Timestamp,
        /// The first instant after its days.
        ends_at: Timestamp,
    },
    /// The second at `at` was the first that found no allowance.
    EndedHoursUsedUp {
        /// That instant.
        at: Timestamp,
        /// What may be used.
        allowance_seconds: i64,
    },
    /// Its days were over.
    EndedTimeElapsed {
        /// That instant.
        at: Timestamp,
        /// How many seconds.
        seconds: i64,
    },
    /// It costs nothing beyond its price.
    NothingBeyondPrice {
        /// The cycle.
        number: u32,
    },
    /// Hours beyond the allowance.
    OverageCounted {
        /// The cycle.
        cycle_number: u32,
        /// How many seconds.
        seconds: i64,
        /// What an hour costs.
        price_per_hour: Money,
    },
    /// Billable seconds, added up.
    SecondsSummed {
        /// The cycle.
        cycle_number: u32,
        /// How many seconds.
        seconds: i64,
    },
    /// The highest measurement, and when it was first seen.
    PeakMeasured {
        /// The cycle.
        cycle_number: u32,
        /// In what it is counted.
        unit: Unit,
        /// How many units.
        peak: i64,
        /// The first window in which it was seen.
        window: WindowView,
    },
    /// Measurements weighted by how long they held, over the cycle's length.
    AverageWeighted {
        /// The cycle.
        cycle_number: u32,
        /// In what it is counted.
        unit: Unit,
        /// The sum of measurements times seconds. Written as text.
        weighted: String,
        /// For how many seconds there was a measurement.
        measured_seconds: i64,
        /// How long the cycle lasted.
        cycle_seconds: i64,
        /// The exact average.
        average: Fraction,
        /// The quantity in hundredths of a unit, to be read and not to be charged.
        hundredths: i64,
    },
    /// Nobody measured, so nothing is charged.
    NothingMeasured {
        /// The cycle.
        cycle_number: u32,
        /// In what it is counted.
        unit: Unit,
    },
    /// What the plan includes costs nothing.
    IncludedTakenOff {
        /// In what it is counted.
        unit: Unit,
        /// How many units are included.
        included: i64,
        /// What is left of what was measured, exactly.
        billable: Fraction,
        /// The quantity in hundredths of a unit, to be read and not to be charged.
        hundredths: i64,
    },
    /// Units at one price.
    PricedPart {
        /// In what it is counted.
        unit: Unit,
        /// The units and their price.
        part: PartFigures,
        /// The quantity in hundredths of a unit, to be read and not to be charged.
        hundredths: i64,
    },
    /// The sum, rounded once.
    RoundedOnce {
        /// Before and after.
        rounding: Rounding,
        /// The amount.
        amount: Money,
    },
    /// Its VAT.
    VatSplit {
        /// The amount.
        amount: Money,
        /// How many, or which.
        figures: VatFigures,
    },
    /// A cycle's price, paid beforehand.
    BasePrice {
        /// The plan's name.
        plan: String,
        /// The cycle.
        cycle_number: u32,
        /// How many days it lasts.
        cycle_days: u32,
        /// How many hours it includes.
        included_hours: u32,
        /// What it costs, as the plan states prices.
        price: Money,
    },
    /// The difference of two prices for what was left of a cycle.
    UpgradePriced {
        /// The plan before.
        from_plan: String,
        /// The plan after.
        to_plan: String,
        /// The price before.
        from_price: Money,
        /// The price after.
        to_price: Money,
        /// How much of the cycle was left …
        left_seconds: i64,
        /// … of how much.
        of_seconds: i64,
        /// By what that was reckoned.
        basis: Basis,
    },
    /// A credit note takes back part of an invoice.
    TakenBack {
        /// The invoice's number.
        corrects: String,
        /// Why.
        reason: String,
        /// Without VAT.
        net: Money,
        /// The VAT.
        tax: Money,
        /// With VAT.
        gross: Money,
    },
    /// Nothing was ever paid.
    AwaitsFirstPayment,
    /// The host is setting the panel up.
    SettingUp {
        /// Since when.
        since: Timestamp,
    },
    /// The panel is open.
    IsOpen {
        /// Since when.
        since: Timestamp,
    },
    /// Its customer stopped it: no hours are used, but the cycle's days run.
    StoppedByCustomer {
        /// Since when.
        since: Timestamp,
    },
    /// It is closed because nothing is paid any more.
    ClosedUnpaid {
        /// Since when.
        since: Timestamp,
    },
    /// It is paid for again, and the host is opening it.
    BeingOpened,
    /// It is being started: the host was told to open it, and it was not seen up yet.
    BeingStarted {
        /// Since when.
        since: Timestamp,
    },
    /// The operator closed it. Only the operator opens it again.
    ClosedByOperator {
        /// Since when.
        since: Timestamp,
        /// The operator's words.
        message: String,
    },
    /// The host could not set it up.
    SetUpFailed {
        /// Since when.
        since: Timestamp,
        /// Why.
        reason: String,
    },
    /// It is being removed.
    BeingRemoved {
        /// Since when.
        since: Timestamp,
    },
    /// It was removed.
    WasRemoved {
        /// Since when.
        since: Timestamp,
    },
    /// The cycle is over, and service goes on until `until`.
    InGrace {
        /// The cycle.
        cycle_number: u32,
        /// When the cycle ended.
        ended_at: Timestamp,
        /// Why.
        reason: EndedReason,
        /// The first instant without service.
        until: Timestamp,
    },
    /// The cycle and any grace are over.
    PaidTimeOver {
        /// The cycle.
        cycle_number: u32,
        /// When the cycle ended.
        ended_at: Timestamp,
        /// Why.
        reason: EndedReason,
    },
    /// Paid cycles wait.
    CyclesWait {
        /// How many wait.
        waiting: u32,
    },
    /// The customer wants no further cycle.
    WantsNoMore,
    /// When service stops unless renewed, at the present rate of use.
    RunsOut {
        /// That instant.
        at: Timestamp,
    },
    /// A renewal is open.
    RenewalOpen {
        /// Of which kind.
        kind: RenewalKind,
        /// What it costs, with VAT and what earlier cycles still owe.
        due: Money,
    },
    /// Too much is left. It opens when few enough days or hours are left, at `opens_at` at the latest.
    RenewalNotDue {
        /// It opens when so many days are left …
        days_at_most: u32,
        /// … or so much of the allowance, in percent.
        percent_at_most: u32,
        /// How long the cycle lasts yet.
        seconds_left: i64,
        /// What is left of the allowance.
        remaining_seconds: i64,
        /// What may be used.
        allowance_seconds: i64,
        /// When it opens at the latest.
        opens_at: Timestamp,
    },
    /// As many cycles wait as the plan allows; one fewer from `frees_at` on, at the latest.
    RenewalQueueFull {
        /// How many wait.
        waiting: u32,
        /// How many may wait.
        at_most: u32,
        /// When there is room at the latest.
        frees_at: Timestamp,
    },
    /// The panel holds more than the plan includes, and the plan is not sold for such a panel.
    NoRenewalOverLimit,
    /// A panel that is being removed takes no money.
    NoRenewalGone,
    /// What is stored differs from what was counted: somebody should look.
    Differs {
        /// How many, or which.
        figures: u32,
    },
}
