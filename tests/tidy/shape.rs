//! How long, how named, how opened: what keeps a file readable in one sitting.

use crate::code::functions;
use crate::rule::{Finding, Rule, lines_of};
use crate::tree::File;

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;

#[test]
fn files_are_short() {
    Rule::of_each(
        "A file is one thing, about 120 lines of it, 400 at most. Which two things are in this one?",
        |file| {
            let lines = file.raw.lines().count();
            let long = file.is_rust() && lines > FILE_LINES_MAX;
            long.then(|| Finding::saying(file, lines, format!("{lines} lines"))).into_iter().collect()
        },
    )
    .catches("api/src/a.rs", &"\n".repeat(401))
    .allows("api/src/a.rs", &"\n".repeat(400))
    .allows("openapi.yaml", &"\n".repeat(401))
    .holds();
}

#[test]
fn functions_are_short() {
    Rule::of_each("A function fits on one screen: 70 lines from its signature to its brace. Name its steps.", |file| {
        let all = if file.is_rust() { functions(&file.code) } else { Vec::new() };
        let lines = |it: &crate::code::Function| it.last - it.first + 1;
        let long = all.iter().filter(|it| lines(it) > FUNCTION_LINES_MAX);
        long.map(|it| Finding::saying(file, it.first, format!("fn {}: {} lines", it.name, lines(it)))).collect()
    })
    .catches("api/src/a.rs", &format!("fn a() {{{}}}\n", "\n".repeat(70)))
    .catches("web/src/a.rs", &format!("impl A {{\n  pub async fn a() -> B {{{}}}\n}}\n", "\n".repeat(70)))
    .allows("api/src/a.rs", &format!("fn a() {{{}}}\nfn b() {{}}\n", "\n".repeat(69)))
    .holds();
}

#[test]
fn rooms_have_names_of_their_own() {
    const NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"];
    Rule::of_each(
        "`utils`, `helpers`, `common`, `misc`, `manager` say where something was put, not what it is. Whose is it?",
        |file| {
            let named = file.path.trim_end_matches(".rs").split('/').any(|part| NAMES.contains(&part));
            let whole = (named && file.is_rust()).then(|| Finding::saying(file, 1, "the name of this file".to_owned()));
            let inline = |text: &str| {
                let name = text.trim_start().split_once("mod ").map(|(_, rest)| rest.trim_end_matches([' ', '{', ';']));
                name.is_some_and(|name| NAMES.contains(&name))
            };
            let inside = lines_of(file, &file.code, |_, text| file.is_rust() && inline(text));
            whole.into_iter().chain(inside).collect()
        },
    )
    .catches("api/src/http/utils.rs", "//! a\n")
    .catches("tests/common/mod.rs", "//! a\n")
    .catches("api/src/http/a.rs", "pub(crate) mod helpers {\n}\n")
    .allows("api/src/http/utility_bill.rs", "mod commonwealth;\n")
    .holds();
}

#[test]
fn files_say_what_they_are() {
    Rule::of_each(
        "A file opens with `//!`: what it is, and what it does not know. The next reader decides by it whether to read on.",
        |file| {
            let opens = |file: &File| file.raw.lines().next().is_some_and(|text| text.len() > 5 && text.starts_with("//! "));
            let silent = file.is_rust() && !opens(file);
            silent.then(|| Finding::at(file, 1)).into_iter().collect()
        },
    )
    .catches("api/src/a.rs", "use std::fmt;\n//! Late.\n")
    .catches("tests/api/main.rs", "fn main() {}\n")
    .catches("api/src/a.rs", "//! \n")
    .allows("api/src/a.rs", "//! The clock.\n")
    .holds();
}
