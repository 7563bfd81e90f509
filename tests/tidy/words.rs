//! What no text of this project says: paths and hosts of one machine, and how its lines came to be written.

use crate::rule::{Rule, lines_of};

/// In pieces, or this file would break its own rule.
const NOWHERE: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("ai-", "generated"),
    concat!("language ", "model"),
    concat!("chat", "gpt"),
    concat!("cla", "ude"),
    concat!("co", "pilot"),
    concat!("l", "lm"),
];
const TOOL: &str = concat!("ag", "ent");
const NOT_IN_SETTINGS: &[&str] = &[concat!("artif", "actory"), concat!("nex", "us"), concat!("mir", "ror")];

/// As a word of its own; a browser's `User-…` header is not meant.
fn names_a_tool(text: &str) -> bool {
    text.match_indices(TOOL).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + TOOL.len()..]);
        let alone = !before.ends_with(char::is_alphanumeric)
            && !after.trim_start_matches('s').starts_with(char::is_alphanumeric);
        alone && !before.trim_end_matches(['-', '_', ' ']).ends_with("user")
    })
}

#[test]
fn the_text_speaks_of_hourglass() {
    Rule::of_each(
        "What stands here is read by those who run and change Hourglass, on machines of their own: no path of one machine,\n\
         no word about who or what typed it.",
        |file| {
            let word = |text: &str, word: &str| match word {
                word if word.len() > 3 => text.contains(word),
                word => crate::code::has_word(text, word),
            };
            // A lock file lists packages, whose names are theirs.
            let ours = !file.path.ends_with("package-lock.json");
            let tells = |text: &str| NOWHERE.iter().any(|it| word(text, it)) || ours && names_a_tool(text);
            lines_of(file, &file.raw.to_lowercase(), |_, text| tells(text))
        },
    )
    .catches("README.md", &format!("See {}main.\n", NOWHERE[0]))
    .catches("docs/a.md", &format!("Written by an {TOOL}.\n"))
    .catches("docs/a.md", &format!("{}.\n", NOWHERE[7]))
    .allows("api/src/a.rs", &format!("client.user_{TOOL}(\"Hourglass\"); // User-{TOOL}\nlet re{TOOL} = 1;\n"))
    .allows("tests/a/package-lock.json", &format!("\"proxy-{TOOL}\": \"^6.5.0\",\n"))
    .holds();
}

#[test]
fn settings_name_no_host_of_one_house() {
    Rule::of_each(
        "Where packages come from is the machine's own business, not the project's: a checkout builds anywhere.",
        |file| {
            let ends = [".toml", ".yaml", ".yml", ".json", ".cfg", ".ini", ".conf", ".lock", ".npmrc"];
            let settings = ends.iter().any(|end| file.path.ends_with(end));
            // A lock file also lists crates, whose names are theirs; where they come from is an address.
            let names_crates = file.path.ends_with(".lock");
            lines_of(file, &file.raw.to_lowercase(), |_, text| {
                let concerns = settings && (!names_crates || text.contains("://"));
                concerns && NOT_IN_SETTINGS.iter().any(|it| text.contains(it))
            })
        },
    )
    .catches(".cargo/config.toml", &format!("registry = \"https://{}.example/crates\"\n", NOT_IN_SETTINGS[0]))
    .catches("Cargo.lock", &format!("source = \"registry+https://{}.example/index\"\n", NOT_IN_SETTINGS[2]))
    .allows("Cargo.lock", &format!("name = \"unicode-bidi-{}ing\"\n", NOT_IN_SETTINGS[2]))
    .allows("docs/a.md", &format!("A {} of the ledger.\n", NOT_IN_SETTINGS[2]))
    .holds();
}
