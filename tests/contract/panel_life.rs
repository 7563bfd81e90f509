//! What every panel host adapter must do with a panel, from its making to its removal, whatever host it talks to.

use std::io::Write as _;

use hourglass::port::host::{HostError, Identity, Owner, PanelAddress, PanelHost};
use shared::billing::usage::Seen;
use shared::ids::TenantId;
use url::Url;
use uuid::Uuid;

use crate::oauth::Provider;
use crate::wire::{Person, Wire};

/// A host of its own for one test, or of its own names, and a template.
pub(crate) trait Life: Sized {
    type Host: PanelHost;

    /// A host with a template and no panels, and an adapter for it.
    async fn new() -> Self;
    /// The adapter.
    fn host(&self) -> &Self::Host;
    /// A panel of this host. Different names are different panels, and no other test's.
    fn at(&self, name: &str) -> PanelAddress;
    /// A panel at an address at which nothing listens.
    fn absent(&self) -> PanelAddress;
    /// The closed template.
    fn template(&self) -> String;
    /// How anybody reaches its panels, past the adapter.
    fn wire(&self) -> Wire;
    /// By which means its databases are managed.
    fn driver(&self) -> &'static str;
    /// The service person's login.
    fn service(&self) -> String;
    /// Later, by the clock by which the panels write their sign-ins; where that cannot be moved, nothing happens.
    fn an_hour_passes(&self) {}
    /// Keeps a file in a panel.
    async fn attach(&self, panel: &PanelAddress, content: &[u8]);
    /// How many files a panel has, if that can be seen.
    async fn files(&self, panel: &PanelAddress) -> Option<usize>;
    /// Takes away what the test has made, where that outlives it.
    async fn end(self) {}
}

pub(crate) const PASSWORD: &str = "Made-up for once 1";

/// Whose panel it is; the same name is the same tenant.
pub(crate) fn identity(panel: &PanelAddress) -> Identity {
    let number = panel.subdomain.bytes().fold(7_u128, |sum, byte| sum.wrapping_mul(131).wrapping_add(byte.into()));
    Identity {
        before: Vec::new(),
        tenant_id: TenantId::new(Uuid::from_u128(number)),
        url: Url::parse(&format!("https://{}.panels.example/", panel.subdomain)).unwrap(),
        owner: Owner {
            login: "Rahima@customer.example".into(),
            name: "Rahima Khatun".into(),
            password: PASSWORD.into(),
            subject: "usr_00000000000000000000000000000042".into(),
        },
        entry_check_url: Url::parse("http://127.0.0.1:9/entry/check").unwrap(),
    }
}

/// The owner, as they sign in with their first password.
pub(crate) const OWNER: Person<'static> = Person { login: "Rahima@customer.example", password: PASSWORD };

pub(crate) async fn built<W: Life>(world: &W, name: &str) -> PanelAddress {
    let panel = world.at(name);
    assert_eq!(world.host().build(&panel, &world.template(), &identity(&panel)).await, Ok(()));
    panel
}

fn is_refused<T: std::fmt::Debug>(told: &Result<T, HostError>) -> bool {
    matches!(told, Err(HostError::Refused(_)))
}

// Harm prevented: a customer pays for a panel into which they cannot come, or into which everybody can.
pub(crate) async fn a_panel_that_was_built_lets_its_owner_in_and_nobody_else<W: Life>() {
    let world = W::new().await;
    let acme = built(&world, "acme").await;
    let wire = world.wire();
    assert!(wire.lets_in(&acme, OWNER).await);
    for (login, password) in [("admin", "admin"), ("Rahima@customer.example", "admin"), ("demo", "demo")] {
        assert!(!wire.lets_in(&acme, Person { login, password }).await, "{login}/{password} was let in");
    }
    assert_eq!(world.host().probe(&acme).await, Seen::Up);
    // Although there is no other that could be meant.
    assert_eq!(world.host().probe(&world.at("missing")).await, Seen::Down);
    world.end().await;
}

