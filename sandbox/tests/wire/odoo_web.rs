//! A panel's pages and the forms of the database manager.

use sandbox::odoo::{OdooOptions, PanelState};
use serde_json::{Value, json};

use crate::odoo_world::{LOGIN, MASTER, PASSWORD, World, led, session_of};

const SELECTOR: &str = "/web/database/selector";

fn create<'a>(name: &'a str, country: &'a str) -> [(&'a str, &'a str); 7] {
    [
        ("master_pwd", MASTER),
        ("name", name),
        ("lang", "en_US"),
        ("login", LOGIN),
        ("password", PASSWORD),
        ("phone", "017"),
        ("country_code", country),
    ]
}

// Harm prevented: an address opens another customer's panel.
#[tokio::test]
async fn an_address_is_one_panel() {
    let world = World::version(17);
    for name in ["acme", "acme-eu", "Upper"] {
        world.panel(name).await;
    }
    let seen = async |host: &str, forwarded: Option<&str>| {
        let request = world.client.get(world.at("/web/login")).header("host", host);
        let request = forwarded.into_iter().fold(request, |request, name| request.header("x-forwarded-host", name));
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        let title = text.split_once("<h1 id=\"panel\">").map(|(_, rest)| rest.split('<').next().unwrap().to_owned());
        (status, title.unwrap_or_default())
    };
    assert_eq!(seen("acme.panels.example:8069", None).await, (200, "acme".into()));
    assert_eq!(seen("www.acme-eu.panels.example", None).await, (200, "acme-eu".into()));
    assert_eq!(seen("upper.panels.example", None).await.0, 303, "names are compared sign by sign");
    assert_eq!(seen("localhost", Some("acme.panels.example")).await, (200, "acme".into()), "whoever says so");
    assert_eq!(seen("acme.panels.example", Some("acme-eu.x")).await, (200, "acme-eu".into()));
    let direct = world.beside(|options| options.proxy_mode = false);
    let asked = direct.client.get(direct.at("/web/login")).header("x-forwarded-host", "acme.panels.example");
    assert_eq!(led(&asked.send().await.unwrap()), (303, SELECTOR.into()));
}

// Harm prevented: a panel that is closed, gone or broken is taken for one that serves.
#[tokio::test]
async fn a_probe_sees_how_a_panel_is() {
    let world = World::version(17);
    world.odoo.set_panel("acme", PanelState::Up);
    assert_eq!(world.visit("acme", "/web/login").await.status(), 200);
    assert_eq!(world.leads("acme", "/").await, (303, "/web/login".into()));
    world.odoo.set_panel("acme", PanelState::Broken);
    assert_eq!(world.visit("acme", "/web/login").await.status(), 500);
    world.odoo.set_panel("acme", PanelState::Missing);
    for path in ["/web/login", "/", "/web"] {
        assert_eq!(world.leads("acme", path).await, (303, SELECTOR.into()), "{path}");
    }
    world.odoo.set_panel("acme", PanelState::Up);
    assert_eq!(world.visit("acme", "/web/login").await.status(), 200, "broken no longer");
    let health = async |query| world.visit("nobody", query).await.json::<Value>().await.unwrap();
    assert_eq!(health("/web/health").await, json!({ "status": "pass" }), "it says nothing of a panel");
    assert_eq!(health("/web/health?db_server_status=1").await, json!({ "status": "pass" }), "17 does not know it");
    assert_eq!(world.visit("acme", "/web/version").await.status(), 404);
    assert_eq!(world.visit("acme", "/odoo").await.status(), 404);
    let told: Value = world
        .client
        .post(world.at("/web/webclient/version_info"))
        .json(&json!({}))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(told["result"]["server_version"], "17.0");
    let newer = world.beside(|options| options.version = 17);
    assert!(newer.visit("acme", "/web/login").await.status().is_success());
    let nineteen = World::version(19);
    assert_eq!(nineteen.visit("x", "/web/version").await.json::<Value>().await.unwrap()["version"], "19.0");
}

// Harm prevented: who is signed in at one panel is so at his neighbour's, or still is in a closed one.
#[tokio::test]
async fn a_session_is_of_one_panel() {
    let world = World::version(18);
    let (panel, other) = (world.panel("acme").await, world.panel("other").await);
    let form = |password| [("login", LOGIN), ("password", password)];
    let press =
        |password| world.client.post(world.at("/web/login")).header("host", "acme.x").form(&form(password)).send();
    let wrong = press("wrong").await.unwrap();
    assert_eq!((wrong.status().as_u16(), session_of(&wrong)), (200, None));
    assert!(wrong.text().await.unwrap().contains("Wrong login/password"));
    let right = press(PASSWORD).await.unwrap();
    assert_eq!(led(&right), (303, "/odoo".into()));
    let cookie = session_of(&right).unwrap();
    let home = async |panel: &str| {
        let request =
            world.client.get(world.at("/odoo")).header("host", format!("{panel}.x")).header("cookie", &cookie);
        request.send().await.unwrap()
    };
    assert!(home(&panel).await.text().await.unwrap().contains(&format!("<strong id=\"user\">{LOGIN}</strong>")));
    assert_eq!(led(&home(&other).await), (303, "/web/login".into()));
    world.odoo.databases().close(&panel, true).await.unwrap();
    assert_eq!(led(&home(&panel).await), (303, SELECTOR.into()));

    let params = json!({ "params": { "db": other, "login": LOGIN, "password": PASSWORD } });
    let asks = async |host: &str| {
        let request = world.client.post(world.at("/web/session/authenticate")).header("host", host).json(&params);
        request.send().await.unwrap()
    };
    assert!(session_of(&asks("acme.x").await).is_none(), "another panel's address");
    let answer = asks("other.x").await;
    assert!(session_of(&answer).is_some());
    assert_eq!(answer.json::<Value>().await.unwrap()["result"]["uid"], 2);
}

