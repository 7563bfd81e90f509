//! The made-up people and plans of the demonstration.

use crate::app::Seller;
use shared::api::about::DemoSignIn;
use shared::billing::terms::{Limits, OnReached, Terms};
use shared::billing::vat::Vat;
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

/// Who sells.
pub(super) fn seller() -> Seller {
    Seller {
        address: "House 12, Road 7, Dhanmondi\nDhaka 1205, Bangladesh".to_owned(),
        bin: Some("0012345670101".to_owned()),
        ..Seller::named("Hourglass Demo Ltd.")
    }
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
        let vat = Vat::Inclusive { basis_points: 1_500 };
        let taka = |minor| Money::new(minor, Currency::Bdt);
        let priced = |minor| Terms { vat, limits: self.limits(), ..Terms::standard(taka(minor)) };
        match self {
            Self::Standard => priced(250_000),
            Self::Starter => Terms { included_hours: 120, daily_cap_hours: None, grace_hours: 72, ..priced(120_000) },
            Self::Sprint => Terms { included_hours: 60, daily_cap_hours: None, ..priced(80_000) },
        }
    }

    const fn limits(self) -> Limits {
        const GIB: i64 = 1 << 30;
        let on_reached = OnReached::Notice;
        match self {
            Self::Standard => Limits { users: Some(10), storage_bytes: Some(10 * GIB), on_reached },
            Self::Starter => Limits { users: Some(3), storage_bytes: Some(2 * GIB), on_reached },
            Self::Sprint => Limits { users: None, storage_bytes: Some(GIB), on_reached },
        }
    }
}
