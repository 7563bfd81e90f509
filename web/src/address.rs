//! The map of addresses: which page each path leads to, where to return to after signing in, how to write to the operator.

use shared::ids::{InvoiceId, PaymentId, ReconciliationId, TenantId};

/// A page of the customer's four programs; [`shared::pages`] says which of them has it. This is the whole map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// `/`
    Panels,
    /// `/new`
    NewPanel,
    /// `/usage`
    Usage,
    /// `/orders`
    Orders,
    /// `/payments`
    Payments,
    /// `/notices`
    Notices,
    /// `/invoices`
    Invoices,
    /// `/invoices/{invoice}`
    Invoice(InvoiceId),
    /// `/credit`
    Credit,
    /// `/more`: on a phone, what has no place at the lower edge.
    More,
    /// `/panels/{tenant}`
    Manage(TenantId),
    /// `/panels/{tenant}/pay`
    Pay(TenantId),
    /// `/pay/{payment}`: the gateway sends customers back here, with a token in the query.
    Payment(String),
    /// `/sign-in`
    SignIn,
    /// `/sign-up`
    SignUp,
    /// `/forgot`: asks for a letter with a link.
    Forgot,
    /// `/reset`: where that link leads, with a token in the query.
    Reset,
    /// `/join`: where the link of an invitation leads, in the same way.
    Join,
    /// `/account` and what lies below it.
    Account(Section),
    /// All else.
    Nowhere,
}

/// A part of the account's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// `/account`: who one is, and who pays.
    Profile,
    /// `/account/people`
    People,
    /// `/account/security`
    Security,
    /// `/account/notices`: what one wants to be told.
    Choices,
}

impl Place {
    /// The page of a path.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let of_tenant = |id: &str, place: fn(TenantId) -> Self| id.parse().map_or(Self::Nowhere, place);
        match parts.as_slice() {
            [] => Self::Panels,
            ["new"] => Self::NewPanel,
            ["usage"] => Self::Usage,
            ["orders"] => Self::Orders,
            ["payments"] => Self::Payments,
            ["notices"] => Self::Notices,
            ["invoices"] => Self::Invoices,
            ["invoices", id] => id.parse().map_or(Self::Nowhere, Self::Invoice),
            ["credit"] => Self::Credit,
            ["more"] => Self::More,
            ["panels", id] => of_tenant(id, Self::Manage),
            ["panels", id, "pay"] => of_tenant(id, Self::Pay),
            ["pay", id] => Self::Payment((*id).to_owned()),
            ["sign-in"] => Self::SignIn,
            ["sign-up"] => Self::SignUp,
            ["forgot"] => Self::Forgot,
            ["reset"] => Self::Reset,
            ["join"] => Self::Join,
            ["account"] => Self::Account(Section::Profile),
            ["account", "people"] => Self::Account(Section::People),
            ["account", "security"] => Self::Account(Section::Security),
            ["account", "notices"] => Self::Account(Section::Choices),
            _ => Self::Nowhere,
        }
    }
}

/// A page of the operator's desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Desk {
    /// `/operator`
    Attention,
    /// `/operator/payments`
    Payments,
    /// `/operator/payments/{payment}`
    Payment(PaymentId),
    /// `/operator/panels/{tenant}`
    Panel(TenantId),
    /// `/operator/refunds`
    Refunds,
    /// `/operator/manual-payments`
    ManualPayments,
    /// `/operator/servers`
    Servers,
    /// `/operator/reconciliations`
    Reconciliations,
    /// `/operator/reconciliations/{reconciliation}`
    Reconciliation(ReconciliationId),
    /// All else.
    Nowhere,
}

impl Desk {
    /// The page of a path; `None` if that is no path of the desk.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let (&"operator", below) = parts.split_first()? else { return None };
        Some(match below {
            [] => Self::Attention,
            ["payments"] => Self::Payments,
            ["payments", id] => id.parse().map_or(Self::Nowhere, Self::Payment),
            ["panels", id] => id.parse().map_or(Self::Nowhere, Self::Panel),
            ["refunds"] => Self::Refunds,
            ["manual-payments"] => Self::ManualPayments,
            ["servers"] => Self::Servers,
            ["reconciliations"] => Self::Reconciliations,
            ["reconciliations", id] => id.parse().map_or(Self::Nowhere, Self::Reconciliation),
            _ => Self::Nowhere,
        })
    }
}

/// Where a visitor may be sent after signing in: a path of this origin, else the first page.
///
/// Browsers read `//host`, `/\host` and paths with control characters as other origins, so those are refused.
#[must_use]
pub fn safe_next(asked: Option<&str>) -> &str {
    let inside = |path: &&str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains('\\')
            && !path.chars().any(char::is_control)
            && !["/sign-", "/forgot", "/reset", "/join"].iter().any(|door| path.starts_with(door))
    };
    asked.filter(inside).unwrap_or("/")
}

/// The sign-in page that returns to `path` (with its query) afterwards.
#[must_use]
pub fn sign_in_to(path: &str) -> String {
    if safe_next(Some(path)) == "/" { "/sign-in".to_owned() } else { format!("/sign-in?next={}", escaped(path)) }
}

/// A panel's address as people say it: without the scheme and without a slash at its end.
#[must_use]
pub fn host(url: &str) -> &str {
    let bare = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    bare.strip_suffix('/').unwrap_or(bare)
}

/// A `mailto:` address with a subject.
#[must_use]
pub fn mail_to(address: &str, subject: &str) -> String {
    format!("mailto:{address}?subject={}", escaped(subject))
}

