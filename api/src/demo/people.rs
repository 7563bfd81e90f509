//! The made-up people and plans of the demonstration.

use shared::api::about::DemoSignIn;
use shared::billing::terms::Terms;
use shared::money::{Currency, Money};

/// Everybody's password.
pub const PASSWORD: &str = "hourglass-demo";
/// The operator's address.
pub const OPERATOR_EMAIL: &str = "operator@hourglass.example";

/// A made-up customer.
pub(super) struct Customer {
    pub(super) name: &'static str,
    pub(super) email: &'static str,
}

pub(super) const CUSTOMERS: [Customer; 2] = [
    Customer { name: "Rahman Traders", email: "rahman@hourglass.example" },
    Customer { name: "Meghna Textiles", email: "meghna@hourglass.example" },
];

/// Whom the sign-in page offers.
pub(super) fn sign_ins() -> Vec<DemoSignIn> {
    let sign_in = |name: &str, email: &str| DemoSignIn {
        name: name.to_owned(),
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let customers = CUSTOMERS.iter().map(|customer| sign_in(customer.name, customer.email));
    customers.chain([sign_in("The operator", OPERATOR_EMAIL)]).collect()
}

/// A made-up plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plan {
    Standard,
    Starter,
    Sprint,
}

impl Plan {
    pub(super) const ALL: [Self; 3] = [Self::Standard, Self::Starter, Self::Sprint];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Standard => "Standard",
            Self::Starter => "Starter",
            Self::Sprint => "Sprint",
        }
    }

    pub(super) fn terms(self) -> Terms {
        let priced = |minor| Terms::standard(Money::new(minor, Currency::Bdt));
        match self {
            Self::Standard => priced(250_000),
            Self::Starter => Terms { included_hours: 120, daily_cap_hours: None, grace_hours: 72, ..priced(120_000) },
            Self::Sprint => Terms { included_hours: 60, daily_cap_hours: None, ..priced(80_000) },
        }
    }

    pub(super) const fn users_max(self) -> Option<i64> {
        match self {
            Self::Standard => Some(10),
            Self::Starter => Some(3),
            Self::Sprint => None,
        }
    }

    pub(super) const fn storage_bytes_max(self) -> Option<i64> {
        match self {
            Self::Standard => Some(10_000_000_000),
            Self::Starter => Some(2_000_000_000),
            Self::Sprint => Some(1_000_000_000),
        }
    }
}
