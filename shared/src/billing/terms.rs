//! What was sold: the terms of one plan version, frozen when it was published.

use super::gauge::{STORAGE_BYTES_MAX, USERS_MAX};
use super::rating::{Charge, Meter, Quantity, check_all, rate};
use super::reminder::Reminder;
use super::vat::Vat;
use crate::money::{Currency, Money};
use crate::time::{DAY, HOUR};
use serde::{Deserialize, Serialize};

/// The terms of a plan version. A cycle keeps a copy, so a later version never changes what was bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Terms {
    /// The price of one cycle; with or without VAT, as `vat` says.
    pub price: Money,
    /// How long a cycle lasts, in days of 24 h.
    pub cycle_days: u32,
    /// How long the panel may be up in one cycle.
    pub included_hours: u32,
    /// How much one cycle day can use up; `null` is no limit.
    pub daily_cap_hours: Option<u32>,
    /// How long service goes on after a cycle ended with nothing queued.
    pub grace_hours: u32,
    /// A renewal opens when this many days are left …
    pub early_renewal_days: u32,
    /// … or when this share of the allowance is left, whichever is first.
    pub early_renewal_percent: u32,
    /// How many paid cycles may wait.
    pub queued_cycles_max: u32,
    /// How long a first cycle at no charge lasts; 0 is no trial.
    pub trial_days: u32,
    /// What happens when the hours are used up and nothing is queued.
    #[serde(default)]
    pub on_exhaustion: OnExhaustion,
    /// How the prices relate to VAT.
    #[serde(default)]
    pub vat: Vat,
    /// What the panel may hold.
    #[serde(default)]
    pub limits: Limits,
    /// When the account is told that a cycle nears its end.
    #[serde(default = "Reminder::standard")]
    pub reminders: Vec<Reminder>,
    /// What is charged beyond the price, for a cycle that is over, with the next order.
    #[serde(default)]
    pub charges: Vec<Charge>,
}

/// What happens at the first billable second that finds no allowance, when nothing is queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "then", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum OnExhaustion {
    /// The cycle ends; grace follows, then suspension.
    #[default]
    Suspend,
    /// The cycle goes on to the end of its days, and the extra hours are charged with the next order.
    Overage {
        /// What an extra hour costs; parts of it cost their part.
        price_per_hour: Money,
    },
}

/// What a panel may hold; `null` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanLimits))]
pub struct Limits {
    /// How many internal users.
    pub users: Option<i64>,
    /// How many bytes of database and files; pages show them in powers of 1,024, so 10 GiB is 10737418240.
    pub storage_bytes: Option<i64>,
    /// What happens to a panel that holds more.
    // Left out where it is the default: proofs of cycles are sealed with their terms as they were written.
    #[serde(default, skip_serializing_if = "OnReached::is_default")]
    pub on_reached: OnReached,
}

/// What happens to a panel that holds more than its plan includes. Its people are told in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum OnReached {
    /// Nothing but that.
    #[default]
    Notice,
    /// No cycle of the plan is sold for it while it is open, until it holds less.
    BlockRenewal,
}

impl OnReached {
    // By reference, as the serializer asks.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// In what way terms contradict themselves.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {rule}")]
pub struct TermsError {
    /// The field at fault, as a path: `charges/0/included`.
    pub field: String,
    /// The rule that it breaks.
    pub rule: &'static str,
}

/// The dearest price of anything: far above any real one, and far below where sums could overflow.
const PRICE_MAX_MINOR: i64 = 1_000_000_000_000;
/// The most that one charge may come to in a cycle: many of them and their VAT can still be added up.
const CHARGE_MAX_MINOR: i64 = 10_000_000_000_000_000;
/// How many reminders, and how many charges, a plan may have.
const LIST_MAX: usize = 16;

impl Terms {
    /// Thirty days, 360 hours, at most 12 a day; the other rules of the house at their defaults.
    #[must_use]
    pub fn standard(price: Money) -> Self {
        Self {
            price,
            cycle_days: 30,
            included_hours: 360,
            daily_cap_hours: Some(12),
            grace_hours: 0,
            early_renewal_days: 15,
            early_renewal_percent: 50,
            queued_cycles_max: 2,
            trial_days: 0,
            on_exhaustion: OnExhaustion::Suspend,
            vat: Vat::None,
            limits: Limits::default(),
            reminders: Reminder::standard(),
            charges: vec![],
        }
    }

