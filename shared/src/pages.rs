//! Which of the five programs for the browser draws the page at an address, and the addresses that letters lead to. The server,
//! the service worker and the programs themselves agree by this table.
//!
//! It does not know which pages there are: an address that leads nowhere belongs to some program too, which says so.

use crate::ids::TenantId;

/// A program for the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// What a customer needs first and quickly: the panels, the way in, paying.
    Dashboard,
    /// Everything about one panel.
    Details,
    /// What is read and set at leisure: invoices, notices, people.
    Account,
    /// Figures to choose by: usage across panels, and the plan of a new one.
    Figures,
    /// The operator's desk.
    Operator,
}

/// How the addresses of the details begin. A panel's `/pay` is the exception: paying is the dashboard's.
pub const DETAILS: [&str; 1] = ["panels"];
/// How the addresses of the account's program begin.
pub const ACCOUNT: [&str; 5] = ["account", "credit", "invoices", "more", "notices"];
/// How the addresses of the figures' program begin.
pub const FIGURES: [&str; 4] = ["new", "orders", "payments", "usage"];

/// Where the link of a letter for a new password leads, with a token in the query.
pub const RESET: &str = "/reset";
/// Where the link of an invitation leads, in the same way.
pub const JOIN: &str = "/join";
/// The people of an account.
pub const PEOPLE: &str = "/account/people";

/// The page of a panel.
#[must_use]
pub fn panel(tenant_id: TenantId) -> String {
    format!("/panels/{tenant_id}")
}

/// Where a panel is paid for.
#[must_use]
pub fn pay(tenant_id: TenantId) -> String {
    format!("/panels/{tenant_id}/pay")
}

impl Program {
    /// The program whose page is at `path`, which has no query.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        match (parts.next(), parts.next(), parts.next()) {
            (Some("operator"), ..) => Self::Operator,
            (Some("panels"), Some(_), Some("pay")) => Self::Dashboard,
            (Some(first), ..) if DETAILS.contains(&first) => Self::Details,
            (Some(first), ..) if ACCOUNT.contains(&first) => Self::Account,
            (Some(first), ..) if FIGURES.contains(&first) => Self::Figures,
            _ => Self::Dashboard,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a customer who is about to pay waits for the large program, or finds that the page does not exist.
    #[test]
    fn paying_and_the_way_in_come_with_the_quick_program() {
        for path in
            ["/", "/sign-in", "/sign-up", "/forgot", "/reset", "/join", "/pay/x", "/panels/ten_1/pay", "/panels/a/pay/"]
        {
            assert_eq!(Program::of(path), Program::Dashboard, "{path}");
        }
        for path in ["/panels/ten_1", "/panels/"] {
            assert_eq!(Program::of(path), Program::Details, "{path}");
        }
        for path in ["/usage", "/new", "/orders", "/payments"] {
            assert_eq!(Program::of(path), Program::Figures, "{path}");
        }
        for path in ["/invoices/x", "/account/people", "/more", "/notices"] {
            assert_eq!(Program::of(path), Program::Account, "{path}");
        }
        for path in ["/operator", "/operator/panels/x/pay"] {
            assert_eq!(Program::of(path), Program::Operator, "{path}");
        }
        for path in ["/newer", "/accounts", "/operators", "/x/usage"] {
            assert_eq!(Program::of(path), Program::Dashboard, "{path}");
        }
    }
}
