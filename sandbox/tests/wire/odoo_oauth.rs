//! Coming in with a one-time token, with the manager of panels as the provider.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::json;

use crate::odoo_world::{World, led, session_of};

/// Tokens that are good once.
type Tokens = Arc<Mutex<BTreeSet<String>>>;

/// A provider that takes tokens in the header alone, and vouches for `subject`.
fn provider(subject: &'static str) -> (Tokens, String) {
    let tokens = Tokens::default();
    let kept = Arc::clone(&tokens);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/validate", listener.local_addr().unwrap());
    let server = HttpServer::new(move || {
        let kept = Arc::clone(&kept);
        let validate = move |request: HttpRequest| {
            let said = request.headers().get("authorization").map(|it| it.to_str().unwrap().to_owned());
            let token = said.unwrap_or_default().trim_start_matches("Bearer ").to_owned();
            let good = kept.lock().unwrap().remove(&token);
            async move {
                HttpResponse::Ok().json(if good {
                    json!({ "user_id": subject })
                } else {
                    json!({ "error": "invalid_token" })
                })
            }
        };
        App::new().route("/validate", web::get().to(validate))
    });
    tokio::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
    (tokens, url)
}

/// A panel whose administrator comes in as `usr_1`; the provider's number.
async fn panel(world: &World, url: &str) -> i64 {
    let name = world.panel("acme").await;
    let values = json!([{ "name": "Panels", "auth_endpoint": "https://panels.example/", "scope": "", "body": "Open",
                          "validation_endpoint": url, "enabled": false, "client_id": "acme" }]);
    let id = world.model(&name, "auth.oauth.provider", "create", values).await.unwrap().as_i64().unwrap();
    let user = json!([[2], { "oauth_provider_id": id, "oauth_uid": "usr_1" }]);
    world.model(&name, "res.users", "write", user).await.unwrap();
    for (key, value) in [("auth_oauth.authorization_header", "1"), ("auth_signup.invitation_scope", "b2b")] {
        world.odoo.databases().set_parameter(&name, key, value).await.unwrap();
    }
    id
}

async fn comes(world: &World, database: &str, provider: i64, token: &str) -> reqwest::Response {
    let state =
        json!({ "d": database, "p": provider, "r": "https%3A%2F%2Facme.panels.example%2Fweb%3Fa%3D1" }).to_string();
    let mut url = url::Url::parse(&world.at("/auth_oauth/signin")).unwrap();
    url.query_pairs_mut().append_pair("access_token", token).append_pair("state", &state);
    world.client.get(url).header("host", "acme.panels.example").send().await.unwrap()
}

// Harm prevented: a link out of somebody's history, or a made-up one, opens a customer's panel.
#[tokio::test]
async fn a_token_opens_its_panel_once() {
    let world = World::version(19);
    let (tokens, url) = provider("usr_1");
    let id = panel(&world, &url).await;
    tokens.lock().unwrap().extend(["first".to_owned(), "second".to_owned()]);
    let answer = comes(&world, "acme", id, "first").await;
    assert_eq!(led(&answer), (303, "/web?a=1".into()));
    let cookie = session_of(&answer).unwrap();
    let home = world.client.get(world.at("/odoo")).header("host", "acme.panels.example").header("cookie", cookie);
    assert!(home.send().await.unwrap().text().await.unwrap().contains("rahima@example.com"));
    for token in ["first", "forged", ""] {
        let refused = comes(&world, "acme", id, token).await;
        assert_eq!((led(&refused), session_of(&refused)), ((303, "/web/login?oauth_error=2".into()), None), "{token}");
    }
    let refused = comes(&world, "other", id, "second").await;
    assert_eq!(refused.status(), 400, "a state of another panel");
    assert!(tokens.lock().unwrap().contains("second"), "nobody was asked");
    world.odoo.databases().close("acme", true).await.unwrap();
    assert_eq!(led(&comes(&world, "acme", id, "second").await), (303, "/web/database/selector".into()));
}

// Harm prevented: whoever the manager vouches for becomes a user of a panel in which nobody made him one.
#[tokio::test]
async fn strangers_become_users_unless_it_is_said() {
    let world = World::version(17);
    let (tokens, url) = provider("usr_2");
    let id = panel(&world, &url).await;
    tokens.lock().unwrap().extend(["first".to_owned(), "second".to_owned()]);
    assert_eq!(led(&comes(&world, "acme", id, "first").await), (303, "/web/login?oauth_error=3".into()));
    let databases = world.odoo.databases();
    assert_eq!(databases.users("acme").await.unwrap().len(), 5);
    databases.set_parameter("acme", "auth_signup.invitation_scope", "b2c").await.unwrap();
    assert_eq!(comes(&world, "acme", id, "second").await.status(), 303);
    let users = databases.users("acme").await.unwrap();
    let new = users.last().unwrap();
    assert_eq!((new.login.as_str(), new.share, new.active), ("provider_1_user_usr_2", true, true));
}

// Harm prevented: a one-time token out of a log works for months as a password.
#[tokio::test]
async fn the_last_token_is_a_password_up_to_17() {
    for (version, works) in [(16, true), (17, true), (18, false), (19, false)] {
        let world = World::version(version);
        let (tokens, url) = provider("usr_1");
        let id = panel(&world, &url).await;
        tokens.lock().unwrap().insert("first".to_owned());
        assert_eq!(comes(&world, "acme", id, "first").await.status(), 303);
        let args = json!(["acme", 2, "first", "res.users", "search_count", [[]]]);
        let called = world.rpc("object", "execute_kw", args).await;
        assert_eq!(called.is_ok(), works, "{version}: {called:?}");
        let cleared = json!([[2], { "oauth_access_token": false }]);
        world.model("acme", "res.users", "write", cleared).await.unwrap();
        let args = json!(["acme", 2, "first", "res.users", "search_count", [[]]]);
        assert!(world.rpc("object", "execute_kw", args).await.is_err(), "{version}");
    }
}
