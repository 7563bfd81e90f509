//! Identifiers: a prefix that says what it names, and a UUIDv7 that sorts by creation.
//!
//! This module does not make ids; the server injects them, so that tests and replays are exact.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is not an id of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an id that starts with `{prefix}_` followed by 32 hexadecimal digits")]
pub struct IdError {
    /// The prefix that was expected, without the underscore.
    pub prefix: &'static str,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// What every text form of this id starts with, without the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// Names a new thing. The uuid should be a version 7, so that ids sort by creation.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare uuid, without the prefix.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}_{}", $prefix, self.0.as_simple())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(self, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let refused = IdError { prefix: $prefix };
                let digits = text.strip_prefix(concat!($prefix, "_")).ok_or(refused.clone())?;
                // `Uuid::parse_str` would also take braces, hyphens and capitals: one id, one spelling.
                let plain = digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
                if !plain {
                    return Err(refused);
                }
                Uuid::try_parse(digits).map(Self).map_err(|_| refused)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some(concat!("^", $prefix, "_[0-9a-f]{32}$")))
                    .examples([concat!($prefix, "_01937b1c8f2e7c3d9a4b5c6d7e8f9012")])
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    };
}

id!(
    /// A customer: the party that pays.
    AccountId, "acc"
);
id!(
    /// A person who signs in.
    UserId, "usr"
);
id!(
    /// One Odoo database behind one subdomain; pages say "panel".
    TenantId, "ten"
);
id!(
    /// What is sold.
    PlanId, "pln"
);
id!(
    /// One frozen version of a plan.
    PlanVersionId, "plv"
);
id!(
    /// What is to be paid.
    OrderId, "ord"
);
id!(
    /// One attempt to pay an order at the gateway.
    PaymentId, "pay"
);
id!(
    /// Something an account should know, shown in the dashboard.
    NoticeId, "ntc"
);
id!(
    /// A promised effect on the world, delivered at least once under this id.
    EffectId, "eff"
);
id!(
    /// One row of the audit log.
    AuditId, "aud"
);
id!(
    /// A set of ledger entries that sum to zero.
    JournalId, "jrn"
);
id!(
    /// An invoice or a credit note.
    InvoiceId, "inv"
);
id!(
    /// A reversal of usage that was measured wrongly.
    CorrectionId, "cor"
);
id!(
    /// Money that a gateway confirmed: one charge.
    ReceiptId, "rcp"
);
id!(
    /// Money on its way back to whoever paid.
    RefundId, "rfd"
);
id!(
    /// A payment that came past every gateway: by bank transfer, or in cash.
    ManualPaymentId, "mnl"
);
id!(
    /// Something that a person of the operator has to look at.
    AlertId, "alt"
);
id!(
    /// One comparison of our books with the gateways'.
    ReconciliationId, "rec"
);
id!(
    /// A server on which panels run.
    ServerId, "srv"
);
id!(
    /// Work at a host that takes several steps.
    JobId, "job"
);
id!(
    /// A kept copy of a panel.
    BackupId, "bak"
);
id!(
    /// One browser's sign-in; its refresh tokens form a chain.
    SessionId, "ses"
);
id!(
    /// A letter that is to be mailed.
    LetterId, "let"
);
id!(
    /// A one-time link in a letter: to reset a password, or to join an account.
    LinkId, "lnk"
);
id!(
    /// An invitation to join an account.
    InvitationId, "ivt"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling_and_survives_a_round_trip() {
        let id = TenantId::new(Uuid::from_u128(0x0193_7b1c_8f2e_7c3d_9a4b_5c6d_7e8f_9012));
        assert_eq!(id.to_string(), "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012");
        assert_eq!(id.to_string().parse::<TenantId>(), Ok(id));
        for wrong in [
            "",
            "ten_",
            "acc_01937b1c8f2e7c3d9a4b5c6d7e8f9012",
            "ten_01937B1C8F2E7C3D9A4B5C6D7E8F9012",
            "ten_01937b1c-8f2e-7c3d-9a4b-5c6d7e8f9012",
            "01937b1c8f2e7c3d9a4b5c6d7e8f9012",
        ] {
            assert!(wrong.parse::<TenantId>().is_err(), "{wrong} was taken for a tenant id");
        }
    }
}