// Harm prevented: mails of a panel lead to another address; nobody can tell whose a database is; a stranger becomes a guest.
pub(crate) async fn a_panel_that_was_built_knows_who_it_is<W: Life>() {
    let world = W::new().await;
    let (acme, other) = (built(&world, "acme").await, built(&world, "other").await);
    let wire = world.wire();
    let parameter = async |panel: &PanelAddress, key: &str| wire.parameter(panel, OWNER, key).await;
    let identity = identity(&acme);
    assert_eq!(parameter(&acme, "hourglass.tenant").await, identity.tenant_id.to_string());
    assert_eq!(parameter(&acme, "web.base.url").await, identity.url.as_str().trim_end_matches('/'));
    assert_eq!(parameter(&acme, "web.base.url.freeze").await, "True");
    assert_eq!(parameter(&acme, "auth_signup.invitation_scope").await, "b2b");
    assert_eq!(parameter(&acme, "auth_oauth.authorization_header").await, "1");
    for secret in ["database.uuid", "database.secret"] {
        assert_ne!(parameter(&acme, secret).await, parameter(&other, secret).await, "{secret} is the template's");
    }
    world.end().await;
}

// Harm prevented: a creation that was interrupted can never be finished, or leaves a database that everybody can enter.
pub(crate) async fn building_again_starts_from_nothing<W: Life>() {
    let world = W::new().await;
    let acme = built(&world, "acme").await;
    world.wire().add_person(&acme, OWNER, "left.over@customer.example").await;
    let acme = built(&world, "acme").await;
    assert_eq!(world.host().measure(&acme).await.sample.users, Some(1));
    assert!(world.wire().lets_in(&acme, OWNER).await);
    world.end().await;
}

// Harm prevented: a creation that failed leaves a database behind that somebody may take for a panel.
pub(crate) async fn a_refused_build_leaves_nothing<W: Life>() {
    let world = W::new().await;
    let acme = world.at("acme");
    let none = world.host().build(&acme, "no-such-template", &identity(&acme)).await;
    assert!(is_refused(&none), "{none:?}");
    assert!(!world.wire().is_there(&acme).await);
    // The service person is there already, so nobody else can be called so.
    let mut clash = identity(&acme);
    clash.owner.login = world.service();
    let told = world.host().build(&acme, &world.template(), &clash).await;
    assert!(is_refused(&told), "{told:?}");
    let told = world.host().remove(&acme).await;
    assert_eq!(told, Ok(()));
    assert!(!world.wire().is_there(&acme).await);
    world.end().await;
}

// Harm prevented: a panel is copied while its people work in it, and all of them are thrown out.
pub(crate) async fn what_people_can_reach_is_never_copied<W: Life>() {
    let world = W::new().await;
    let acme = built(&world, "acme").await;
    let copy = world.at("copy");
    let told = world.host().build(&copy, &acme.subdomain, &identity(&copy)).await;
    assert!(is_refused(&told), "{told:?}");
    assert!(!world.wire().is_there(&copy).await);
    world.end().await;
}

// Harm prevented: a name that ends a quotation, or that no browser can ask for, reaches the host.
pub(crate) async fn only_plain_names_reach_the_host<W: Life>() {
    let world = W::new().await;
    for name in ["", "a", "Acme", "a_b", "1st", "a\"; --", "a.b", "a b"] {
        let at = PanelAddress { subdomain: name.into(), ..world.at("acme") };
        let plain = identity(&world.at("acme"));
        assert!(is_refused(&world.host().build(&at, &world.template(), &plain).await), "{name:?}");
        assert!(is_refused(&world.host().remove(&at).await), "{name:?}");
        assert!(is_refused(&world.host().rename(&world.at("acme"), name).await), "{name:?}");
    }
    world.end().await;
}

// Harm prevented: users who were archived just before they were counted are free, and our own person is paid for.
pub(crate) async fn people_count_who_were_active_at_any_time_of_the_day<W: Life>() {
    let world = W::new().await;
    let acme = built(&world, "acme").await;
    let users = async || world.host().measure(&acme).await.sample.users;
    assert_eq!(users().await, Some(1));
    let jamal = world.wire().add_person(&acme, OWNER, "jamal@customer.example").await;
    assert_eq!(users().await, Some(2));
    world.wire().archive(&acme, OWNER, jamal).await;
    assert_eq!(users().await, Some(2));
    world.end().await;
}

