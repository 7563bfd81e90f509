//! Which room may name what. Dependencies point inward: entrances, stories, memory and sockets, pure core.

use crate::code::{has_any, has_word, outermost};
use crate::rule::{Rule, lines_of};

/// Words that only some rooms may use.
struct Reserved {
    /// The words; case counts.
    words: &'static [&'static str],
    /// Where to look.
    within: &'static [&'static str],
    /// Where they belong.
    except: &'static [&'static str],
}

impl Reserved {
    fn because(self, why: &'static str) -> Rule {
        Rule::of_each(why, move |file| {
            let concerns = file.is_rust() && file.is_in(self.within) && !file.is_in(self.except);
            lines_of(file, &file.code, |_, text| concerns && has_any(text, self.words))
        })
    }
}

const EVERYWHERE: &[&str] = &["api/", "migrations/", "sandbox/", "shared/", "tests/", "web/"];

#[test]
fn the_database_library_stays_in_the_store() {
    Reserved {
        words: &["sea_orm", "sea_orm_migration", "sea_query", "sqlx"],
        within: EVERYWHERE,
        except: &[
            "api/src/store/",
            "api/src/adapter/odoo/postgres/",
            "migrations/",
            "tests/harness/",
            "tests/contract/cluster.rs",
            "sandbox/src/odoo/postgres.rs",
            "sandbox/tests/wire/cluster.rs",
        ],
    }
    .because(
        "Only api/src/store and migrations know that there is an ORM, and the harness of the tests, which makes databases.
\
         The adapter of hosts speaks to the hosts' own databases, which are not ours; the sandbox's Odoo has databases of its
\
         own in PostgreSQL. Each of them is reached by the files that are named here.
\
         Ask the store for what you need in the words of `shared`, and give it a function if it has none.",
    )
    .catches("api/src/flow/a.rs", "use sea_orm::Value;\n")
    .catches("tests/api/a.rs", "use sea_orm::Value;\n")
    .catches("api/src/http/a.rs", "fn a(b: &sea_orm::DatabaseConnection) {}\n")
    .catches("api/src/adapter/odoo/a.rs", "use sqlx::PgConnection;\n")
    .allows("api/src/adapter/odoo/postgres/a.rs", "use sqlx::PgConnection;\n")
    .allows("api/src/store/a.rs", "use sea_orm::Value;\n")
    .allows("api/src/flow/a.rs", "// not sea_orm\n")
    .holds();
}

#[test]
fn only_adapters_speak_to_the_outside() {
    Reserved { words: &["reqwest"], within: &["api/src/"], except: &["api/src/adapter/"] }
        .because(
            "Only an adapter calls out. Elsewhere the outside is a port: a call that may hang, fail or lie has to say in\n\
             its contract what that means.",
        )
        .catches("api/src/flow/a.rs", "reqwest::get(a).await;\n")
        .allows("api/src/adapter/sslcommerz/a.rs", "use reqwest::Client;\n")
        .holds();
}

#[test]
fn time_is_an_argument() {
    Reserved {
        words: &["Utc::now", "Local::now", "SystemTime::now", "Instant::now"],
        within: &["api/src/", "migrations/", "shared/", "web/src/"],
        except: &["api/src/adapter/"],
    }
    .because(
        "Only the clock adapter reads the clock. Who needs the time is given it: so a month is simulated in seconds, and a\n\
         replay gives the same bills.",
    )
    .catches("api/src/store/a.rs", "let a = chrono::Utc::now();\n")
    .catches("api/src/worker/a.rs", "let a = std::time::Instant::now();\n")
    .allows("api/src/adapter/clock.rs", "SystemTime::now()\n")
    .allows("api/src/flow/a.rs", "let a = clock.now();\n")
    .holds();
}

#[test]
fn the_environment_is_read_in_one_room() {
    Reserved {
        words: &["std::env", "env::var", "env::vars", "env::var_os", "env::args", "var_os"],
        within: &["api/src/", "migrations/src/", "shared/", "web/src/", "sandbox/src/"],
        except: &["api/src/config/", "api/src/config.rs", "api/src/main.rs", "sandbox/src/main.rs"],
    }
    .because(
        "Only api/src/config reads the environment, so that one page lists every setting and nothing changes behind a\n\
         caller's back. Pass the value in.",
    )
    .catches("api/src/http/a.rs", "let a = std::env::var(b);\n")
    .catches("api/src/store/a.rs", "use std::env;\n")
    .allows("api/src/config/a.rs", "std::env::var(a)\n")
    .allows("api/src/http/a.rs", "let a = env!(\"CARGO_PKG_VERSION\");\n")
    .holds();
}

#[test]
fn adapters_are_named_by_the_composition_alone() {
    let composition = &[
        "api/src/adapter/",
        "api/src/adapter.rs",
        "api/src/app.rs",
        "api/src/app/",
        "api/src/compose.rs",
        "api/src/main.rs",
        "api/src/config/",
        "api/src/config.rs",
        "api/src/demo/",
        "api/src/demo.rs",
    ];
    Reserved { words: &["adapter::", "adapter as", "crate::adapter"], within: &["api/src/"], except: composition }
        .because(
            "Only the composition root (compose, app, main, config, demo) chooses a plug. Everybody else holds a port, so that a test,\n\
             the demonstration and production differ in one place.",
        )
        .catches("api/src/flow/a.rs", "use crate::adapter::clock::SystemClock;\n")
        .allows("api/src/app.rs", "use crate::adapter::clock::SystemClock;\n")
        .allows("api/src/lib.rs", "pub mod adapter;\n")
        .holds();
}

