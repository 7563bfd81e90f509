//! From what is kept of a server to what operators see: which secrets are kept, and none of them.

use super::access::secrets;
use crate::app::App;
use crate::port::host::ServerSecrets;
use crate::store::{Load, ServerRecord};
use shared::api::servers::ServerView;

const UNREADABLE: &str =
    "Its secrets were kept under another secret of this deployment and cannot be read: give them anew.";

/// A server that holds so many panels. Secrets that cannot be read are none, and that is its trouble.
pub(super) fn view(app: &App, server: ServerRecord, load: Load) -> ServerView {
    let read = secrets(app, &server);
    let trouble = if read.is_ok() { server.trouble.clone() } else { Some(UNREADABLE.to_owned()) };
    let kept = kept(&read.unwrap_or_default());
    let (silent, free) = (server.is_silent(), server.capacity.saturating_sub(load.panels));
    let seen = server.surveyed;
    ServerView {
        id: server.id,
        name: server.name,
        url: server.url,
        template: server.template,
        capacity: server.capacity,
        panels: load.panels,
        active: load.active,
        free,
        nearly_full: is_nearly_full(free, server.capacity),
        draining: server.draining,
        files_folder: server.files_folder,
        secrets: kept.into_iter().map(str::to_owned).collect(),
        databases: seen.as_ref().and_then(|seen| seen.databases),
        database_bytes: seen.as_ref().and_then(|seen| seen.database_bytes),
        surveyed_at: seen.as_ref().map(|seen| seen.at),
        locks: seen.as_ref().map(|seen| seen.locks),
        driver: seen.as_ref().map(|seen| seen.driver.clone()),
        version: seen.map(|seen| seen.version),
        trouble,
        silent,
        revision: server.revision,
    }
}

/// The names of those secrets that there are, as the wire calls them.
pub(super) fn kept(secrets: &ServerSecrets) -> Vec<&'static str> {
    let all = [
        ("admin_password", &secrets.admin_password),
        ("database_url", &secrets.database_url),
        ("service_login", &secrets.service_login),
        ("service_password", &secrets.service_password),
    ];
    all.into_iter().filter(|(_, secret)| secret.is_some()).map(|(name, _)| name).collect()
}

/// Less than a tenth of the places is free: time to think of another server.
fn is_nearly_full(free: u32, capacity: u32) -> bool {
    u64::from(free) * 10 < u64::from(capacity)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a person is told to buy a server on the first day, or hears of it only when nobody gets a panel any more.
    #[test]
    fn less_than_a_tenth_is_little() {
        for (free, capacity, is) in [(10, 100, false), (9, 100, true), (0, 1, true), (1, 10, false), (0, 0, false)] {
            assert_eq!(is_nearly_full(free, capacity), is, "{free} of {capacity}");
        }
        assert!(is_nearly_full(u32::MAX / 11, u32::MAX));
    }
}