// Harm prevented: looking at a panel makes it look alive, and a customer's idle panel is never noticed.
pub(crate) async fn measuring_leaves_no_trace_of_life<W: Life>() {
    let world = W::new().await;
    let acme = built(&world, "acme").await;
    assert!(world.wire().lets_in(&acme, OWNER).await);
    let first = world.host().measure(&acme).await;
    assert!(first.last_active_at.is_some());
    world.an_hour_passes();
    let second = world.host().measure(&acme).await;
    assert_eq!(second.last_active_at, first.last_active_at);
    // What is not measured is none, and never zero.
    assert!(first.sample.storage_bytes.is_none_or(|bytes| bytes > 100_000), "{first:?}");
    assert_eq!(first.sample.storage_bytes.is_some(), world.driver() == "postgres");
    let missing = world.host().measure(&world.at("missing")).await;
    assert_eq!(missing, Default::default());
    world.end().await;
}

// Harm prevented: a server is taken for an older one, or a panel that is there is not found when it is adopted.
pub(crate) async fn a_survey_says_what_is_there<W: Life>() {
    let world = W::new().await;
    let acme = built(&world, "acme").await;
    let survey = world.host().survey(&acme.server).await.unwrap();
    assert_eq!(survey.driver, world.driver());
    assert_eq!(survey.locks, world.driver() == "postgres");
    assert!(survey.version.ends_with(".0"), "{}", survey.version);
    // A server that lists by host name shows none to somebody who names none.
    if world.driver() != "web" {
        let seen = survey.databases.iter().find(|it| it.name == acme.subdomain).unwrap();
        assert_eq!(seen.closed, Some(false));
        assert_ne!(seen.template, Some(true));
    }
    if survey.locks {
        let template = survey.databases.iter().find(|it| it.name == world.template()).unwrap();
        assert_eq!((template.closed, template.template), (Some(true), Some(true)));
    }
    world.end().await;
}

// Harm prevented: a restored panel takes the place of another one, or a panel loses its files on the way.
pub(crate) async fn a_renamed_panel_is_whole_and_renaming_can_be_repeated<W: Life>() {
    let world = W::new().await;
    let (acme, beta) = (built(&world, "acme").await, world.at("beta"));
    world.attach(&acme, b"a contract").await;
    let files = world.files(&acme).await;
    for _ in 0..2 {
        assert_eq!(world.host().rename(&acme, &beta.subdomain).await, Ok(()));
    }
    assert!(world.wire().lets_in(&beta, OWNER).await);
    assert!(!world.wire().is_there(&acme).await);
    assert_eq!(world.files(&beta).await, files);
    let (nobody, no_one) = (world.at("nobody"), world.at("no-one"));
    assert!(is_refused(&world.host().rename(&nobody, &no_one.subdomain).await));
    built(&world, "acme").await;
    assert!(is_refused(&world.host().rename(&acme, &beta.subdomain).await));
    assert!(world.wire().lets_in(&acme, OWNER).await && world.wire().lets_in(&beta, OWNER).await);
    world.end().await;
}

// Harm prevented: a customer's data stay after they were promised to be gone, or a repeat fails for ever.
pub(crate) async fn a_removed_panel_is_gone_and_removing_can_be_repeated<W: Life>() {
    let world = W::new().await;
    let acme = built(&world, "acme").await;
    world.attach(&acme, b"a contract").await;
    for _ in 0..2 {
        assert_eq!(world.host().remove(&acme).await, Ok(()));
        assert!(!world.wire().is_there(&acme).await);
        assert!(world.files(&acme).await.is_none_or(|files| files == 0));
    }
    assert_eq!(world.host().probe(&acme).await, Seen::Down);
    world.end().await;
}

