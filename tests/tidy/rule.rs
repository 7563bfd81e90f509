//! One rule: why, what breaks it, and made-up files that show where it bites and where it does not. Knows no rule.

use crate::tree::{File, Tree};

/// One place where a rule is broken.
pub(crate) struct Finding {
    place: String,
    text: String,
}

impl Finding {
    /// On one line, counted from 1.
    pub(crate) fn at(file: &File, line: usize) -> Self {
        let text = file.raw.lines().nth(line - 1).unwrap_or_default().trim().to_owned();
        Self { place: format!("{}:{line}", file.path), text }
    }

    /// With words of its own instead of the line's.
    pub(crate) fn saying(file: &File, line: usize, text: String) -> Self {
        Self { place: format!("{}:{line}", file.path), text }
    }
}

/// The lines of `text`, one of the forms of `file`, that a rule calls broken.
pub(crate) fn lines_of(file: &File, text: &str, broken: impl Fn(usize, &str) -> bool) -> Vec<Finding> {
    let lines = (1..).zip(text.lines());
    lines.filter(|&(line, text)| broken(line, text)).map(|(line, _)| Finding::at(file, line)).collect()
}

type Find = dyn Fn(&Tree) -> Vec<Finding>;

/// A rule on its way to being held.
pub(crate) struct Rule {
    why: &'static str,
    find: Box<Find>,
}

impl Rule {
    /// `why` is what somebody reads who has just broken it.
    pub(crate) fn new(why: &'static str, find: impl Fn(&Tree) -> Vec<Finding> + 'static) -> Self {
        Self { why, find: Box::new(find) }
    }

    /// A rule of one file at a time.
    pub(crate) fn of_each(why: &'static str, find: impl Fn(&File) -> Vec<Finding> + 'static) -> Self {
        Self::new(why, move |tree| tree.files.iter().flat_map(&find).collect())
    }

    /// Shows that it can fail.
    pub(crate) fn catches(self, path: &str, text: &str) -> Self {
        assert!(!self.broken_by(path, text).is_empty(), "the rule misses this, in {path}:\n{text}");
        self
    }

    /// Shows that it lets pass what it should.
    pub(crate) fn allows(self, path: &str, text: &str) -> Self {
        assert!(self.broken_by(path, text).is_empty(), "the rule should let this pass, in {path}:\n{text}");
        self
    }

    /// Holds it against the tree.
    pub(crate) fn holds(self) {
        let found = (self.find)(Tree::ours());
        let list: Vec<_> = found.iter().map(|it| format!("  {}: {}", it.place, it.text)).collect();
        assert!(found.is_empty(), "\n{}\n\n{}\n", self.why, list.join("\n"));
    }

    fn broken_by(&self, path: &str, text: &str) -> Vec<Finding> {
        (self.find)(&Tree::of(&[(path, text)]))
    }
}
