//! JSON, read and written without derived code.
//!
//! What serde derives for the answers that a customer's browser reads weighs four times as much as this reader with
//! [`crate::wire`]. Numbers are whole: nothing near money or time comes as a fraction.

use std::cell::Cell;

/// Deeper nesting than any answer has.
const DEEPEST: u8 = 32;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`; also a number that is not whole, which no field here takes.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number of 64 bits.
    Whole(i64),
    /// A text.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, its members in their order.
    Map(Vec<(String, Json)>),
}

static NULL: Json = Json::Null;

impl Json {
    /// The value of a JSON text; `None` if it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { bytes: text.as_bytes(), at: 0 };
        let value = parser.value(0)?;
        parser.skip_space();
        (parser.at == parser.bytes.len()).then_some(value)
    }
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Whether `byte` came next; then it is taken.
    fn took(&mut self, byte: u8) -> bool {
        self.skip_space();
        let there = self.peek() == byte;
        if there {
            self.at += 1;
        }
        there
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        let found = self.bytes.get(self.at..)?.starts_with(word.as_bytes());
        self.at += word.len();
        found.then_some(value)
    }

    fn value(&mut self, depth: u8) -> Option<Json> {
        if depth > DEEPEST {
            return None;
        }
        self.skip_space();
        match self.peek() {
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Flag(true)),
            b'f' => self.word("false", Json::Flag(false)),
            b'"' => self.text().map(Json::Text),
            b'[' => self.list(depth),
            b'{' => self.map(depth),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: u8) -> Option<Json> {
        let mut items = Vec::new();
        self.at += 1;
        if self.took(b']') {
            return Some(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if !self.took(b',') {
                return self.took(b']').then_some(Json::List(items));
            }
        }
    }

    fn map(&mut self, depth: u8) -> Option<Json> {
        let mut members = Vec::new();
        self.at += 1;
        if self.took(b'}') {
            return Some(Json::Map(members));
        }
        loop {
            self.skip_space();
            let name = self.text()?;
            if !self.took(b':') {
                return None;
            }
            members.push((name, self.value(depth + 1)?));
            if !self.took(b',') {
                return self.took(b'}').then_some(Json::Map(members));
            }
        }
    }

    fn number(&mut self) -> Option<Json> {
        let from = self.at;
        while matches!(self.peek(), b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') {
            self.at += 1;
        }
        let row = std::str::from_utf8(self.bytes.get(from..self.at)?).ok()?;
        if row.is_empty() {
            return None;
        }
        Some(row.parse().map_or(Json::Null, Json::Whole))
    }

    fn text(&mut self) -> Option<String> {
        if self.peek() != b'"' {
            return None;
        }
        self.at += 1;
        let mut out = Vec::new();
        loop {
            let byte = self.bytes.get(self.at).copied()?;
            self.at += 1;
            match byte {
                b'"' => return String::from_utf8(out).ok(),
                b'\\' => self.escape(&mut out)?,
                other => out.push(other),
            }
        }
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Option<()> {
        let byte = self.bytes.get(self.at).copied()?;
        self.at += 1;
        out.push(match byte {
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'b' => 8,
            b'f' => 12,
            b'u' => {
                let c = self.code_point()?;
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                return Some(());
            }
            b'"' | b'\\' | b'/' => byte,
            _ => return None,
        });
        Some(())
    }

    /// After `\u`: one unit of UTF-16, or a pair of them.
    fn code_point(&mut self) -> Option<char> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        if self.bytes.get(self.at..self.at + 2) != Some(br"\u") {
            return None;
        }
        self.at += 2;
        let second = self.unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + second)
    }

    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.peek()).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }
}

/// What can be read from an answer.
pub trait Wire {
    /// The value, or anything at all after a fault was noted.
    fn read(from: &Reader<'_>) -> Self;
}

/// A place in an answer. A fault is noted once for the whole answer, so that reading a field needs no branch.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    value: &'a Json,
    faulty: &'a Cell<bool>,
}

impl Reader<'_> {
    /// A member of an object. One that is missing reads as `null`.
    #[must_use]
    pub fn field<T: Wire>(&self, name: &str) -> T {
        T::read(&self.member(name))
    }

    fn member(&self, name: &str) -> Self {
        let Json::Map(members) = self.value else { return Self { value: self.noted(&NULL), ..*self } };
        let value = members.iter().find(|(known, _)| known == name).map_or(&NULL, |(_, value)| value);
        Self { value, ..*self }
    }

    /// The same, once it is noted that the answer has not the expected shape.
    pub fn noted<T>(&self, instead: T) -> T {
        self.faulty.set(true);
        instead
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        match self.value {
            Json::Text(text) => text,
            _ => self.noted(""),
        }
    }

    /// The one of `all` that has this name.
    #[must_use]
    pub fn one_of<T: Copy>(&self, otherwise: T, all: &[(&str, T)]) -> T {
        let text = self.text();
        match all.iter().find(|(name, _)| *name == text) {
            Some((_, value)) => *value,
            None => self.noted(otherwise),
        }
    }
}

/// A value from its JSON text; `None` if that has another shape.
#[must_use]
pub fn read<T: Wire>(text: &str) -> Option<T> {
    let value = Json::parse(text)?;
    let faulty = Cell::new(false);
    let found = T::read(&Reader { value: &value, faulty: &faulty });
    (!faulty.get()).then_some(found)
}

impl Wire for i64 {
    fn read(from: &Reader<'_>) -> Self {
        match from.value {
            Json::Whole(whole) => *whole,
            _ => from.noted(0),
        }
    }
}

macro_rules! smaller {
    ($($whole:ty)+) => {$(
        impl Wire for $whole {
            fn read(from: &Reader<'_>) -> Self {
                Self::try_from(i64::read(from)).unwrap_or_else(|_| from.noted(0))
            }
        }
    )+};
}
smaller!(u8 u16 u32 u64 i32);

impl Wire for bool {
    fn read(from: &Reader<'_>) -> Self {
        match from.value {
            Json::Flag(flag) => *flag,
            _ => from.noted(false),
        }
    }
}

impl Wire for String {
    fn read(from: &Reader<'_>) -> Self {
        from.text().to_owned()
    }
}

impl<T: Wire> Wire for Option<T> {
    fn read(from: &Reader<'_>) -> Self {
        if *from.value == Json::Null { None } else { Some(T::read(from)) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn read(from: &Reader<'_>) -> Self {
        let Json::List(items) = from.value else { return from.noted(Self::new()) };
        items.iter().map(|value| T::read(&Reader { value, ..*from })).collect()
    }
}

/// A JSON object of texts.
#[must_use]
pub fn object(members: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, text) in members {
        out.push(if out.is_empty() { '{' } else { ',' });
        quote(&mut out, name);
        out.push(':');
        quote(&mut out, text);
    }
    out.push('}');
    out
}

fn quote(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\0'..='\u{1f}' => {
                let low = c as usize;
                out.push_str("\\u00");
                out.extend([HEX[low >> 4], HEX[low & 15]].map(char::from));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: an answer that every other program can read is shown as a failure, or read as something else.
    #[test]
    fn what_json_allows_is_read() {
        let text = "\r\n { \"a\" : [ 1 , -20 , [] , {} ] , \"b\" : \"\\\"\\\\\\/\\n\\u09f3\\ud83d\\ude00৳\" , \"c\" : null,\"d\":true }\n";
        let map = |members: Vec<(&str, Json)>| {
            Json::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
        };
        let list = Json::List(vec![Json::Whole(1), Json::Whole(-20), Json::List(vec![]), map(vec![])]);
        let words = Json::Text("\"\\/\n৳😀৳".to_owned());
        let read = map(vec![("a", list), ("b", words), ("c", Json::Null), ("d", Json::Flag(true))]);
        assert_eq!(Json::parse(text), Some(read));
        assert_eq!(Json::parse("1.5"), Some(Json::Null), "no field here takes a fraction");
    }

    // Harm prevented: half an answer is taken for a whole one.
    #[test]
    fn what_is_no_json_is_refused() {
        let deep = "[".repeat(1_000);
        for text in
            ["", "{", "[1,]", "{\"a\"}", "{\"a\":}", "\"", "\"\\x\"", "\"\\ud83d\"", "nul", "1 2", "{a:1}", &deep]
        {
            assert_eq!(Json::parse(text), None, "{text}");
        }
    }

    // Harm prevented: a figure that is missing from an answer is shown as 0.
    #[test]
    fn a_missing_or_misshapen_field_spoils_the_answer() {
        struct Pair(u8, Option<String>);
        impl Wire for Pair {
            fn read(from: &Reader<'_>) -> Self {
                Self(from.field("n"), from.field("s"))
            }
        }
        let pair = |text| read::<Pair>(text).map(|pair| (pair.0, pair.1));
        assert_eq!(pair(r#"{"n":7,"s":"x","more":[1.5]}"#), Some((7, Some("x".to_owned()))));
        assert_eq!(pair(r#"{"n":7}"#), Some((7, None)));
        for text in ["{}", r#"{"n":null}"#, r#"{"n":256}"#, r#"{"n":"7"}"#, r#"{"n":7,"s":1}"#, "[]", "7"] {
            assert_eq!(pair(text), None, "{text}");
        }
    }

    // Harm prevented: a password with a quotation mark cannot sign in, or writes fields of its own.
    #[test]
    fn what_people_type_is_quoted() {
        let written = object(&[("a", "x\"\\\n\u{1}৳"), ("b", "")]);
        assert_eq!(written, "{\"a\":\"x\\\"\\\\\\u000a\\u0001৳\",\"b\":\"\"}");
        assert!(Json::parse(&written).is_some());
    }
}
