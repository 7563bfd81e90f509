//! What Odoo does to whoever drives it in good faith, one test for each trap. The numbers are those of the traps' list in the adapter's notes:
//! 1 to 3 and 7 to 10 concern the adapter; 4 and 5 are cured by a locked database, which is shown here too; 6 is the gate's.

use std::sync::Arc;

use hourglass::port::host::{HostError, PanelAddress, PanelHost as _, ServerAccess};
use sandbox::odoo::Fault;
use serde_json::json;
use shared::billing::usage::Seen;

use crate::cluster::answers;
use crate::odoo::{MASTER, Pg19, Rpc17, Sandbox, Web20, adapter};
use crate::panel_life::{Life, OWNER, built, identity};
use crate::wire::Person;

fn lost(call: &str) -> Fault {
    Fault::AnswerLost { call: call.into(), times: Some(1) }
}

// Harm prevented: 1. A server is upgraded to version 20, whose RPC manages no databases, and no panel can be made any more.
#[tokio::test]
async fn version_20_has_no_rpc_for_databases_and_the_pages_do() {
    let world = <Web20 as Life>::new().await;
    let wire = world.wire();
    assert!(wire.rpc("db", "server_version", json!([])).await.is_err());
    let acme = built(&world, "acme").await;
    assert_eq!(world.host().survey(&acme.server).await.unwrap().driver, "web");
}

// Harm prevented: 1. A server is replaced by another one, and is driven for ever as what it was.
#[tokio::test]
async fn after_a_failure_a_server_is_asked_anew_what_it_is() {
    let (old, new) = (<Rpc17 as Life>::new().await, <Web20 as Life>::new().await);
    let host = adapter();
    let at = |world: &Arc<ServerAccess>| PanelAddress { server: Arc::clone(world), subdomain: "acme".into() };
    assert_eq!(host.survey(&old.access).await.unwrap().driver, "rpc");
    // The same server by its number and revision, at an address where now another version listens.
    assert!(host.remove(&at(&new.access)).await.is_ok(), "the old one is still asked");
    old.odoo.set_down(true);
    assert!(matches!(host.remove(&at(&old.access)).await, Err(HostError::Unknown(_))));
    assert_eq!(host.survey(&new.access).await.unwrap().driver, "web");
}

// Harm prevented: 2. The server says "true", and the customer's panel is a database that everybody enters as admin/admin.
#[tokio::test]
async fn a_database_that_was_said_to_be_made_and_was_not_set_up_is_dropped() {
    let world = <Rpc17 as Life>::new().await;
    let acme = Life::at(&world, "acme");
    world.odoo.fault(Fault::InitFails);
    let told = Life::host(&world).build(&acme, "", &identity(&acme)).await;
    assert!(matches!(&told, Err(HostError::Refused(why)) if why.contains("owner is not let in")), "{told:?}");
    assert!(!world.wire().is_there(&acme).await);
}

// Harm prevented: 2. A template that still has its first password is sold.
#[tokio::test]
async fn a_template_that_everybody_can_enter_makes_no_panel() {
    async fn in_a<W: Life>(world: W, open: impl AsyncFn(&W)) {
        open(&world).await;
        let acme = world.at("acme");
        let told = world.host().build(&acme, &world.template(), &identity(&acme)).await;
        assert!(matches!(&told, Err(HostError::Refused(why)) if why.contains("everybody knows")), "{told:?}");
        assert!(!world.wire().is_there(&acme).await);
        world.end().await;
    }
    async fn open<const V: u8, const P: bool>(world: &Sandbox<V, P>) {
        let (databases, template) = (world.odoo.databases(), world.template());
        databases.open(&template).await.unwrap();
        databases.add_user(&template, "demo", "demo", false).await.unwrap();
        databases.close(&template, true).await.unwrap();
    }
    in_a(<Rpc17 as Life>::new().await, open).await;
    in_a(<Web20 as Life>::new().await, open).await;
    in_a(<Pg19 as Life>::new().await, open).await;
}