// Harm prevented: a backup comes back as less than it was, or as somebody else's panel.
pub(crate) async fn what_was_dumped_is_loaded_as_it_was<W: Life>() {
    let world = W::new().await;
    let folder = tempfile::tempdir().unwrap();
    let (acme, again) = (built(&world, "acme").await, world.at("again"));
    world.attach(&acme, b"a contract").await;
    world.wire().add_person(&acme, OWNER, "jamal@customer.example").await;
    let file = folder.path().join("acme.dump");
    assert_eq!(world.host().dump(&acme, &file).await.map(drop), Ok(()));
    assert!(is_refused(&world.host().dump(&acme, &file).await.map(drop)), "a file that is there is somebody's");
    for _ in 0..2 {
        assert_eq!(world.host().load(&again, &file, None).await, Ok(()));
    }
    let wire = world.wire();
    assert!(wire.lets_in(&again, OWNER).await && wire.lets_in(&acme, OWNER).await);
    assert_eq!(world.host().measure(&again).await.sample.users, Some(2));
    assert_eq!(world.files(&again).await, world.files(&acme).await);
    for key in ["hourglass.tenant", "database.uuid", "web.base.url"] {
        assert_eq!(wire.parameter(&again, OWNER, key).await, wire.parameter(&acme, OWNER, key).await, "{key}");
    }
    assert_eq!(world.host().probe(&again).await, Seen::Up);
    world.end().await;
}

// Harm prevented: a copy that becomes another panel sends its people to the first one, is taken for it, or lets in whoever has a link of it.
pub(crate) async fn what_was_dumped_is_loaded_as_another_panel<W: Life>() {
    let world = W::new().await;
    let folder = tempfile::tempdir().unwrap();
    let provider = Provider::start("token-1", "usr_00000000000000000000000000000042").await;
    let (acme, clone) = (built(&world, "acme").await, world.at("clone"));
    let wire = world.wire();
    wire.add_person(&acme, OWNER, "jamal@customer.example").await;
    let file = folder.path().join("acme.dump");
    assert_eq!(world.host().dump(&acme, &file).await.map(drop), Ok(()));
    let mut other = identity(&clone);
    "another".clone_into(&mut other.owner.password);
    other.entry_check_url = provider.url.clone();
    for _ in 0..2 {
        assert_eq!(world.host().load(&clone, &file, Some(&other)).await, Ok(()));
    }
    assert!(wire.lets_in(&clone, OWNER).await, "people keep their passwords");
    assert!(!wire.lets_in(&clone, Person { password: "another", ..OWNER }).await);
    assert_eq!(wire.parameter(&clone, OWNER, "hourglass.tenant").await, other.tenant_id.to_string());
    assert_eq!(wire.parameter(&clone, OWNER, "web.base.url").await, other.url.as_str().trim_end_matches('/'));
    for key in ["hourglass.tenant", "database.uuid", "database.secret", "web.base.url"] {
        let (new, old) = (wire.parameter(&clone, OWNER, key).await, wire.parameter(&acme, OWNER, key).await);
        assert!(!new.is_empty() && new != old, "{key}: {new}");
    }
    assert_eq!(wire.parameter(&acme, OWNER, "hourglass.tenant").await, identity(&acme).tenant_id.to_string());
    let entry = world.host().entry(&clone, &other.url, "token-1").await.unwrap();
    assert!(wire.comes_in(&clone, &entry).await, "the owner comes in by a token for the new one");
    assert_eq!(world.host().measure(&clone).await.sample.users, Some(2));
    world.end().await;
}

// Harm prevented: half a backup, or something else altogether, is restored over a customer's panel as if it were whole.
pub(crate) async fn half_a_dump_is_refused_and_leaves_nothing<W: Life>() {
    let world = W::new().await;
    let folder = tempfile::tempdir().unwrap();
    let (acme, again) = (built(&world, "acme").await, world.at("again"));
    let (whole, cut) = (folder.path().join("whole"), folder.path().join("cut"));
    assert_eq!(world.host().dump(&acme, &whole).await.map(drop), Ok(()));
    let bytes = std::fs::read(&whole).unwrap();
    for part in [0, 4, bytes.len() / 2, bytes.len() - 2_000] {
        std::fs::File::create(&cut).unwrap().write_all(&bytes[..part]).unwrap();
        let told = world.host().load(&again, &cut, None).await;
        assert!(is_refused(&told), "{part} of {} bytes: {told:?}", bytes.len());
        assert!(!world.wire().is_there(&again).await);
    }
    assert!(world.wire().lets_in(&acme, OWNER).await);
    assert!(is_refused(&world.host().dump(&world.at("missing"), &folder.path().join("none")).await.map(drop)));
    assert!(!folder.path().join("none").exists());
    assert_eq!(world.host().is_gone(&world.at("missing")).await, Ok(true));
    assert_eq!(world.host().is_gone(&acme).await, Ok(false));
    world.end().await;
}

