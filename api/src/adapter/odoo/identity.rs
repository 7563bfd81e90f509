//! What a panel's database says of itself and of us: which parameters, and under which names. Knows no way of writing them.

use uuid::Builder;

use crate::port::host::Identity;

/// By which our row among the providers of sign-ins is found again.
pub(super) const CLIENT_ID: &str = "hourglass";
/// What stands on the button, if anybody ever shows it.
pub(super) const PROVIDER: &str = "Hourglass";
/// Whose panel a database is.
pub(super) const MARKER: &str = "hourglass.tenant";
/// The administrator's row: the same in every database that Odoo has set up.
pub(super) const ADMIN: i64 = 2;
/// What everybody tries first. A database that lets one of them in is not given to anybody.
pub(super) const KNOWN_TO_ALL: [(&str, &str); 2] = [("admin", "admin"), ("demo", "demo")];

/// That one-time tokens go into a header, and so into nobody's log. It holds for all providers of sign-ins alike.
const IN_HEADER: (&str, &str) = ("auth_oauth.authorization_header", "1");

/// The parameters that any panel of ours has.
pub(super) fn parameters(identity: &Identity) -> Vec<(&'static str, String)> {
    vec![
        (MARKER, identity.tenant_id.to_string()),
        ("web.base.url", identity.url.as_str().trim_end_matches('/').to_owned()),
        // Or the next administrator who signs in by another name changes it.
        ("web.base.url.freeze", "True".to_owned()),
    ]
}

/// What is true of a panel that we have made, and may not be of one that was there before: by default somebody whom the panel does not
/// know becomes a guest of it.
pub(super) fn own_parameters() -> Vec<(&'static str, String)> {
    vec![in_header(), ("auth_signup.invitation_scope", "b2b".to_owned())]
}

/// The parameters of a panel that was there before. Other providers that people come in by may not understand a header, so where there
/// are any, ours is asked as they are.
pub(super) fn adopted_parameters(identity: &Identity, has_others: bool) -> Vec<(&'static str, String)> {
    let mut all = parameters(identity);
    if !has_others {
        all.push(in_header());
    }
    all
}

/// What another panel's copy must not share with it: the name by which Odoo tells databases apart, and what signs its links and sessions.
pub(super) fn own_secrets() -> Vec<(&'static str, String)> {
    let made_up = || Builder::from_random_bytes(rand::random()).into_uuid().to_string();
    vec![("database.uuid", made_up()), ("database.secret", made_up())]
}

fn in_header() -> (&'static str, String) {
    (IN_HEADER.0, IN_HEADER.1.to_owned())
}

/// The page to which a visitor would be sent, if the button were shown: the panel's own sign-in page.
pub(super) fn sign_in_page(identity: &Identity) -> String {
    format!("{}/web/login", identity.url.as_str().trim_end_matches('/'))
}