// Harm prevented: 3. A closed database is believed to be gone, because the server said nothing but "false".
#[tokio::test]
async fn a_drop_that_says_false_is_no_drop() {
    let world = <Rpc17 as Life>::new().await;
    let acme = built(&world, "acme").await;
    world.odoo.databases().close(&acme.subdomain, true).await.unwrap();
    let told = Life::host(&world).remove(&acme).await;
    assert!(matches!(&told, Err(HostError::Refused(why)) if why.contains("closed")), "{told:?}");
    world.odoo.databases().open(&acme.subdomain).await.unwrap();
    assert!(world.wire().lets_in(&acme, OWNER).await);
    assert_eq!(Life::host(&world).remove(&acme).await, Ok(()));
    // Of a name that was never there, `false` is the right answer, and the database is gone.
    assert_eq!(Life::host(&world).remove(&Life::at(&world, "never")).await, Ok(()));
    let world = <Pg19 as Life>::new().await;
    let acme = built(&world, "acme").await;
    assert_eq!(Life::host(&world).close(&acme).await, Ok(()));
    assert_eq!(Life::host(&world).remove(&acme).await, Ok(()));
    assert!(!world.wire().is_there(&acme).await);
    world.end().await;
}

// Harm prevented: 4, 5, 8. A suspended customer goes on by another panel's host name, over RPC, by a connection that was open, or by jobs at
// night; and anybody can find out that they are suspended.
#[tokio::test]
async fn a_closed_database_is_closed_to_everything() {
    let world = <Pg19 as Life>::new().await;
    let acme = built(&world, "acme").await;
    let (wire, cluster) = (world.wire(), world.cluster.as_ref().unwrap());
    assert!(wire.lets_in(&acme, OWNER).await, "over RPC, which looks at no host name");
    let mut held = cluster.connect(&acme.subdomain).await.unwrap();
    assert!(answers(&mut held).await);
    assert_eq!(Life::host(&world).close(&acme).await, Ok(()));
    assert!(!answers(&mut held).await, "a connection outlived the closing");
    assert!(!wire.lets_in(&acme, OWNER).await);
    assert_eq!(wire.rpc("db", "db_exist", json!([acme.subdomain])).await, Ok(json!(false)));
    assert!(world.odoo.databases().run_cron(&acme.subdomain).await.is_err());
    assert_eq!(Life::host(&world).probe(&acme).await, Seen::Down);
    assert_eq!(Life::host(&world).open(&acme).await, Ok(()));
    assert!(wire.lets_in(&acme, OWNER).await);
    assert_eq!(Life::host(&world).probe(&acme).await, Seen::Up);
    world.end().await;
}

// Harm prevented: 7. A right is taken away that the owner of a database never loses, and the database is believed to be closed.
#[tokio::test]
async fn closing_shuts_out_the_role_that_owns_the_database() {
    let world = <Pg19 as Life>::new().await;
    let acme = built(&world, "acme").await;
    let cluster = world.cluster.as_ref().unwrap();
    cluster.sql("postgres", &format!("REVOKE CONNECT ON DATABASE \"{}\" FROM PUBLIC", acme.subdomain)).await.unwrap();
    assert!(cluster.connect(&acme.subdomain).await.is_ok(), "owners keep that right");
    assert_eq!(Life::host(&world).close(&acme).await, Ok(()));
    assert!(cluster.connect(&acme.subdomain).await.is_err());
    world.end().await;
}

// Harm prevented: 9. Somebody whom the panel does not know signs in by a token of ours, and becomes a guest of it for good.
#[tokio::test]
async fn a_stranger_with_a_good_token_becomes_nobody() {
    let world = <Rpc17 as Life>::new().await;
    let provider = crate::oauth::Provider::start("token-1", "usr_of_somebody_else").await;
    let acme = Life::at(&world, "acme");
    let mut identity = identity(&acme);
    identity.entry_check_url = provider.url.clone();
    assert_eq!(Life::host(&world).build(&acme, &world.template(), &identity).await, Ok(()));
    let before = world.odoo.databases().users(&acme.subdomain).await.unwrap();
    let entry = Life::host(&world).entry(&acme, &identity.url, "token-1").await.unwrap();
    assert!(!world.wire().comes_in(&acme, &entry).await);
    assert_eq!(world.odoo.databases().users(&acme.subdomain).await.unwrap(), before);
}

// Harm prevented: 10. Copying throws out the users of what is copied.
#[tokio::test]
async fn an_open_template_is_not_copied() {
    let world = <Pg19 as Life>::new().await;
    let (acme, template) = (Life::at(&world, "acme"), world.template());
    world.odoo.databases().open(&template).await.unwrap();
    world.odoo.databases().set_template(&template, false).await.unwrap();
    let cluster = world.cluster.as_ref().unwrap();
    let mut held = cluster.connect(&template).await.unwrap();
    let told = Life::host(&world).build(&acme, &template, &identity(&acme)).await;
    assert!(matches!(told, Err(HostError::Refused(_))), "{told:?}");
    assert!(answers(&mut held).await, "somebody was thrown out of the template");
    drop(held);
    world.end().await;
}