// Harm prevented: "Open panel" shows a sign-in form, signs in at another panel, or works twice.
pub(crate) async fn the_owner_comes_in_once_by_a_token<W: Life>() {
    let world = W::new().await;
    let provider = Provider::start("token-1", "usr_00000000000000000000000000000042").await;
    let acme = world.at("acme");
    let mut identity = identity(&acme);
    identity.entry_check_url = provider.url.clone();
    assert_eq!(world.host().build(&acme, &world.template(), &identity).await, Ok(()));
    let entry = async |token| world.host().entry(&acme, &identity.url, token).await.unwrap();
    let good = entry("token-1").await;
    assert!(good.as_str().starts_with(&format!("{}auth_oauth/signin?", identity.url)));
    assert!(world.wire().comes_in(&acme, &good).await);
    assert!(!world.wire().comes_in(&acme, &good).await, "the same token once more");
    assert!(!world.wire().comes_in(&acme, &entry("forged").await).await);
    let missing = world.at("missing");
    assert!(world.host().entry(&missing, &identity.url, "token-1").await.is_err());
    world.end().await;
}

// Harm prevented: a database that is adopted loses its people's passwords, or is another customer's.
pub(crate) async fn adopting_changes_nobodys_password_and_takes_nobody_elses<W: Life>() {
    let world = W::new().await;
    let acme = built(&world, "acme").await;
    let wire = world.wire();
    let mut other = identity(&acme);
    other.tenant_id = TenantId::new(Uuid::from_u128(1));
    assert!(is_refused(&world.host().adopt(&acme, &other).await.map(drop)));
    // Unless that other panel is gone, and was this very database.
    other.before = vec![identity(&acme).tenant_id];
    other.url = Url::parse("https://adopted.panels.example").unwrap();
    "another".clone_into(&mut other.owner.password);
    for _ in 0..2 {
        assert_eq!(world.host().adopt(&acme, &other).await, Ok(None));
    }
    assert!(wire.lets_in(&acme, OWNER).await);
    assert!(!wire.lets_in(&acme, Person { password: "another", ..OWNER }).await);
    assert_eq!(wire.parameter(&acme, OWNER, "hourglass.tenant").await, other.tenant_id.to_string());
    assert_eq!(wire.parameter(&acme, OWNER, "web.base.url").await, "https://adopted.panels.example");
    world.end().await;
}

// Harm prevented: a network failure reads as "there is no such database", and a customer's panel is given up.
pub(crate) async fn nothing_is_known_of_an_absent_host<W: Life>() {
    let world = W::new().await;
    let (acme, file) = (world.absent(), tempfile::tempdir().unwrap().path().join("none"));
    let unknown = |told: Result<(), HostError>| matches!(told, Err(HostError::Unknown(_)));
    let host = world.host();
    assert!(unknown(host.build(&acme, &world.template(), &identity(&acme)).await));
    assert!(unknown(host.adopt(&acme, &identity(&acme)).await.map(drop)));
    assert!(unknown(host.rename(&acme, "other").await));
    assert!(unknown(host.remove(&acme).await));
    assert!(unknown(host.dump(&acme, &file).await.map(drop)));
    assert!(unknown(host.is_gone(&acme).await.map(drop)));
    assert!(matches!(host.survey(&acme.server).await, Err(HostError::Unknown(_))));
    assert_eq!(host.measure(&acme).await, Default::default());
    assert!(!file.exists());
    world.end().await;
}