// Harm prevented: a page that says what went wrong is taken for success, because its status is 200.
#[tokio::test]
async fn forms_fail_with_200() {
    let world = World::version(17);
    let done = async |what: &str, form: &[(&str, &str)]| {
        let answer = world.post(&format!("/web/database/{what}"), form).await;
        let (status, _) = led(&answer);
        (status, answer.text().await.unwrap().contains("error: "))
    };
    assert_eq!(done("create", &create("acme", "BD")).await, (303, false));
    assert_eq!(done("create", &create("acme", "BD")).await, (200, true));
    assert_eq!(done("create", &create("_acme", "BD")).await, (200, true), "no name for a form");
    assert_eq!(done("create", &create("bad", "zz")).await, (303, false));
    assert_eq!(world.login("bad", "admin", "admin").await, Ok(json!(2)));
    let to = [("master_pwd", MASTER), ("name", "acme"), ("new_name", "copy")];
    assert_eq!(done("duplicate", &to).await, (303, false));
    assert_eq!(done("duplicate", &to).await, (200, true));
    assert_eq!(done("drop", &[("master_pwd", "wrong"), ("name", "copy")]).await, (200, true));
    world.odoo.databases().close("copy", true).await.unwrap();
    assert_eq!(done("drop", &[("master_pwd", MASTER), ("name", "copy")]).await, (303, false), "and nothing is dropped");
    world.odoo.databases().open("copy").await.unwrap();
    assert_eq!(world.login("copy", LOGIN, PASSWORD).await, Ok(json!(2)));
    assert_eq!(done("drop", &[("master_pwd", MASTER), ("name", "copy")]).await, (303, false));
    assert!(world.login("copy", LOGIN, PASSWORD).await.is_err());
    assert_eq!(done("rename", &to).await.0, 404, "before 20");
    let public = world.beside(|options| options.list_db = false);
    let refused = public.post("/web/database/create", &create("new", "BD")).await;
    assert_eq!(refused.status(), 200);
    assert!(refused.text().await.unwrap().contains("Access Denied"));
    assert_eq!(public.visit("acme", "/web/database/manager").await.status(), 200, "its page is there");
    let list = async |world: &World| {
        let request = world.client.post(world.at("/web/database/list")).header("host", "acme.x").json(&json!({}));
        request.send().await.unwrap().json::<Value>().await.unwrap()
    };
    assert_eq!(list(&world).await["result"], json!(["acme"]));
    assert_eq!(list(&public).await["error"]["data"]["name"], "odoo.exceptions.AccessDenied");
}

// Harm prevented: a backup that was taken over the web cannot be restored over it.
#[tokio::test]
async fn a_backup_goes_out_and_comes_back() {
    let world = World::version(17);
    world.panel("acme").await;
    let form = [("master_pwd", MASTER), ("name", "acme"), ("backup_format", "zip")];
    let zip = world.post("/web/database/backup", &form).await.bytes().await.unwrap();
    assert!(zip.starts_with(b"PK"));
    let mut body = Vec::new();
    for (name, value) in [("master_pwd", MASTER), ("name", "back"), ("copy", "true")] {
        body.extend(
            format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes(),
        );
    }
    body.extend(b"--cut\r\nContent-Disposition: form-data; name=\"backup_file\"; filename=\"a.zip\"\r\n\r\n");
    body.extend(zip.iter());
    body.extend(b"\r\n--cut--\r\n");
    let request = world.client.post(world.at("/web/database/restore")).body(body);
    let answer = request.header("content-type", "multipart/form-data; boundary=cut").send().await.unwrap();
    assert_eq!(led(&answer), (303, "/web/database/manager".into()));
    assert_eq!(world.login("back", LOGIN, PASSWORD).await, Ok(json!(2)));
    let gone = [("master_pwd", MASTER), ("name", "nobody")];
    let failed = world.post("/web/database/backup", &gone).await;
    assert_eq!(failed.status(), 200);
    assert!(failed.text().await.unwrap().contains("Database backup error: "));
}

// Harm prevented: the first stranger who finds a new server makes its master password his own.
#[tokio::test]
async fn the_first_form_sets_the_master_password() {
    let world = World::with(OdooOptions::default(), "");
    let denied = Err("odoo.exceptions.AccessDenied".to_owned());
    assert_eq!(world.db("drop", json!(["mine", "x"])).await, denied, "not so over RPC");
    assert_eq!(world.post("/web/database/drop", &[("master_pwd", "mine"), ("name", "x")]).await.status(), 303);
    assert_eq!(world.db("drop", json!(["admin", "x"])).await, denied);
    assert_eq!(world.db("drop", json!(["mine", "x"])).await, Ok(json!(false)));
    assert_eq!(world.post("/web/database/drop", &[("master_pwd", "other"), ("name", "x")]).await.status(), 200);
    assert_eq!(world.db("drop", json!(["other", "x"])).await, denied, "once only");
}
