//! `/auth_oauth/signin`: a visitor comes with a token, and the provider's address is asked whose it is. Knows no provider.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use serde::Deserialize;
use serde_json::{Value, json};

use super::failure::Raised;
use super::page;
use super::schema::{self, PROVIDERS, Row, USERS};
use super::server::{Server, Session};
use super::web::{home_path, html, see_other, signed_in};

/// As long as Odoo waits for a provider.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
pub(super) struct Asked {
    access_token: Option<String>,
    state: Option<String>,
}

/// What the visitor's state says.
#[derive(Deserialize)]
struct State {
    d: String,
    p: i64,
    r: Option<String>,
}

/// Why nobody is let in.
enum Refused {
    /// Unknown, and nobody new is let in: `oauth_error=3`.
    Denied,
    /// The provider did not vouch for the token, or anything else: `oauth_error=2`.
    Other,
}

impl From<Raised> for Refused {
    fn from(_: Raised) -> Self {
        Self::Other
    }
}

/// Signs in, or sends back to the sign-in page.
pub(super) async fn sign_in(request: HttpRequest, asked: Query<Asked>, server: Data<Server>) -> HttpResponse {
    let state = asked.state.as_deref().and_then(|state| serde_json::from_str::<State>(state).ok());
    let Some(state) = state.filter(|state| server.passes(&request, &state.d)) else {
        return html(StatusCode::BAD_REQUEST, page::bad_request());
    };
    let listed = server.databases.list().await.is_ok_and(|names| names.contains(&state.d));
    if !listed || server.databases.store.ping(&state.d).await.is_err() {
        return see_other("/web/database/selector");
    }
    let token = asked.access_token.as_deref().unwrap_or_default();
    match person(&server, &state.d, state.p, token).await {
        Ok(user) => {
            let to = state.r.as_deref().map(local).unwrap_or_else(|| home_path(server.version()).to_owned());
            signed_in(&server, Session { database: state.d, user }, &to)
        }
        Err(Refused::Denied) => see_other("/web/login?oauth_error=3"),
        Err(Refused::Other) => see_other("/web/login?oauth_error=2"),
    }
}

/// Where the visitor wants to go, as a path: the host of it is dropped.
fn local(wanted: &str) -> String {
    let decoded = url::form_urlencoded::parse(format!("r={wanted}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default();
    match url::Url::parse(&decoded) {
        Ok(url) => url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())),
        Err(_) => format!("/{}", decoded.trim_start_matches('/')),
    }
}

async fn person(server: &Server, database: &str, provider: i64, token: &str) -> Result<i64, Refused> {
    let databases = &server.databases;
    let providers = databases.store.rows(database, PROVIDERS).await?;
    // One that is not enabled has no button; its links work.
    let found = providers.iter().find(|row| row.get("id") == Some(&json!(provider))).ok_or(Refused::Other)?;
    let in_header = databases.parameter(database, "auth_oauth.authorization_header").await?;
    let said = validated(server, found, token, in_header.is_some_and(|it| !matches!(&*it, "" | "False" | "0"))).await?;
    if said.contains_key("error") {
        return Err(Refused::Other);
    }
    let subject = ["sub", "id", "user_id"].iter().find_map(|name| match said.get(*name) {
        Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    });
    let subject = subject.ok_or(Refused::Denied)?;
    let users = databases.store.rows(database, USERS).await?;
    let known = users.iter().find(|user| {
        user.get("oauth_uid") == Some(&json!(subject))
            && user.get("oauth_provider_id") == Some(&json!(provider))
            && user.get("active") == Some(&json!(true))
    });
    let user = match known.and_then(|user| user.get("id")?.as_i64()) {
        Some(id) => id,
        None => signed_up(server, database, provider, &subject, &said).await?,
    };
    let kept = schema::row(json!({ "oauth_access_token": token }));
    databases.store.update(database, USERS, user, kept).await?;
    databases.log_in(database, user).await?;
    Ok(user)
}

/// Asks the provider's address whose token it is.
async fn validated(server: &Server, provider: &Row, token: &str, in_header: bool) -> Result<Row, Refused> {
    let address = provider.get("validation_endpoint").and_then(Value::as_str).unwrap_or_default();
    let request = server.client.get(address).timeout(PATIENCE);
    let request = if in_header { request.bearer_auth(token) } else { request.query(&[("access_token", token)]) };
    let answer = request.send().await.map_err(|_| Refused::Other)?;
    if !answer.status().is_success() {
        return Err(Refused::Other);
    }
    answer.json().await.map_err(|_| Refused::Other)
}

/// Somebody unknown becomes a user of the portal, unless invitations are needed (`b2b`); the default is that they are not.
async fn signed_up(server: &Server, database: &str, provider: i64, subject: &str, said: &Row) -> Result<i64, Refused> {
    let databases = &server.databases;
    if databases.parameter(database, "auth_signup.invitation_scope").await?.as_deref() == Some("b2b") {
        return Err(Refused::Denied);
    }
    let by_mail = said.get("email").and_then(Value::as_str).map(str::to_owned);
    let login = by_mail.unwrap_or_else(|| format!("provider_{provider}_user_{subject}"));
    let user = databases.add_user(database, &login, &super::passlib::random_hex(20), true).await?;
    let link = schema::row(json!({ "oauth_provider_id": provider, "oauth_uid": subject }));
    databases.store.update(database, USERS, user, link).await?;
    Ok(user)
}
