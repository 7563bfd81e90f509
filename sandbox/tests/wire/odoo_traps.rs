//! The traps that lie in the databases themselves. Each is told of a server of any kind: in memory here, in PostgreSQL in
//! `cluster`.

use sandbox::odoo::Fault;
use serde_json::{Value, json};

use crate::odoo_world::{LOGIN, MASTER, PASSWORD, World};

macro_rules! in_memory {
    ($($name:ident)*) => { $(
        mod $name {
            #[tokio::test]
            async fn in_memory() {
                super::$name(&crate::odoo_world::World::version(17)).await;
            }
        }
    )* };
}

in_memory! {
    a_create_that_failed_says_true
    a_drop_may_do_nothing
    rpc_knows_no_host
    the_lock_of_the_list_has_a_hole
    closing_alone_leaves_who_is_in
    duplicating_throws_everybody_out
    templates_are_hidden_and_can_be_copied
    a_backup_becomes_another_panel
    renaming_moves_everything
    nothing_is_scheduled_in_a_closed_panel
}

fn create(name: &str, country: &str) -> Value {
    json!([MASTER, name, false, "en_US", PASSWORD, LOGIN, country, null])
}

const OPERATIONAL: &str = "psycopg2.OperationalError";

// Harm prevented: a panel is handed over that anybody enters as admin/admin, because the server said `true`.
pub(crate) async fn a_create_that_failed_says_true(world: &World) {
    let (good, bad, spoilt) = (world.name("good"), world.name("bad"), world.name("spoilt"));
    assert_eq!(world.db("create_database", create(&good, "BD")).await, Ok(json!(true)));
    assert_eq!(world.login(&good, LOGIN, PASSWORD).await, Ok(json!(2)));
    assert_eq!(world.login(&good, "admin", "admin").await, Ok(json!(false)));
    assert_eq!(world.db("create_database", create(&bad, "zz")).await, Ok(json!(true)));
    world.odoo.fault(Fault::InitFails);
    assert_eq!(world.db("create_database", create(&spoilt, "BD")).await, Ok(json!(true)));
    for name in [&bad, &spoilt] {
        assert_eq!(world.login(name, LOGIN, PASSWORD).await, Ok(json!(false)));
        assert_eq!(world.login(name, "admin", "admin").await, Ok(json!(2)));
    }
    let again = world.db("create_database", create(&good, "BD")).await;
    assert_eq!(again, Err("odoo.service.db.DatabaseExists".into()));
}

// Harm prevented: `false` is taken for "gone", and the data of somebody who left lies about for ever.
pub(crate) async fn a_drop_may_do_nothing(world: &World) {
    let panel = world.panel("acme").await;
    assert_eq!(world.db("drop", json!([MASTER, world.name("nobody")])).await, Ok(json!(false)));
    world.odoo.databases().close(&panel, true).await.unwrap();
    assert_eq!(world.db("drop", json!([MASTER, panel])).await, Ok(json!(false)));
    world.odoo.databases().open(&panel).await.unwrap();
    assert_eq!(world.login(&panel, LOGIN, PASSWORD).await, Ok(json!(2)));
    assert_eq!(world.db("drop", json!([MASTER, panel])).await, Ok(json!(true)));
    assert_eq!(world.login(&panel, LOGIN, PASSWORD).await, Err(OPERATIONAL.into()));
}

// Harm prevented: a panel is thought shut because its address is, and its owner works on through a neighbour's.
pub(crate) async fn rpc_knows_no_host(world: &World) {
    let (own, other) = (world.panel("own").await, world.panel("other").await);
    let args = json!([own, 2, PASSWORD, "res.users", "search_count", [[]]]);
    let body = json!({ "params": { "service": "object", "method": "execute_kw", "args": args } });
    let asked = world.client.post(world.at("/jsonrpc")).header("host", format!("{other}.panels.example")).json(&body);
    let answer: Value = asked.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["result"], 1);
}