    /// Refuses terms that no cycle could keep.
    pub fn check(&self) -> Result<(), TermsError> {
        let hours_at_most = self.daily_cap_hours.unwrap_or(24).min(24).saturating_mul(self.cycle_days);
        let rules = [
            (Self::is_price(self.price, self.currency()), "price", "must be 0 to 10,000,000,000.00"),
            ((1..=366).contains(&self.cycle_days), "cycle_days", "must be 1 to 366"),
            (
                self.included_hours >= 1 && self.included_hours <= self.cycle_days.saturating_mul(24),
                "included_hours",
                "must be at least 1 and fit into the cycle",
            ),
            (
                self.daily_cap_hours.is_none_or(|cap| (1..=24).contains(&cap)),
                "daily_cap_hours",
                "must be 1 to 24, or none",
            ),
            (
                self.included_hours <= hours_at_most,
                "daily_cap_hours",
                "must let the included hours be used up within the cycle",
            ),
            (self.grace_hours <= 24 * 31, "grace_hours", "must be at most 31 days"),
            // What is paid in grace begins where the old cycle ended: it must not be over when it is paid.
            (self.grace_hours <= self.cycle_days.saturating_mul(24), "grace_hours", "must not be longer than a cycle"),
            (self.early_renewal_days <= self.cycle_days, "early_renewal_days", "must lie within the cycle"),
            (self.early_renewal_percent <= 100, "early_renewal_percent", "must be at most 100"),
            (self.queued_cycles_max <= 12, "queued_cycles_max", "must be at most 12"),
            (self.trial_days <= self.cycle_days, "trial_days", "must not be longer than a cycle"),
            (self.vat.check().is_ok(), "vat/basis_points", "must be at most 10000, which is 100 %"),
            (self.limits.users.is_none_or(|users| users >= 1), "limits/users", "must be at least 1, or none"),
            (
                self.limits.storage_bytes.is_none_or(|bytes| bytes >= 1),
                "limits/storage_bytes",
                "must be at least 1, or none",
            ),
        ];
        let broken = rules.into_iter().find(|(kept, _, _)| !kept);
        broken.map_or(Ok(()), |(_, field, rule)| Err(TermsError { field: field.to_owned(), rule }))?;
        self.check_overage()?;
        self.check_reminders()?;
        self.check_charges()
    }

    fn is_price(price: Money, currency: Currency) -> bool {
        (0..=PRICE_MAX_MINOR).contains(&price.minor) && price.currency == currency
    }

    fn check_overage(&self) -> Result<(), TermsError> {
        let refuse = |field: &str, rule| Err(TermsError { field: field.to_owned(), rule });
        match self.on_exhaustion {
            OnExhaustion::Overage { price_per_hour } if !Self::is_price(price_per_hour, self.currency()) => {
                refuse("on_exhaustion/price_per_hour", "must be a price in the plan's currency")
            }
            OnExhaustion::Overage { .. } | OnExhaustion::Suspend => Ok(()),
        }
    }

    fn check_reminders(&self) -> Result<(), TermsError> {
        if self.reminders.len() > LIST_MAX {
            return Err(TermsError { field: "reminders".to_owned(), rule: "must be at most 16" });
        }
        for (index, reminder) in self.reminders.iter().enumerate() {
            let at = |rule| TermsError { field: format!("reminders/{index}"), rule };
            reminder.check().map_err(at)?;
        }
        Ok(())
    }

    fn check_charges(&self) -> Result<(), TermsError> {
        if self.charges.len() > LIST_MAX {
            return Err(TermsError { field: "charges".to_owned(), rule: "must be at most 16" });
        }
        check_all(&self.charges, self.currency())
            .map_err(|error| TermsError { field: error.field, rule: error.rule })?;
        for (index, charge) in self.charges.iter().enumerate() {
            let most = match charge.meter {
                Meter::ActiveSeconds => self.cycle_seconds(),
                Meter::Users => USERS_MAX,
                Meter::StorageBytes => STORAGE_BYTES_MAX,
            };
            let rated = Quantity::whole(most).ok().and_then(|most| rate(charge, most, self.currency()).ok());
            // A sum that could not be written would keep the cycle from ending.
            if rated.is_none_or(|rated| rated.net.minor > CHARGE_MAX_MINOR) {
                let rule = "must come to less than 100,000,000,000,000.00 whatever is measured";
                return Err(TermsError { field: format!("charges/{index}/price"), rule });
            }
        }
        Ok(())
    }

    /// In what everything of this plan is priced.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.price.currency
    }

    /// The price without VAT.
    #[must_use]
    pub fn net_price(&self) -> Money {
        self.vat.split(self.price).map_or(self.price, |taxed| taxed.net)
    }

    /// The length of a paid cycle.
    #[must_use]
    pub fn cycle_seconds(&self) -> i64 {
        i64::from(self.cycle_days) * DAY
    }

    /// The length of a trial cycle.
    #[must_use]
    pub fn trial_seconds(&self) -> i64 {
        i64::from(self.trial_days) * DAY
    }

    /// The allowance of a cycle.
    #[must_use]
    pub fn allowance_seconds(&self) -> i64 {
        i64::from(self.included_hours) * HOUR
    }

    /// What one cycle day can use up; `None` is no limit.
    #[must_use]
    pub fn daily_cap_seconds(&self) -> Option<i64> {
        self.daily_cap_hours.map(|hours| i64::from(hours) * HOUR)
    }

    /// How long service goes on after the end.
    #[must_use]
    pub fn grace_seconds(&self) -> i64 {
        i64::from(self.grace_hours) * HOUR
    }

    /// Whether hours beyond the allowance are charged instead of ending the cycle.
    #[must_use]
    pub const fn has_overage(&self) -> bool {
        matches!(self.on_exhaustion, OnExhaustion::Overage { .. })
    }

    /// The limit on a gauge; `None` is no limit.
    #[must_use]
    pub const fn limit(&self, meter: Meter) -> Option<i64> {
        match meter {
            Meter::ActiveSeconds => None,
            Meter::Users => self.limits.users,
            Meter::StorageBytes => self.limits.storage_bytes,
        }
    }
}
