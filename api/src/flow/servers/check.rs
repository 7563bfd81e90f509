//! What a server's settings must be.

use super::view::kept;
use crate::app::App;
use crate::flow::FlowError;
use crate::port::host::ServerSecrets;
use shared::api::problem::FieldError;
use shared::api::servers::ServerSettings;
use shared::ids::ServerId;
use url::Url;

const NAME_MAX: usize = 80;

/// The settings with every rule that they break; their address without a trailing slash.
pub(super) fn check(new: &ServerSettings) -> Result<String, FlowError> {
    let mut errors = Vec::new();
    let mut rule = |broken: bool, pointer: &str, code: &str, detail: &str| {
        if broken {
            let [pointer, code, detail] = [pointer, code, detail].map(str::to_owned);
            errors.push(FieldError { pointer, code, detail });
        }
    };
    let name = new.name.trim();
    let bad_name = name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control);
    rule(bad_name, "/name", "length", "must be 1 to 80 characters");
    let url = new.url.parse::<Url>().ok().filter(is_bare);
    rule(url.is_none(), "/url", "format", "must be a bare http or https address: scheme, host and port alone");
    rule(!is_database(&new.template), "/template", "format", "must be the name of a database");
    let cluster =
        new.database_url.as_ref().is_none_or(|it| it.parse::<Url>().is_ok_and(|it| it.scheme() == "postgres"));
    rule(!cluster, "/database_url", "format", "must begin with postgres:");
    let absolute = new.files_folder.as_ref().is_none_or(|folder| std::path::Path::new(folder).is_absolute());
    rule(!absolute, "/files_folder", "format", "must be an absolute path");
    match url {
        Some(url) if errors.is_empty() => Ok(url.as_str().trim_end_matches('/').to_owned()),
        Some(_) | None => Err(FlowError::Invalid(errors)),
    }
}

/// Scheme, host and port, and nothing else: what is kept in the open holds nobody's name or password.
fn is_bare(url: &Url) -> bool {
    let nobody = url.username().is_empty() && url.password().is_none();
    let nothing_more = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    matches!(url.scheme(), "http" | "https") && url.has_host() && nobody && nothing_more
}

/// Whether secrets may stay as they are when the address changes. They were given for one machine: at another address (scheme, host or
/// port) each that is kept has to be sent anew, or whoever names a machine of their own would be told it.
pub(super) fn still_theirs(
    before: &str,
    url: &str,
    secrets: &ServerSecrets,
    new: &ServerSettings,
) -> Result<(), FlowError> {
    let origin = |text: &str| text.parse::<Url>().ok().map(|url| url.origin());
    if origin(before) == origin(url) {
        return Ok(());
    }
    let sent = kept(&of(new));
    let missing = kept(secrets).into_iter().filter(|name| !sent.contains(name));
    let errors: Vec<FieldError> = missing
        .map(|name| FieldError {
            pointer: format!("/{name}"),
            code: "needed".to_owned(),
            detail: "must be sent anew with another address".to_owned(),
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(FlowError::Invalid(errors)) }
}

/// The secrets that are sent.
fn of(new: &ServerSettings) -> ServerSecrets {
    ServerSecrets {
        admin_password: new.admin_password.clone(),
        database_url: new.database_url.clone(),
        service_login: new.service_login.clone(),
        service_password: new.service_password.clone(),
    }
}

/// A database's name: it is a host's name, too.
pub(super) fn is_database(name: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    (2..=63).contains(&name.len()) && name.starts_with(|c: char| c.is_ascii_lowercase()) && name.bytes().all(inner)
}

/// The secrets as they are to be kept: a secret that is not sent stays as it was.
pub(super) fn lock(app: &App, id: ServerId, new: &ServerSettings, before: ServerSecrets) -> Result<String, FlowError> {
    let sent = of(new);
    let secrets = ServerSecrets {
        admin_password: sent.admin_password.or(before.admin_password),
        database_url: sent.database_url.or(before.database_url),
        service_login: sent.service_login.or(before.service_login),
        service_password: sent.service_password.or(before.service_password),
    };
    let text = serde_json::to_string(&secrets).unwrap_or_default();
    Ok(app.safe.lock(&id.to_string(), &text, &app.ids.secret())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a password stands in an address that every operator's page shows, or half of an address is left out unsaid.
    #[test]
    fn an_address_is_scheme_host_and_port_alone() {
        let is = |text: &str| text.parse::<Url>().is_ok_and(|url| is_bare(&url));
        for good in ["http://10.0.0.5:8069", "https://panels.example.com/"] {
            assert!(is(good), "{good}");
        }
        let bad =
            ["http://:pw@host", "http://me@host", "http://host/web", "http://host?db=a", "http://host#a", "ftp://host"];
        for bad in bad {
            assert!(!is(bad), "{bad}");
        }
    }

    fn settings(admin_password: Option<&str>) -> ServerSettings {
        ServerSettings {
            name: "Dhaka".to_owned(),
            url: String::new(),
            template: "template".to_owned(),
            capacity: 1,
            draining: false,
            files_folder: None,
            admin_password: admin_password.map(str::to_owned),
            database_url: None,
            service_login: None,
            service_password: None,
        }
    }

    // Harm prevented: whoever has an operator's session names a machine of their own and is told the master password.
    #[test]
    fn secrets_stay_at_their_address_alone() {
        let kept = ServerSecrets { admin_password: Some("old".to_owned()), ..ServerSecrets::default() };
        let (before, none) = ("http://10.0.0.5:8069", ServerSecrets::default());
        assert!(still_theirs(before, "http://10.0.0.5:8069", &kept, &settings(None)).is_ok());
        for other in ["http://10.0.0.5:1", "https://10.0.0.5:8069", "http://10.0.0.6:8069"] {
            match still_theirs(before, other, &kept, &settings(None)) {
                Err(FlowError::Invalid(errors)) => assert_eq!(errors[0].pointer, "/admin_password"),
                told => panic!("{other}: {told:?}"),
            }
            assert!(still_theirs(before, other, &kept, &settings(Some("new"))).is_ok());
            assert!(still_theirs(before, other, &none, &settings(None)).is_ok(), "there is nothing to be told");
        }
    }
}