// Harm prevented: who guesses names learns which panels exist, although listing them is switched off.
pub(crate) async fn the_lock_of_the_list_has_a_hole(world: &World) {
    let panel = world.panel("acme").await;
    let public = world.beside(|options| options.list_db = false);
    assert_eq!(public.db("db_exist", json!([panel])).await, Ok(json!(true)));
    assert_eq!(public.db("db_exist", json!([world.name("nobody")])).await, Ok(json!(false)));
    for (method, args) in [
        ("list", json!([])),
        ("create_database", create(&world.name("new"), "BD")),
        ("duplicate_database", json!([MASTER, panel, world.name("new")])),
        ("drop", json!([MASTER, panel])),
        ("rename", json!([MASTER, panel, world.name("new")])),
        ("dump", json!([MASTER, panel, "zip"])),
        ("restore", json!([MASTER, world.name("new"), ""])),
    ] {
        assert_eq!(public.db(method, args).await, Err("odoo.exceptions.AccessDenied".into()), "{method}");
    }
    world.odoo.databases().close(&panel, true).await.unwrap();
    assert_eq!(public.db("db_exist", json!([panel])).await, Ok(json!(false)));
}

// Harm prevented: a suspended panel goes on working over connections that were there before.
pub(crate) async fn closing_alone_leaves_who_is_in(world: &World) {
    let panel = world.panel("acme").await;
    assert_eq!(world.count(&panel).await, Ok(json!(1)));
    let socket = world.socket(&panel).await.unwrap().echoes("open").await.unwrap();
    world.odoo.databases().close(&panel, false).await.unwrap();
    assert_eq!(world.leads(&panel, "/web/login").await, (303, "/web/database/selector".into()));
    assert_eq!(world.count(&panel).await, Ok(json!(1)), "on a connection that was kept");
    let socket = socket.echoes("closed").await.unwrap();
    assert!(world.socket(&panel).await.is_none(), "nobody new is let in");

    world.odoo.databases().close(&panel, true).await.unwrap();
    assert_eq!(world.count(&panel).await, Err(OPERATIONAL.into()));
    assert_eq!(world.login(&panel, LOGIN, PASSWORD).await, Err(OPERATIONAL.into()), "an error, and not `false`");
    assert!(socket.echoes("terminated").await.is_none());

    world.odoo.databases().open(&panel).await.unwrap();
    assert_eq!(world.count(&panel).await, Ok(json!(1)), "without a restart");
    assert_eq!(world.visit(&panel, "/web/login").await.status(), 200);
}

// Harm prevented: a living panel is copied, and everybody who works in it is thrown out.
pub(crate) async fn duplicating_throws_everybody_out(world: &World) {
    let (panel, copy) = (world.panel("acme").await, world.name("copy"));
    let socket = world.socket(&panel).await.unwrap().echoes("before").await.unwrap();
    assert_eq!(world.db("duplicate_database", json!([MASTER, panel, copy, true])).await, Ok(json!(true)));
    assert!(socket.echoes("after").await.is_none());
    let databases = world.odoo.databases();
    let uuids = (databases.parameter(&panel, "database.uuid").await, databases.parameter(&copy, "database.uuid").await);
    assert_ne!(uuids.0.unwrap().unwrap(), uuids.1.unwrap().unwrap());
    let address = databases.parameter(&copy, "web.base.url").await.unwrap().unwrap();
    assert!(address.starts_with("http://localhost"), "it has to be set again");
    assert_eq!(databases.parameter(&copy, "database.is_neutralized").await.unwrap().as_deref(), Some("true"));
    assert_eq!((databases.run_cron(&panel).await.unwrap(), databases.run_cron(&copy).await.unwrap()), (2, 1));
    let unknown = world.db("duplicate_database", json!([MASTER, world.name("nobody"), world.name("new")])).await;
    assert!(unknown.is_err());
}