// Harm prevented: a trap of the default master password. The first call of ours *changes* it, and the operator is locked out.
#[tokio::test]
async fn the_master_password_that_everybody_knows_is_never_sent() {
    let world = <Rpc17 as Life>::new().await;
    let acme = built(&world, "acme").await;
    for password in ["admin", ""] {
        let mut access = ServerAccess::clone(&world.access);
        access.revision += 1;
        access.secrets.admin_password = Some(password.into());
        let at = PanelAddress { server: Arc::new(access), subdomain: acme.subdomain.clone() };
        assert!(matches!(adapter().remove(&at).await, Err(HostError::Refused(_))));
    }
    assert!(world.wire().lets_in(&acme, OWNER).await);
    assert_eq!(Life::host(&world).remove(&acme).await, Ok(()));
}

// Harm prevented: an answer that is lost reads as a no, and a panel that was made is paid back; or as a yes, and none is there.
#[tokio::test]
async fn a_lost_answer_is_unknown_and_a_repeat_ends_well() {
    async fn in_a<const V: u8>(world: Sandbox<V, false>, calls: [&str; 3]) {
        let acme = Life::at(&world, "acme");
        let beta = Life::at(&world, "beta");
        let host = Life::host(&world);
        let unknown = |told: &Result<(), HostError>| matches!(told, Err(HostError::Unknown(_)));
        let [copying, renaming, dropping] = calls;
        world.odoo.fault(lost(copying));
        let told = host.build(&acme, &world.template(), &identity(&acme)).await;
        assert!(unknown(&told), "{told:?}");
        assert_eq!(host.build(&acme, &world.template(), &identity(&acme)).await, Ok(()));
        world.odoo.fault(lost(renaming));
        let told = host.rename(&acme, &beta.subdomain).await;
        assert!(unknown(&told), "{told:?}");
        assert_eq!(host.rename(&acme, &beta.subdomain).await, Ok(()));
        world.odoo.fault(lost(dropping));
        let told = host.remove(&beta).await;
        assert!(unknown(&told), "{told:?}");
        assert_eq!(host.remove(&beta).await, Ok(()));
        assert!(!world.wire().is_there(&beta).await);
    }
    in_a(<Rpc17 as Life>::new().await, ["db.duplicate_database", "db.rename", "db.drop"]).await;
    let pages = ["/web/database/duplicate", "/web/database/rename", "/web/database/drop"];
    in_a(<Web20 as Life>::new().await, pages).await;
}

// Harm prevented: what opens every database of a server stands in a log, or is shown to whoever may see why a job failed.
#[tokio::test]
async fn no_refusal_holds_a_secret() {
    let world = <Rpc17 as Life>::new().await;
    let acme = built(&world, "acme").await;
    let mut access = ServerAccess::clone(&world.access);
    access.revision += 1;
    access.secrets.admin_password = Some("not the master of databases".into());
    let at = PanelAddress { server: Arc::new(access), subdomain: acme.subdomain.clone() };
    let host = adapter();
    for told in [host.remove(&at).await, host.build(&at, &world.template(), &identity(&at)).await] {
        let HostError::Refused(why) = told.unwrap_err() else { panic!("a wrong password is a definite no") };
        assert!(!why.contains(MASTER) && !why.contains("Made-up"), "{why}");
    }
    let person = Person { login: "hourglass-service", password: "Made-up for service 1" };
    assert!(world.wire().lets_in(&acme, person).await);
    assert!(!format!("{:?}", world.access).contains("Made-up"));
}

// Harm prevented: a suspended customer's panel is opened for the length of a backup, or stays open after it.
#[tokio::test]
async fn a_closed_database_is_dumped_and_stays_closed_throughout() {
    let world = <Pg19 as Life>::new().await;
    let acme = built(&world, "acme").await;
    let host = Life::host(&world);
    assert_eq!(host.close(&acme).await, Ok(()));
    let file = world.folder.path().join("acme.dump");
    assert_eq!(host.dump(&acme, &file).await.map(drop), Ok(()));
    assert!(!world.wire().is_there(&acme).await);
    let names = host.survey(&acme.server).await.unwrap().databases;
    assert_eq!(names.len(), 2, "the copy that was dumped is still there: {names:?}");
    let again = Life::at(&world, "again");
    assert_eq!(host.load(&again, &file, None).await, Ok(()));
    assert!(world.wire().lets_in(&again, OWNER).await);
    assert_eq!(host.rename(&acme, &Life::at(&world, "kept").subdomain).await, Ok(()));
    assert!(!world.wire().is_there(&Life::at(&world, "kept")).await, "a closed database was opened by its new name");
    world.end().await;
}

