//! The people of an account: profile, passwords, the second factor, sign-ins, members and invitations.

use crate::api::auth::{Language, Role};
use crate::ids::{InvitationId, SessionId, UserId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A person, as they see themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// Their id.
    pub user_id: UserId,
    /// What they sign in with.
    pub email: String,
    /// Their own name, which need not be the account's.
    pub name: String,
    /// Their language, on pages and in letters.
    pub language: Language,
    /// What they may do.
    pub role: Role,
    /// When they joined.
    pub since: Timestamp,
    /// Whether signing in asks for a second factor.
    pub has_second_factor: bool,
    /// How many recovery codes are left; 0 without a second factor.
    pub recovery_codes_left: u32,
}

/// What a person says of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditProfile {
    /// Their own name; 1 to 80 characters.
    pub name: String,
    /// Their language.
    pub language: Language,
}

/// A new password. Every other sign-in of the person ends.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePassword {
    /// The present one.
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub current: String,
    /// 10 to 128 characters.
    #[cfg_attr(feature = "openapi", schema(format = Password, min_length = 10, max_length = 128))]
    pub new: String,
}

/// Somebody who cannot sign in wants a letter with a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ForgotPassword {
    /// The address that they sign in with. The answer is the same whether anybody does.
    pub email: String,
}

/// A new password, by the link of a letter. Every sign-in of the person ends.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetPassword {
    /// What the link carried; good once.
    pub token: String,
    /// 10 to 128 characters.
    #[cfg_attr(feature = "openapi", schema(format = Password, min_length = 10, max_length = 128))]
    pub password: String,
}

/// Proof that it is they who ask.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Confirm {
    /// Their password.
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub password: String,
}

/// A second factor that is not in force yet: it is once a code of it was shown. Shown once.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSecondFactor {
    /// The secret in base 32, for typing.
    pub secret: String,
    /// The same as an `otpauth://` address.
    pub uri: String,
    /// The address as a QR code: the whole of an SVG document.
    pub qr_svg: String,
}

/// A code of the second factor.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorCode {
    /// Six digits, Latin or Bangla; spaces do not matter. To remove the factor, a recovery code will do.
    pub code: String,
}

/// To remove the second factor.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RemoveSecondFactor {
    /// Their password.
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub password: String,
    /// Six digits, or a recovery code.
    pub code: String,
}

/// Each signs in once in place of a code. Shown once.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Ten of them.
    pub codes: Vec<String>,
}

/// A sign-in that goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInView {
    /// It.
    pub session_id: SessionId,
    /// When it began.
    pub since: Timestamp,
    /// When it was last renewed, which an open page does every few minutes.
    pub last_seen_at: Timestamp,
    /// The browser, as it calls itself; empty if it does not.
    pub browser: String,
    /// Whether it is the reader's own.
    pub this: bool,
}

/// A person's sign-ins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInList {
    /// The last renewed first.
    pub items: Vec<SignInView>,
}

/// One of an account's people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberView {
    /// Their id.
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// When they joined.
    pub since: Timestamp,
    /// Whether signing in asks them for a second factor.
    pub has_second_factor: bool,
    /// Whether it is the reader.
    pub this: bool,
}

/// Somebody who was asked to join, and has not yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationView {
    /// It.
    pub invitation_id: InvitationId,
    /// Who was asked.
    pub email: String,
    /// What they may do once they join.
    pub role: Role,
    /// When they were asked.
    pub sent_at: Timestamp,
    /// When the link ceases to be good.
    pub expires_at: Timestamp,
}

/// An account's people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Members {
    /// Who joined first comes first.
    pub members: Vec<MemberView>,
    /// Open invitations, oldest first. Only owners see them; for others it is empty.
    pub invitations: Vec<InvitationView>,
    /// Whether the reader may invite, and change roles.
    pub may_change: bool,
}

/// Asks somebody to join.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invite {
    /// Their address.
    pub email: String,
    /// What they may do: `owner`, `billing` or `viewer`.
    pub role: Role,
    /// The password of whoever asks; needed if the role is `owner`, and not looked at otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub password: Option<String>,
}

/// A member's new role.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditMember {
    /// `owner`, `billing` or `viewer`. The last owner stays one.
    pub role: Role,
    /// The password of whoever asks; needed if the role is `owner`, and not looked at otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub password: Option<String>,
}

/// Asks whether the link of a letter is still good, and what it leads to.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookAtLink {
    /// What the link carried. Looking does not use it up.
    pub token: String,
}

/// What the link of an invitation leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitedTo {
    /// Which account asks.
    pub account_name: String,
    /// Who was asked: they will sign in with this address.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

/// Joins an account, and signs in.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Join {
    /// What the link carried; good once.
    pub token: String,
    /// Their own name; 1 to 80 characters.
    pub name: String,
    /// 10 to 128 characters.
    #[cfg_attr(feature = "openapi", schema(format = Password, min_length = 10, max_length = 128))]
    pub password: String,
    /// Their language.
    pub language: Language,
}