/// Percent-encoding of everything that is not an unreserved character of RFC 3986.
#[must_use]
pub fn escaped(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::pages::{self, Program};

    #[test]
    fn every_path_leads_to_one_page() {
        let id = "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012";
        let tenant = || id.parse().unwrap();
        assert_eq!(Place::of("/"), Place::Panels);
        assert_eq!(Place::of(&format!("/panels/{id}")), Place::Manage(tenant()));
        assert_eq!(Place::of(&format!("/panels/{id}/pay/")), Place::Pay(tenant()));
        assert_eq!(Place::of("/pay/pay_1"), Place::Payment("pay_1".to_owned()));
        assert_eq!(Place::of("/invoices"), Place::Invoices);
        assert_eq!(Place::of("/credit"), Place::Credit);
        assert_eq!((Place::of("/new"), Place::of("/usage/")), (Place::NewPanel, Place::Usage));
        assert_eq!(Place::of("/reset"), Place::Reset);
        assert_eq!(Place::of("/account/people"), Place::Account(Section::People));
        let invoice = "inv_01937b1c8f2e7c3d9a4b5c6d7e8f9012";
        assert_eq!(Place::of(&format!("/invoices/{invoice}")), Place::Invoice(invoice.parse().unwrap()));
        for lost in [
            "/panels/7",
            "/invoices/7",
            "/invoices/x/y",
            "/panels",
            "/sign-in/x",
            "/join/x",
            "/account/x",
            "/docs",
            "/api/v1/about",
        ] {
            assert_eq!(Place::of(lost), Place::Nowhere, "{lost}");
        }
    }

    // Harm prevented: an address that has a page is handed to the program that does not draw it; a letter leads to no page.
    #[test]
    fn every_page_is_in_the_program_that_the_server_sends_for_it() {
        let id = "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012";
        let tenant_id = id.parse().unwrap();
        let (panel, pay) = (pages::panel(tenant_id), pages::pay(tenant_id));
        let dashboard = ["/", "/sign-in", "/sign-up", "/forgot", pages::RESET, pages::JOIN, "/pay/pay_1", &pay];
        let account = ["/notices", "/invoices", "/credit", "/more", "/account", pages::PEOPLE];
        let programs: [(Program, &[&str]); 4] = [
            (Program::Dashboard, &dashboard),
            (Program::Details, &[&panel]),
            (Program::Account, &account),
            (Program::Figures, &["/new", "/orders", "/payments", "/usage"]),
        ];
        for (program, path) in
            programs.iter().flat_map(|(program, paths)| paths.iter().map(move |path| (program, path)))
        {
            assert_ne!(Place::of(path), Place::Nowhere, "{path}");
            assert_eq!(Program::of(path), *program, "{path}");
        }
    }

    // Harm prevented: without a network the service worker opens the program that has not the page.
    #[test]
    fn the_service_worker_tells_the_programs_apart_by_the_same_table() {
        let worker = include_str!("../static/sw.js");
        let line = |name: &str, firsts: &[&str]| format!("const {name} = {firsts:?};\n");
        let (details, account) = (line("DETAILS", &pages::DETAILS), line("ACCOUNT", &pages::ACCOUNT));
        let table = details + &account + &line("FIGURES", &pages::FIGURES);
        assert!(worker.contains(&table), "sw.js does not say {table}");
    }

    // Harm prevented: the customer's program opens an address of the operator's, and shows that it does not exist.
    #[test]
    fn each_program_leaves_the_other_its_addresses() {
        let id = "pay_01937b1c8f2e7c3d9a4b5c6d7e8f9012";
        for path in ["/operator", "/operator/payments", "/operator/x", "/operator/reconciliations/7"] {
            assert_eq!(Place::of(path), Place::Nowhere, "{path}");
            assert!(Desk::of(path).is_some(), "{path}");
        }
        assert_eq!(Desk::of("/operator/"), Some(Desk::Attention));
        assert_eq!(Desk::of(&format!("/operator/payments/{id}")), Some(Desk::Payment(id.parse().unwrap())));
        for path in ["/", "/panels", "/invoices", "/credit", "/operators"] {
            assert_eq!(Desk::of(path), None, "{path}");
        }
    }

    #[test]
    fn an_address_is_said_without_its_scheme() {
        assert_eq!(host("https://rahman.example.com/"), "rahman.example.com");
        assert_eq!(host("http://rahman.localhost:8080"), "rahman.localhost:8080");
    }

    #[test]
    fn only_paths_of_this_origin_are_returned_to() {
        for good in ["/", "/panels/ten_1/pay", "/pay/pay_1?token=a"] {
            assert_eq!(safe_next(Some(good)), good);
        }
        for bad in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "",
            "panels",
            "/\t/evil",
            "/sign-in",
            "/reset?token=a",
            "javascript:x",
        ] {
            assert_eq!(safe_next(Some(bad)), "/", "{bad} was accepted");
        }
        assert_eq!(safe_next(None), "/");
    }

    #[test]
    fn the_way_back_survives_the_query() {
        assert_eq!(sign_in_to("/pay/x?token=a&b"), "/sign-in?next=%2Fpay%2Fx%3Ftoken%3Da%26b");
        assert_eq!(sign_in_to("/"), "/sign-in");
        assert_eq!(mail_to("help@example.com", "Help ৳"), "mailto:help@example.com?subject=Help%20%E0%A7%B3");
    }
}
