//! The address at which a browser is signed in: the stock module `auth_oauth`, with us as the provider.
//!
//! Odoo asks our check address about the token, which must be good once. On versions 16 and 17 the token then also opens RPC as that very person
//! until they come in again. It is not cleared behind their back: sessions are computed from it, so that clearing it would sign out
//! whoever has just come in; the gate and the closed database are what keeps RPC shut.

use serde_json::json;
use url::Url;
use url::form_urlencoded::byte_serialize;

use super::driver::Door;
use super::names::Name;
use crate::port::host::HostError;

/// `https://acme…/auth_oauth/signin?access_token=…&state=…`
pub(super) fn address(url: &Url, name: &Name, door: &Door, token: &str) -> Result<Url, HostError> {
    let at = |path: &str| url.join(path).map_err(|_| HostError::Refused("the panel's address leads nowhere".into()));
    let landing: String = byte_serialize(at(door.version.landing())?.as_str().as_bytes()).collect();
    // Encoded twice: once here, as Odoo wants it, and once as a part of the address.
    let state = json!({ "d": name.as_str(), "p": door.provider, "r": landing });
    let mut address = at("/auth_oauth/signin")?;
    address.query_pairs_mut().append_pair("access_token", token).append_pair("state", &state.to_string());
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::super::version::Version;
    use super::*;

    // Harm prevented: the owner is signed in at another panel, or lands on a page that their version does not have.
    #[test]
    fn the_address_names_the_panel_its_provider_and_where_to_land() {
        let url = Url::parse("https://acme.panels.example/").unwrap();
        for (version, landing) in [("16.0", "web"), ("17.0", "web"), ("18.0", "odoo"), ("19.0", "odoo")] {
            let door = Door { provider: 4, version: Version::of(version).unwrap() };
            let address = address(&url, &Name::of("acme").unwrap(), &door, "a+b&c").unwrap();
            assert!(
                address
                    .as_str()
                    .starts_with("https://acme.panels.example/auth_oauth/signin?access_token=a%2Bb%26c&state=")
            );
            let state = address.query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned();
            let wanted = json!({ "d": "acme", "p": 4, "r": format!("https%3A%2F%2Facme.panels.example%2F{landing}") });
            assert_eq!(serde_json::from_str::<serde_json::Value>(&state).unwrap(), wanted);
        }
    }
}
