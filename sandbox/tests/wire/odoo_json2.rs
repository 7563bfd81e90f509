//! JSON-2 of Odoo 19 and 20.

use serde_json::{Value, json};

use crate::odoo_world::{PASSWORD, World};

async fn asks(world: &World, host: &str, named: Option<&str>, key: &str, call: &str, body: Value) -> (u16, String) {
    let request = world.client.post(world.at(&format!("/json/2/{call}"))).header("host", host).bearer_auth(key);
    let request = named.into_iter().fold(request, |request, name| request.header("x-odoo-database", name));
    let answer = request.json(&body).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

// Harm prevented: a refusal is read as an answer, since each has a status of its own here.
#[tokio::test]
async fn every_refusal_has_its_status() {
    let world = World::version(19);
    let panel = world.panel("acme").await;
    let key = world.odoo.databases().add_api_key(&panel, 2, Some("rpc")).await.unwrap();
    let to = async |key: &str, call: &str, body: Value| asks(&world, "acme.x", None, key, call, body).await;
    let count = json!({ "domain": [["share", "=", false]] });
    assert_eq!(to(&key, "res.users/search_count", count.clone()).await, (200, "1".into()));
    assert_eq!(to(PASSWORD, "res.users/search_count", count.clone()).await.0, 401, "a password is no key");
    let other_scope = world.odoo.databases().add_api_key(&panel, 2, Some("odoo.plugin")).await.unwrap();
    assert_eq!(to(&other_scope, "res.users/search_count", count.clone()).await.0, 401);
    assert_eq!(to(&key, "res.users/_search", json!({})).await.0, 403);
    assert_eq!(to(&key, "res.users/serach", json!({})).await.0, 404);
    assert_eq!(to(&key, "res.user/search", json!({})).await.0, 404);
    let (status, wrong) = to(&key, "res.users/search_count", json!({ "domian": [] })).await;
    assert_eq!(
        (status, serde_json::from_str::<Value>(&wrong).unwrap()["name"].clone()),
        (422, json!("builtins.TypeError"))
    );
    let (status, page) = asks(&world, "nobody.x", None, &key, "res.users/search_count", count.clone()).await;
    assert_eq!((status, page.starts_with("<!doctype html>")), (404, true), "no panel: no JSON");
    let made = to(&key, "res.users/create", json!({ "vals_list": [{ "name": "Karim", "login": "karim" }] })).await;
    assert_eq!(made, (200, "[6]".into()));
    let body = json!({ "ids": [6], "vals": { "active": false } });
    assert_eq!(to(&key, "res.users/write", body).await, (200, "true".into()));
    let portal = world.odoo.databases().add_user(&panel, "portal", "p", true).await.unwrap();
    let theirs = world.odoo.databases().add_api_key(&panel, portal, None).await.unwrap();
    assert_eq!(to(&theirs, "ir.config_parameter/set_param", json!({ "key": "a", "value": "b" })).await.0, 403);
    let seen = world.odoo.databases().users(&panel).await.unwrap();
    assert_eq!(seen.iter().filter(|user| user.active && !user.share).count(), 1);
    assert_eq!(world.model(&panel, "res.users.log", "search_count", json!([[]])).await, Ok(json!(0)), "no trace");
}

// Harm prevented: with one panel's address and a header, a key reaches another panel.
#[tokio::test]
async fn a_header_names_the_panel_of_its_address_only() {
    let world = World::version(19);
    let panel = world.panel("acme").await;
    world.panel("other").await;
    let key = world.odoo.databases().add_api_key(&panel, 2, None).await.unwrap();
    let count = async |host: &str| asks(&world, host, Some("acme"), &key, "res.users/search_count", json!({})).await.0;
    assert_eq!((count("acme.x").await, count("other.x").await, count("127.0.0.1").await), (200, 404, 404));
}

// Harm prevented: an older server is asked in a way that it does not know, and its page is taken for an answer.
#[tokio::test]
async fn older_servers_have_none_of_it() {
    for (version, status) in [(16, 404), (17, 404), (18, 303)] {
        let world = World::version(version);
        let panel = world.panel("acme").await;
        let key = world.odoo.databases().add_api_key(&panel, 2, None).await.unwrap();
        let host = "acme.x";
        assert_eq!(asks(&world, host, None, &key, "res.users/search_count", json!({})).await.0, status, "{version}");
        let args = json!([panel, 2, key, "res.users", "search_count", [[]]]);
        assert_eq!(world.rpc("object", "execute_kw", args).await, Ok(json!(1)), "as a password it is known");
    }
}