// Harm prevented: one file that was lost years ago keeps a panel from ever being copied or removed; or the whole folder is somewhere else,
// and the panel is dropped after a copy without a single file.
#[tokio::test]
async fn a_lost_file_is_counted_and_a_lost_folder_is_a_no() {
    let world = <Pg19 as Life>::new().await;
    let acme = built(&world, "acme").await;
    world.attach(&acme, b"a contract").await;
    world.attach(&acme, b"another one").await;
    let (host, place) = (Life::host(&world), tempfile::tempdir().unwrap());
    let whole = host.dump(&acme, &place.path().join("whole")).await.unwrap();
    assert_eq!(whole.missing_files, Some(0));
    let files = world.folder.path().join(&acme.subdomain);
    std::fs::rename(&files, place.path().join("elsewhere")).unwrap();
    let told = host.dump(&acme, &place.path().join("none")).await;
    assert!(matches!(told, Err(HostError::Refused(_))), "{told:?}");
    assert!(!place.path().join("none").exists());
    // Somebody says that they are lost.
    std::fs::create_dir(&files).unwrap();
    let lost = host.dump(&acme, &place.path().join("lost")).await.unwrap();
    assert!(lost.missing_files.is_some_and(|many| many >= 2), "{lost:?}");
    assert_eq!(host.is_gone(&acme).await, Ok(false));
    assert_eq!(host.close(&acme).await, Ok(()));
    assert_eq!(host.is_gone(&acme).await, Ok(false), "a closed one is there");
    assert_eq!(host.is_gone(&Life::at(&world, "missing")).await, Ok(true));
    world.end().await;
}

// Harm prevented: a customer whose panel gets a name that was another's is served what Odoo remembers of that other one: their parameters, and
// a password that opens it.
#[tokio::test]
async fn a_name_that_is_used_again_is_another_database_to_odoo() {
    let world = <Pg19 as Life>::new().await;
    let cluster = world.cluster.as_ref().unwrap();
    let template = world.template();
    world.odoo.databases().open(&template).await.unwrap();
    cluster
        .sql(&template, "CREATE TABLE orm_signaling_registry (id serial PRIMARY KEY, date timestamp DEFAULT now())")
        .await
        .unwrap();
    cluster.sql(&template, "INSERT INTO orm_signaling_registry DEFAULT VALUES").await.unwrap();
    cluster.sql(&template, "CREATE SEQUENCE base_registry_signaling").await.unwrap();
    world.odoo.databases().close(&template, true).await.unwrap();
    let mut seen = Vec::new();
    let acme = built(&world, "acme").await;
    let file = world.folder.path().join("acme.dump");
    for round in 0..3 {
        let both = "SELECT max(id)::text || ' ' || (SELECT last_value FROM base_registry_signaling) FROM orm_signaling_registry";
        seen.push(cluster.value(&acme.subdomain, both).await.unwrap());
        // What follows counts on from there.
        cluster.sql(&acme.subdomain, "INSERT INTO orm_signaling_registry DEFAULT VALUES").await.unwrap();
        match round {
            0 => drop(built(&world, "acme").await),
            _ => {
                let _ = std::fs::remove_file(&file);
                assert_eq!(Life::host(&world).dump(&acme, &file).await.map(drop), Ok(()));
                assert_eq!(Life::host(&world).load(&acme, &file, None).await, Ok(()));
            }
        }
    }
    let numbers = |at: usize| -> Vec<i64> {
        let mut all: Vec<i64> = seen.iter().map(|it| it.split(' ').nth(at).unwrap().parse().unwrap()).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    assert_eq!((numbers(0).len(), numbers(1).len()), (3, 3), "{seen:?}");
    assert!(numbers(0).iter().all(|number| *number > 1_700_000_000 && *number < i64::from(i32::MAX)), "{seen:?}");
    world.end().await;
}