// Harm prevented: a template can be entered or dropped by a customer, or cannot be copied while it is locked.
pub(crate) async fn templates_are_hidden_and_can_be_copied(world: &World) {
    let (template, copy) = (world.panel("template").await, world.name("copy"));
    let databases = world.odoo.databases();
    databases.set_template(&template, true).await.unwrap();
    databases.close(&template, true).await.unwrap();
    assert_eq!(world.leads(&template, "/web/login").await, (303, "/web/database/selector".into()));
    assert_eq!(world.db("drop", json!([MASTER, template])).await, Ok(json!(false)));
    assert_eq!(world.db("duplicate_database", json!([MASTER, template, copy])).await, Ok(json!(true)));
    assert_eq!(databases.list().await.unwrap(), std::slice::from_ref(&copy));
    assert_eq!(world.login(&copy, LOGIN, PASSWORD).await, Ok(json!(2)));
    let views = databases.views().await.unwrap();
    let view = views.iter().find(|view| view.name == template).unwrap();
    assert!(view.template && !view.open && view.users.is_empty());
}

// Harm prevented: what a customer gets back from a backup is not what he had.
pub(crate) async fn a_backup_becomes_another_panel(world: &World) {
    let panel = world.panel("acme").await;
    let databases = world.odoo.databases();
    databases.add_user(&panel, "রহিমা\t\\N", "p", false).await.unwrap();
    databases.attach(&panel, "logo", b"a picture".to_vec()).await.unwrap();
    let Ok(Value::String(dump)) = world.db("dump", json!([MASTER, panel, "zip"])).await else { panic!("no dump") };
    let (same, copy) = (world.name("same"), world.name("copy"));
    assert_eq!(world.db("restore", json!([MASTER, same, dump])).await, Ok(json!(true)));
    assert_eq!(world.db("restore", json!([MASTER, copy, dump, true])).await, Ok(json!(true)));
    let uuid = async |name| databases.parameter(name, "database.uuid").await.unwrap();
    assert_eq!(uuid(&same).await, uuid(&panel).await);
    assert_ne!(uuid(&copy).await, uuid(&panel).await);
    assert_eq!(databases.users(&copy).await.unwrap(), databases.users(&panel).await.unwrap());
    assert_eq!(world.login(&same, "রহিমা\t\\N", "p").await, Ok(json!(6)));
    assert_eq!(databases.add_user(&copy, "next", "p", false).await, Ok(7), "numbers go on where they were");
    let again = world.db("dump", json!([MASTER, copy, "zip"])).await.unwrap();
    assert!(again.as_str().unwrap().len() * 10 > dump.len() * 9, "the files came along");
    assert_eq!(world.db("restore", json!([MASTER, same, dump])).await, Err("builtins.Exception".into()));
    assert!(world.db("restore", json!([MASTER, world.name("new"), "bm8gemlw"])).await.is_err());

    world.odoo.fault(Fault::DiskFull);
    assert_eq!(world.db("dump", json!([MASTER, panel, "zip"])).await, Err("builtins.OSError".into()));
}

// Harm prevented: after a swap of names the customer is in the wrong panel, or its files are.
pub(crate) async fn renaming_moves_everything(world: &World) {
    let (panel, new) = (world.panel("acme").await, world.name("new"));
    assert_eq!(world.count(&panel).await, Ok(json!(1)));
    assert_eq!(world.db("rename", json!([MASTER, panel, new])).await, Ok(json!(true)));
    assert_eq!(world.login(&new, LOGIN, PASSWORD).await, Ok(json!(2)));
    assert_eq!(world.login(&panel, LOGIN, PASSWORD).await, Err(OPERATIONAL.into()));
    assert_eq!(world.leads(&panel, "/web/login").await.0, 303);
    assert_eq!(world.visit(&new, "/web/login").await.status(), 200);
    assert!(world.db("rename", json!([MASTER, panel, new])).await.is_err());
}

// Harm prevented: a suspended panel goes on sending mails at night.
pub(crate) async fn nothing_is_scheduled_in_a_closed_panel(world: &World) {
    let panel = world.panel("acme").await;
    let databases = world.odoo.databases();
    assert_eq!(databases.run_cron(&panel).await, Ok(2));
    databases.close(&panel, false).await.unwrap();
    assert!(databases.run_cron(&panel).await.is_err());
    databases.open(&panel).await.unwrap();
    assert_eq!(databases.run_cron(&panel).await, Ok(2));
    let ran = world.model(&panel, "ir.cron", "search_count", json!([[["lastcall", "!=", false]]])).await;
    assert_eq!(ran, Ok(json!(2)));
}