#[test]
fn dependencies_point_inward() {
    Rule::of_each(
        "Dependencies point inward, one way: entrances (http, worker) -> stories (flow) -> memory and sockets (store, port;\n\
         adapter behind them) -> shared. Move the thing inward that both rooms need.",
        |file| {
            let outward: &[&str] = match file.path.split('/').nth(2) {
                Some("flow") => &["crate::http", "crate::worker"],
                Some("store" | "adapter") => &["crate::http", "crate::worker", "crate::flow"],
                Some("port") => &["crate::http", "crate::worker", "crate::flow", "crate::store"],
                _ => &[],
            };
            let concerns = file.is_rust() && file.is_in(&["api/src/"]);
            lines_of(file, &file.code, |_, text| concerns && has_any(text, outward))
        },
    )
    .catches("api/src/flow/payments/a.rs", "use crate::http::extract::Member;\n")
    .catches("api/src/store/a.rs", "fn a() -> crate::flow::A {}\n")
    .catches("api/src/port/a.rs", "use crate::store::Store;\n")
    .allows("api/src/http/a.rs", "use crate::flow::a;\n")
    .allows("api/src/worker/a.rs", "use crate::flow::a;\n")
    .holds();
}

#[test]
fn ports_speak_no_protocol() {
    Reserved {
        words: &["actix_web", "http::", "hyper", "reqwest", "StatusCode", "HeaderMap"],
        within: &["api/src/port/"],
        except: &[],
    }
    .because("A port says what is wanted, not how it travels: the next provider may not speak HTTP at all.")
    .catches("api/src/port/a.rs", "fn a() -> http::StatusCode;\n")
    .allows("api/src/port/a.rs", "/// Not http::StatusCode.\nfn a() -> Outcome;\n")
    .holds();
}

#[test]
fn providers_are_named_in_adapters() {
    Rule::of_each(
        "The core, the stories and the ports know a gateway and a host, not whose. A name here is a rule of one provider\n\
         that has leaked out of its adapter.",
        |file| {
            let text = match file {
                file if !file.is_rust() => return Vec::new(),
                file if file.is_in(&["api/src/flow/"]) => &file.raw,
                file if file.is_in(&["api/src/port/", "shared/src/billing/"]) => &file.bare,
                _ => return Vec::new(),
            };
            let named = |text: &str| ["sslcommerz", "odoo"].iter().any(|name| text.contains(name));
            lines_of(file, &text.to_lowercase(), |_, text| named(text))
        },
    )
    .catches("api/src/port/a.rs", "fn a() -> &'static str { \"sslcommerz\" }\n")
    .catches("shared/src/billing/a.rs", "struct OdooPanel;\n")
    .catches("api/src/flow/payments/a.rs", "//! Asks SSLCommerz.\n")
    .allows("api/src/port/a.rs", "/// For example `sslcommerz`.\nfn name() -> &'static str;\n")
    .allows("api/src/adapter/sslcommerz/a.rs", "struct Sslcommerz;\n")
    .holds();
}

#[test]
fn a_story_has_one_beginning() {
    Rule::of_each(
        "One file in api/src/flow is one story, read from top to bottom: one function that others may call. Give the other\n\
         one a file of its own; what only its neighbours need is pub(super).",
        |file| {
            if !file.is_rust() || !file.is_in(&["api/src/flow/"]) || file.path.ends_with("/mod.rs") {
                return Vec::new();
            }
            let outer = outermost(&file.code);
            let public = |text: &str| text.starts_with("pub ") || text.starts_with("pub(crate) ");
            lines_of(file, &outer, |_, text| public(text) && has_word(text, "fn")).into_iter().skip(1).collect()
        },
    )
    .catches("api/src/flow/a.rs", "pub async fn a() {\n}\npub(crate) fn b() {}\n")
    .allows("api/src/flow/a.rs", "pub async fn a() {\n}\npub(super) fn b() {}\nfn c() {}\nimpl D {\n    pub fn e() {}\n}\n")
    .allows("api/src/flow/mod.rs", "pub fn a() {}\npub fn b() {}\n")
    .holds();
}

#[test]
fn only_the_client_fetches() {
    Rule::of_each(
        "Only web/src/client.rs fetches, so that every request carries its token, its patience and its one repeat after a\n\
         401. Add a method there.",
        |file| {
            let client = file.is_in(&["web/src/client.rs", "web/src/client/"]);
            let concerns = file.is_rust() && file.is_in(&["web/src/"]) && !client;
            let words = ["gloo_net", "Request::", "RequestInit", "XmlHttpRequest"];
            lines_of(file, &file.code, |_, text| concerns && (text.contains(".fetch_with") || has_any(text, &words)))
        },
    )
    .catches("web/src/page/a.rs", "gloo_net::http::get(a);\n")
    .catches("web/src/page/a.rs", "let a = web_sys::Request::new_with_str(b);\n")
    .catches("web/src/live.rs", "window().fetch_with_request(&a)\n")
    .allows("web/src/page/a.rs", "let a = RenewRequest::new();\n")
    .allows("web/src/client.rs", "window.fetch_with_request(&a)\n")
    .holds();
}
