//! JSON-RPC, version by version: how errors look, what is there, and how people are counted.

use serde_json::{Value, json};

use crate::odoo_world::{LOGIN, MASTER, PASSWORD, World};

// Harm prevented: an error is looked for where only some versions have it, and a failure passes for a success.
#[tokio::test]
async fn errors_are_known_by_their_name_alone() {
    for (version, code) in [(16, 200), (17, 200), (18, 200), (19, 0)] {
        let world = World::version(version);
        let asks = async |method, args| -> (u16, Value) {
            let answer = world.asks("db", method, args).await.unwrap();
            (answer.status().as_u16(), answer.json().await.unwrap())
        };
        let (status, denied) = asks("drop", json!(["wrong", "acme"])).await;
        assert_eq!((status, &denied["error"]["code"], &denied["id"]), (200, &json!(code), &json!(7)));
        assert_eq!(denied["error"]["data"]["name"], "odoo.exceptions.AccessDenied");
        assert_eq!(asks("drop_all", json!([])).await.1["error"]["data"]["name"], "builtins.KeyError");
        assert_eq!(asks("server_version", json!([])).await.1["result"], format!("{version}.0"));
        let told = world.rpc("common", "version", json!([])).await.unwrap();
        assert_eq!(told["server_version_info"][0], version);
    }
}

// Harm prevented: the day after an upgrade to 20 no panel can be made, because its one way is gone.
#[tokio::test]
async fn twenty_has_no_service_for_databases() {
    let world = World::version(20);
    let panel = world.panel("acme").await;
    assert!(world.db("server_version", json!([])).await.is_err());
    assert!(world.db("drop", json!([MASTER, panel])).await.is_err());
    assert_eq!(world.count(&panel).await, Ok(json!(1)), "the other services are there");
    let fields = [("master_pwd", MASTER), ("name", "acme"), ("new_name", "new")];
    assert_eq!(world.post("/web/database/rename", &fields).await.status(), 303);
    let fields = [("master_pwd", MASTER), ("name", "bad"), ("lang", "en_US"), ("login", "a"), ("password", "b")];
    let unknown = fields.into_iter().chain([("phone", "1"), ("country_code", "zz")]).collect::<Vec<_>>();
    assert_eq!(world.post("/web/database/create", &unknown).await.status(), 422, "here it is told");
    let wrong = [("master_pwd", "wrong"), ("name", "new")];
    assert_eq!(world.post("/web/database/drop", &wrong).await.status(), 403);
}

// Harm prevented: a customer pays for users who left, or for Odoo's own.
#[tokio::test]
async fn users_are_counted_as_odoo_counts_them() {
    let world = World::version(18);
    let panel = world.panel("acme").await;
    let databases = world.odoo.databases();
    databases.add_user(&panel, "portal@example.com", "p", true).await.unwrap();
    let made = world.model(&panel, "res.users", "create", json!([{ "name": "Karim", "login": "karim" }])).await;
    let id = made.unwrap();
    assert_eq!(world.count(&panel).await, Ok(json!(2)));
    let again = world.model(&panel, "res.users", "create", json!([{ "name": "Karim", "login": "karim" }])).await;
    assert!(again.is_err(), "a login is there once");
    let write = json!([[id], { "active": false }]);
    assert_eq!(world.model(&panel, "res.users", "write", write).await, Ok(json!(true)));
    assert_eq!(world.count(&panel).await, Ok(json!(1)));
    let hidden = world.model(&panel, "res.users", "search_count", json!([[["login", "=", "karim"]]])).await;
    assert_eq!(hidden, Ok(json!(0)), "archived users are hidden unless they are asked for");
    let args = json!([panel, 2, PASSWORD, "res.users", "search_count", [[]], { "context": { "active_test": false } }]);
    assert_eq!(world.rpc("object", "execute_kw", args).await, Ok(json!(7)));
}

// Harm prevented: the manager's own look at a panel counts as its last use.
#[tokio::test]
async fn signing_in_by_rpc_leaves_a_trace() {
    let world = World::version(17);
    let panel = world.panel("acme").await;
    let seen = async || {
        let args = json!([[["id", "=", 2]], ["login", "login_date", "partner_id", "password"]]);
        world.model(&panel, "res.users", "search_read", args).await.unwrap()[0].clone()
    };
    let before = seen().await;
    assert_eq!((&before["login_date"], &before["password"]), (&json!(false), &json!(false)));
    assert_eq!(before["partner_id"], json!([2, "Administrator"]));
    world.login(&panel, LOGIN, PASSWORD).await.unwrap();
    assert!(seen().await["login_date"].is_string());
}

// Harm prevented: the owner who was set over RPC cannot enter, or the template's password still opens the copy.
#[tokio::test]
async fn an_owner_is_set_by_rpc() {
    let world = World::version(17);
    let panel = world.panel("acme").await;
    let owner = json!([[2], { "name": "Salma", "login": "salma", "email": "salma@example.com", "password": "hers" }]);
    assert_eq!(world.model(&panel, "res.users", "write", owner).await, Ok(json!(true)));
    assert_eq!(world.login(&panel, "salma", "hers").await, Ok(json!(2)));
    assert_eq!(world.login(&panel, LOGIN, PASSWORD).await, Ok(json!(false)));
    assert_eq!(world.count(&panel).await, Err("odoo.exceptions.AccessDenied".into()), "its old password is none");
    let args = |method: &str, args: Value| json!([panel, 2, "hers", "ir.config_parameter", method, args]);
    let call = async |method, given| world.rpc("object", "execute_kw", args(method, given)).await;
    assert_eq!(
        call("set_param", json!(["web.base.url", "https://acme.example"])).await.unwrap(),
        "http://localhost:8069"
    );
    assert_eq!(call("get_param", json!(["web.base.url"])).await, Ok(json!("https://acme.example")));
    assert_eq!(call("get_param", json!(["nothing"])).await, Ok(json!(false)));
    assert_eq!(call("_write", json!([])).await, Err("odoo.exceptions.AccessError".into()));
    assert_eq!(call("write_all", json!([])).await, Err("builtins.AttributeError".into()));
    let misspelt = json!([[2], { "nmae": "Salma" }]);
    let args = json!([panel, 2, "hers", "res.users", "write", misspelt]);
    assert_eq!(world.rpc("object", "execute_kw", args).await, Err("builtins.ValueError".into()));
}
