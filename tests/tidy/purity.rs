//! What must not occur at all: in the pure core, and where money or hours are handled.

use crate::code::{has_any, has_word};
use crate::rule::{Finding, Rule, lines_of};

/// Tests excepted.
fn absent_from(rooms: &'static [&'static str], words: &'static [&'static str], why: &'static str) -> Rule {
    Rule::of_each(why, move |file| {
        let concerns = file.is_rust() && file.is_in(rooms);
        lines_of(file, &file.code, |line, text| concerns && !file.is_test(line) && has_any(text, words))
    })
}

#[test]
fn shared_depends_on_few_crates() {
    const ALLOWED: &[&str] = &["chrono", "chrono-tz", "serde", "serde_json", "sha2", "thiserror", "utoipa", "uuid"];
    let why = "shared is compiled into the dashboard and read by accountants: what it stands on is agreed one by one.\n\
        Add a crate to this list only if it is pure, small and compiles to wasm32.";
    Rule::of_each(why, |file| {
        let mut section = "";
        let mut found = Vec::new();
        for (line, text) in (1..).zip(file.raw.lines()).filter(|_| file.path == "shared/Cargo.toml") {
            section = if text.starts_with('[') { text.trim() } else { section };
            let at_run_time = section.ends_with("dependencies]") && !section.contains("dev-");
            let name = text.split(['=', '.', ' ']).next().unwrap_or_default();
            if at_run_time && text.contains('=') && !text.starts_with('#') && !ALLOWED.contains(&name) {
                found.push(Finding::at(file, line));
            }
        }
        found
    })
    .catches("shared/Cargo.toml", "[dependencies]\nserde = { workspace = true }\ntokio = \"1\"\n")
    .catches("shared/Cargo.toml", "[target.'cfg(unix)'.dependencies]\nlibc.workspace = true\n")
    .allows("shared/Cargo.toml", "[dependencies]\nserde = \"1\"\n[dev-dependencies]\nproptest = \"1\"\n")
    .allows("api/Cargo.toml", "[dependencies]\ntokio = \"1\"\n")
    .holds();
}

#[test]
fn shared_waits_for_nothing() {
    absent_from(
        &["shared/src/"],
        &["async", "await", "std::fs", "std::net", "std::thread", "std::process", "std::io"],
        "shared is pure: what it needs comes in as an argument, what follows goes out as a value.",
    )
    .catches("shared/src/a.rs", "pub async fn a() {}\n")
    .allows("shared/src/a.rs", "//! No async.\n")
    .allows("api/src/flow/a.rs", "pub async fn a() {}\n")
    .holds();
}

#[test]
fn shared_never_panics_on_purpose() {
    absent_from(
        &["shared/src/"],
        &[".unwrap()", ".expect("],
        "A refusal in shared is a value: `unwrap` would take the server down for one strange account, and the dashboard\n\
         with it. Return a Result or an Option.",
    )
    .catches("shared/src/a.rs", "fn a() { b().unwrap(); }\n")
    .catches("shared/src/a.rs", "fn a() { b()\n.expect(\"c\"); }\n")
    .allows("shared/src/a.rs", "fn a() { b().unwrap_or(1); }\n#[cfg(test)]\nmod tests { fn a() { b().unwrap(); } }\n")
    .holds();
}

#[test]
fn billing_names_every_case() {
    absent_from(
        &["shared/src/billing/", "shared/src/billing.rs"],
        &["_ =>", "_ if"],
        "A wildcard arm in billing decides about a state that nobody has thought of yet. Name the cases, so that the next\n\
         state does not compile until every rule has said what it means there.",
    )
    .catches("shared/src/billing/a.rs", "match a {\n  A => 1,\n  _ => 2,\n}\n")
    .catches("shared/src/billing/a.rs", "match a { _ if b => 2, A => 1 }\n")
    .allows("shared/src/billing/a.rs", "match a { (A, _) => 1, Some(_) => 2, a_ => 3 }\n")
    .allows("shared/src/time.rs", "match a { _ => 2 }\n")
    .holds();
}

#[test]
fn no_floats_near_money_or_hours() {
    absent_from(
        &["shared/src/", "api/src/flow/", "api/src/store/"],
        &["f32", "f64"],
        "A float cannot hold a taka's hundredth, and two sums of floats differ by their order. Money is whole minor units,\n\
         time whole seconds; where a share is wanted, multiply first and divide last, in integers.",
    )
    .catches("shared/src/a.rs", "fn a(b: f64) {}\n")
    .catches("api/src/store/a.rs", "let a = 1_f64;\nlet b = x as f32;\n")
    .allows("shared/src/a.rs", "// no f64\nlet af64 = 1;\n")
    .allows("web/src/chart/a.rs", "fn a(b: f64) {}\n")
    .holds();
}

#[test]
fn nothing_is_unfinished() {
    Rule::of_each(
        "What is in the tree works. Leave it out, or open an issue; a switched-off test protects nobody.",
        |file| {
            let words = ["todo!", "unimplemented!", "#[ignore"];
            lines_of(file, &file.code, |_, text| file.is_rust() && has_any(text, &words))
        },
    )
    .catches("api/src/a.rs", "fn a() { todo!() }\n")
    .catches("tests/api/a.rs", "#[test]\n#[ignore = \"slow\"]\nfn a() {}\n")
    .allows("api/src/a.rs", "// todo!\nlet todo = 1;\n")
    .holds();
}

#[test]
fn tests_wait_for_nothing() {
    Rule::of_each(
        "A test that sleeps is slow on every good day and fails on the first busy one. Move the injected clock, call the\n\
         worker's turn yourself, or wait for the event; a browser test uses the driver's own waiting queries.",
        |file| {
            lines_of(file, &file.code, |line, text| file.is_rust() && file.is_test(line) && has_word(text, "sleep("))
        },
    )
    .catches("tests/harness/a.rs", "tokio::time::sleep(a).await;\n")
    .catches("api/src/a.rs", "#[cfg(test)]\nmod tests {\n fn a() { thread::sleep(b); }\n}\n")
    .allows("tests/harness/a.rs", "// no sleep(\nasleep(1);\n")
    .allows("api/src/adapter/a.rs", "sleep(a).await;\n")
    .holds();
}
