//! Rust as text: what is comment, what is string, where a block ends. Knows no rule and no file.

/// The text twice, lines and columns kept: without comments, and without the insides of strings as well.
pub(crate) fn stripped(text: &str) -> (String, String) {
    let chars: Vec<char> = text.chars().collect();
    let (mut bare, mut code) = (String::with_capacity(text.len()), String::with_capacity(text.len()));
    let mut at = 0;
    while at < chars.len() {
        let (end, in_bare, in_code) = match piece(&chars, at) {
            Piece::Comment(end) => (end, false, false),
            Piece::Literal(end) => (end, true, false),
            Piece::Code => (at + 1, true, true),
        };
        for &c in &chars[at..end] {
            bare.push(if in_bare || c == '\n' { c } else { ' ' });
            code.push(if in_code || c == '\n' { c } else { ' ' });
        }
        at = end;
    }
    (bare, code)
}

enum Piece {
    Comment(usize),
    Literal(usize),
    Code,
}

fn piece(chars: &[char], at: usize) -> Piece {
    let next = |n: usize| chars.get(at + n).copied().unwrap_or('\0');
    match chars[at] {
        '/' if next(1) == '/' => Piece::Comment(position(chars, at, |c| c == '\n')),
        '/' if next(1) == '*' => Piece::Comment(end_of_block_comment(chars, at)),
        '"' => Piece::Literal(end_of_string(chars, at)),
        'r' if starts_word(chars, at) || chars[at - 1] == 'b' => {
            let hashes = chars[at + 1..].iter().take_while(|&&c| c == '#').count();
            if next(1 + hashes) == '"' { Piece::Literal(end_of_raw(chars, at, hashes)) } else { Piece::Code }
        }
        '\'' if next(1) == '\\' => Piece::Literal(position(chars, at + 3, |c| c == '\'') + 1),
        '\'' if next(2) == '\'' => Piece::Literal(at + 3), // else a lifetime
        _ => Piece::Code,
    }
}

fn position(chars: &[char], from: usize, wanted: impl Fn(char) -> bool) -> usize {
    (from..chars.len()).find(|&at| wanted(chars[at])).unwrap_or(chars.len())
}

fn starts_word(chars: &[char], at: usize) -> bool {
    at == 0 || !is_name(chars[at - 1])
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn end_of_block_comment(chars: &[char], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

fn end_of_raw(chars: &[char], from: usize, hashes: usize) -> usize {
    let closes = |at: usize| chars[at] == '"' && chars[at + 1..].iter().take_while(|&&c| c == '#').count() >= hashes;
    let opening = from + 1 + hashes;
    (opening + 1..chars.len()).find(|&at| closes(at)).map_or(chars.len(), |at| at + 1 + hashes)
}

/// Whether `word` occurs, not as a part of a longer name. It may hold signs: `Utc::now`, `_ =>`.
pub(crate) fn has_word(line: &str, word: &str) -> bool {
    let bounded = |at: usize| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let longer_before = word.starts_with(is_name) && before.is_some_and(is_name);
        let longer_after = word.ends_with(is_name) && after.is_some_and(is_name);
        !longer_before && !longer_after
    };
    line.match_indices(word).any(|(at, _)| bounded(at))
}

/// Whether any of them does.
pub(crate) fn has_any(line: &str, words: &[&str]) -> bool {
    words.iter().any(|word| has_word(line, word))
}

/// The line, from 1, on which a byte lies.
pub(crate) fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// The byte after the item that begins at `from`: after its `;`, or after the brace that closes its block.
pub(crate) fn end_of_item(code: &str, from: usize) -> usize {
    let (mut nested, mut braces) = (0, 0);
    for (at, c) in code[from..].char_indices() {
        match c {
            '(' | '[' => nested += 1,
            ')' | ']' => nested -= 1,
            '{' => braces += 1,
            '}' => braces -= 1,
            _ => {}
        }
        let over = (c == '}' && braces == 0) || (c == ';' && braces == 0 && nested == 0);
        if over {
            return from + at + 1;
        }
    }
    code.len()
}

/// What stands outside all braces; the rest is blank.
pub(crate) fn outermost(code: &str) -> String {
    let mut depth = 0;
    let blank = |c: char, depth: i32| if depth > 0 && c != '\n' { ' ' } else { c };
    code.chars()
        .map(|c| {
            depth += i32::from(c == '{');
            let shown = blank(c, depth);
            depth -= i32::from(c == '}');
            shown
        })
        .collect()
}

/// A function with a body: its name, its first and its last line.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// Every function that has a name and a body, nested ones too. What macros make is not seen.
pub(crate) fn functions(code: &str) -> Vec<Function> {
    let named = |at: &usize| code[at + 3..].starts_with(|c: char| c.is_alphabetic() || c == '_');
    let starts = code.match_indices("fn ").map(|(at, _)| at).filter(|&at| !code[..at].ends_with(is_name)).filter(named);
    starts
        .filter_map(|at| {
            let end = end_of_item(code, at);
            let name = code[at + 3..].chars().take_while(|&c| is_name(c)).collect();
            code[..end].ends_with('}').then(|| Function {
                name,
                first: line_of(code, at),
                last: line_of(code, end - 1),
            })
        })
        .collect()
}

#[test]
fn comments_and_strings_are_told_from_code() {
    let text = "a(\"x // y\", 'z', '\\'', b\"\\\"q\"); // c \"d\"\nr#\"raw \" \"#; fn f<'l>() { /* g /* h */ i */ }\n";
    let (bare, code) = stripped(text);
    assert_eq!(bare.lines().next(), Some("a(\"x // y\", 'z', '\\'', b\"\\\"q\");         "));
    assert_eq!(code.lines().next(), Some("a(        ,    ,     , b     );         "));
    assert_eq!(code.lines().nth(1), Some("           ; fn f<'l>() {                   }"));
    assert_eq!(code.lines().count(), text.lines().count());
}

#[test]
fn a_word_is_not_a_part_of_a_longer_one() {
    assert!(has_word("let a: f64 = x;", "f64"));
    assert!(!has_word("let af64 = f642;", "f64"));
    assert!(has_word("_ => 1", "_ =>"));
    assert!(!has_word("Some(a_) => x_ => 1", "_ =>"));
}

#[test]
fn functions_are_measured_from_signature_to_brace() {
    let found = functions("trait T { fn a(&self); }\nfn b(x: [u8; 2])\nwhere u8: Copy,\n{\n if x { }\n}\n");
    let found: Vec<_> = found.iter().map(|it| (it.name.as_str(), it.first, it.last)).collect();
    assert_eq!(found, [("b", 2, 6)]);
}
