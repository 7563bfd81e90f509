//! What a server's settings must be.

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
    let url = new.url.parse::<Url>().ok().filter(|url| {
        matches!(url.scheme(), "http" | "https") && url.has_host() && url.path() == "/" && url.username().is_empty()
    });
    rule(url.is_none(), "/url", "format", "must be a bare http or https address without a path");
    rule(!is_database(&new.template), "/template", "format", "must be the name of a database");
    let cluster =
        new.database_url.as_ref().is_none_or(|it| it.parse::<Url>().is_ok_and(|it| it.scheme() == "postgres"));
    rule(!cluster, "/database_url", "format", "must begin with postgres:");
    let absolute = new.files_folder.as_ref().is_none_or(|folder| std::path::Path::new(folder).is_absolute());
    rule(!absolute, "/files_folder", "format", "must be an absolute path");
    if errors.is_empty() { Ok(new.url.trim_end_matches('/').to_owned()) } else { Err(FlowError::Invalid(errors)) }
}

/// A database's name: it is a host's name, too.
pub(super) fn is_database(name: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    (2..=63).contains(&name.len()) && name.starts_with(|c: char| c.is_ascii_lowercase()) && name.bytes().all(inner)
}

/// The secrets as they are to be kept: a secret that is not sent stays as it was.
pub(super) fn lock(app: &App, id: ServerId, new: &ServerSettings, before: ServerSecrets) -> Result<String, FlowError> {
    let secrets = ServerSecrets {
        admin_password: new.admin_password.clone().or(before.admin_password),
        database_url: new.database_url.clone().or(before.database_url),
        service_login: new.service_login.clone().or(before.service_login),
        service_password: new.service_password.clone().or(before.service_password),
    };
    let text = serde_json::to_string(&secrets).unwrap_or_default();
    Ok(app.safe.lock(&id.to_string(), &text, &app.ids.secret())?)
}
