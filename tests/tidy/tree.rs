//! The source tree, read once. Knows which lines are tests; knows no rule.

use crate::code::{end_of_item, line_of, stripped};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// One text file.
pub(crate) struct File {
    /// From the root of the checkout, with `/`.
    pub(crate) path: String,
    /// As it is.
    pub(crate) raw: String,
    /// Rust: without comments. Otherwise as `raw`.
    pub(crate) bare: String,
    /// Rust: without comments and without the insides of strings. Otherwise as `raw`.
    pub(crate) code: String,
    /// For each line: does it belong to a test?
    test: Vec<bool>,
}

/// All of them, in the order of their paths.
pub(crate) struct Tree {
    /// The files.
    pub(crate) files: Vec<File>,
}

/// Made by builds and runs, or not ours.
const PASSED_OVER: &[&str] =
    &[".git", "target", "node_modules", ".demo", "web/dist", "web/generated", "tests/browser/shots"];

impl Tree {
    /// This checkout.
    pub(crate) fn ours() -> &'static Self {
        static OURS: OnceLock<Tree> = OnceLock::new();
        OURS.get_or_init(|| {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
            let mut texts = Vec::new();
            collect(&root, "", &mut texts);
            Self::new(texts)
        })
    }

    /// A made-up one.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self::new(files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect())
    }

    fn new(mut texts: Vec<(String, String)>) -> Self {
        texts.sort();
        let mut files: Vec<_> = texts.into_iter().map(|(path, raw)| File::new(path, raw)).collect();
        let elsewhere: Vec<_> = files.iter().flat_map(File::test_modules_elsewhere).collect();
        for file in &mut files {
            let is_test =
                |module: &String| file.path == format!("{module}.rs") || file.path.starts_with(&format!("{module}/"));
            if elsewhere.iter().any(is_test) {
                file.test.fill(true);
            }
        }
        Self { files }
    }
}

fn collect(folder: &Path, prefix: &str, into: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the checkout").flatten() {
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let Ok(kind) = entry.file_type() else { continue };
        if PASSED_OVER.contains(&path.as_str()) || PASSED_OVER.contains(&entry.file_name().to_string_lossy().as_ref()) {
            continue;
        }
        if kind.is_dir() {
            collect(&entry.path(), &format!("{path}/"), into);
        } else if kind.is_file()
            && let Ok(text) = fs::read_to_string(entry.path())
        {
            into.push((path, text)); // what is not UTF-8 is no source
        }
    }
}

impl File {
    fn new(path: String, raw: String) -> Self {
        let (bare, code) = if path.ends_with(".rs") { stripped(&raw) } else { (raw.clone(), raw.clone()) };
        let mut file =
            Self { test: vec![format!("/{path}").contains("/tests/"); raw.lines().count()], path, raw, bare, code };
        for (from, to) in file.test_items() {
            file.test[from - 1..to].fill(true);
        }
        file
    }

    /// Is it Rust?
    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Does it lie in one of these folders, or is it one of these files?
    pub(crate) fn is_in(&self, rooms: &[&str]) -> bool {
        rooms.iter().any(|room| self.path == *room || room.ends_with('/') && self.path.starts_with(room))
    }

    /// Is this line, from 1, part of a test?
    pub(crate) fn is_test(&self, line: usize) -> bool {
        self.test.get(line - 1).copied().unwrap_or(false)
    }

    fn test_attributes(&self) -> impl Iterator<Item = usize> {
        ["#[cfg(test)]", "#[cfg(all(test"].into_iter().flat_map(|it| self.code.match_indices(it)).map(|(at, _)| at)
    }

    /// First and last lines of what is compiled for tests only.
    fn test_items(&self) -> Vec<(usize, usize)> {
        let end = |at| end_of_item(&self.code, at).max(1) - 1;
        self.test_attributes().map(|at| (line_of(&self.code, at), line_of(&self.code, end(at)))).collect()
    }

    /// `#[cfg(test)] mod name;` makes another file a test: its path, without the ending.
    fn test_modules_elsewhere(&self) -> Vec<String> {
        let (folder, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let home = match name {
            "mod.rs" | "lib.rs" | "main.rs" => folder.to_owned(),
            _ => format!("{folder}/{}", name.trim_end_matches(".rs")),
        };
        let items = self.test_attributes().map(|at| &self.code[at..end_of_item(&self.code, at)]);
        items
            .filter_map(|item| Some(item.strip_suffix(';')?.rsplit_once("mod ")?.1.trim()))
            .map(|module| format!("{home}/{module}"))
            .collect()
    }
}

#[test]
fn test_code_is_told_apart() {
    let tree = Tree::of(&[
        ("a/src/x.rs", "fn a() {}\n#[cfg(test)]\nmod t {\n fn b() {}\n}\nfn c() {}\n#[cfg(test)]\nmod far;\n"),
        ("a/src/x/far.rs", "fn d() {}\n"),
        ("a/src/far.rs", "fn e() {}\n"),
    ]);
    let tests = |path: &str| {
        let file = tree.files.iter().find(|it| it.path == path).expect("made above");
        (1..=file.raw.lines().count()).filter(|&line| file.is_test(line)).collect::<Vec<_>>()
    };
    assert_eq!(tests("a/src/x.rs"), [2, 3, 4, 5, 7, 8]);
    assert_eq!(tests("a/src/x/far.rs"), [1]);
    assert_eq!(tests("a/src/far.rs"), [0; 0]);
}

#[test]
fn every_room_that_a_rule_names_is_there() {
    let rooms = [
        "shared/src/billing/",
        "api/src/adapter/",
        "api/src/config/",
        "api/src/flow/",
        "api/src/http/",
        "api/src/port/",
        "api/src/store/",
        "api/src/worker/",
        "migrations/src/",
        "sandbox/src/",
        "web/src/",
    ];
    let is_there = |room: &str| {
        let alone = format!("{}.rs", room.trim_end_matches('/'));
        Tree::ours().files.iter().any(|it| it.is_in(&[room, &alone]))
    };
    let gone: Vec<_> = rooms.iter().filter(|room| !is_there(room)).collect();
    assert!(gone.is_empty(), "a rule about an empty room holds nothing; where did these go? {gone:?}");
}
