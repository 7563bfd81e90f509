//! Signing up, in and out.

use crate::ids::{AccountId, UserId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The languages that Hourglass speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Language {
    /// English.
    En,
    /// Bangla.
    Bn,
}

impl Language {
    /// How documents and letters name it: the word on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Bn => "bn",
        }
    }
}

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Runs this deployment; sees every account.
    Operator,
    /// Owns an account.
    Owner,
    /// Pays for an account.
    Billing,
    /// Looks, and changes nothing.
    Viewer,
}

/// A new customer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignUp {
    /// The business or person that will pay; 1 to 80 characters.
    pub name: String,
    /// Where to reach them, and what they sign in with; at most 254 characters.
    pub email: String,
    /// 10 to 128 characters.
    #[cfg_attr(feature = "openapi", schema(format = Password, min_length = 10, max_length = 128))]
    pub password: String,
    /// The language to greet them in.
    pub language: Language,
}

/// Who is at the door.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// The address that they signed up with; capitals do not matter.
    pub email: String,
    /// The password.
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub password: String,
    /// The six digits of the second factor, or one of its recovery codes; only if the answer was `second_factor_needed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 32))]
    pub code: Option<String>,
}

/// A running sign-in. The refresh token travels beside it, in an HttpOnly cookie.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Goes into `Authorization: Bearer …`. Keep it in memory only.
    pub access_token: String,
    /// Seconds from now for which the access token is good.
    pub expires_in_seconds: u32,
    /// Goes into `X-CSRF-Token` on refresh and sign-out, which the cookie authorises.
    pub csrf_token: String,
    /// Who is signed in.
    pub me: Me,
}

/// The person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Their id.
    pub user_id: UserId,
    /// Their e-mail address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// The account they act for; `null` for an operator.
    pub account_id: Option<AccountId>,
    /// Its name, or the operator's.
    pub name: String,
    /// Their language.
    pub language: Language,
    /// When they signed up.
    pub since: Timestamp,
    /// The IANA name of the zone by whose clocks they are told times: their account's; for an operator `Asia/Dhaka`.
    pub zone: String,
}
