//! As much of MIME (RFC 2045 to 2047) as letters use that programs write: multipart, base64, quoted-printable, encoded words, UTF-8.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Parts stand within parts; a letter that goes deeper is a trick.
const DEPTH_MAX: usize = 8;

/// A letter, or a part of one.
pub(super) struct Part<'a> {
    pub(super) headers: Vec<(String, String)>,
    body: &'a [u8],
}

impl<'a> Part<'a> {
    pub(super) fn read(raw: &'a [u8]) -> Self {
        let (head, body) = halves(raw);
        Self { headers: headers(&String::from_utf8_lossy(head)), body }
    }

    /// The first text of this type in it; empty if there is none.
    pub(super) fn text_of(&self, wanted: &str) -> String {
        self.find(wanted, DEPTH_MAX).unwrap_or_default()
    }

    fn find(&self, wanted: &str, depth: usize) -> Option<String> {
        let content = header(&self.headers, "Content-Type").unwrap_or("text/plain");
        let kind = content.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if kind.starts_with("multipart/") {
            let boundary = parameter(content, "boundary")?;
            let parts = self.parts(&boundary);
            return parts.iter().filter(|_| depth > 0).find_map(|part| part.find(wanted, depth - 1));
        }
        (kind == wanted).then(|| String::from_utf8_lossy(&self.decoded()).replace("\r\n", "\n"))
    }

    fn parts(&self, boundary: &str) -> Vec<Part<'a>> {
        let mark = format!("--{boundary}");
        let mut parts = Vec::new();
        let mut begin = None;
        let mut at = 0;
        for line in self.body.split_inclusive(|byte| *byte == b'\n') {
            let bare = line.trim_ascii_end();
            if let Some(rest) = bare.strip_prefix(mark.as_bytes()) {
                if let Some(part) = begin.and_then(|begin: usize| self.body.get(begin..at)) {
                    parts.push(Part::read(part));
                }
                begin = (rest != b"--").then_some(at + line.len());
            }
            at += line.len();
        }
        parts
    }

    fn decoded(&self) -> Vec<u8> {
        let encoding = header(&self.headers, "Content-Transfer-Encoding").unwrap_or_default().to_ascii_lowercase();
        match encoding.as_str() {
            "base64" => {
                let packed: Vec<u8> = self.body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
                STANDARD.decode(packed).unwrap_or_default()
            }
            "quoted-printable" => unquoted(self.body, false),
            _ => self.body.to_vec(),
        }
    }
}

/// What the first header of this name says.
pub(super) fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// What stands before the first empty line, and after it.
fn halves(raw: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        let after = at + line.len();
        if line.trim_ascii_end().is_empty() {
            return (raw.get(..at).unwrap_or_default(), raw.get(after..).unwrap_or_default());
        }
        at = after;
    }
    (raw, &[])
}

/// The headers of a head, folded lines joined, encoded words read.
fn headers(head: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in head.lines() {
        match (line.starts_with([' ', '\t']), line.split_once(':')) {
            (true, _) => {
                if let Some((_, value)) = all.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            (false, Some((name, value))) => all.push((name.trim().to_owned(), value.trim().to_owned())),
            (false, None) => {}
        }
    }
    all.into_iter().map(|(name, value)| (name, words(&value))).collect()
}

/// A header's value with its encoded words read: `=?utf-8?B?…?=`. White space between two of them is none.
fn words(value: &str) -> String {
    let mut read = String::new();
    let mut rest = value;
    let mut after_word = false;
    while let Some(begin) = rest.find("=?") {
        let (before, from) = rest.split_at(begin);
        let Some((word, tail)) = encoded_word(from) else {
            read.push_str(before);
            read.push_str("=?");
            rest = from.get(2..).unwrap_or_default();
            after_word = false;
            continue;
        };
        if !(after_word && before.trim().is_empty()) {
            read.push_str(before);
        }
        read.push_str(&word);
        rest = tail;
        after_word = true;
    }
    read.push_str(rest);
    read
}

fn encoded_word(from: &str) -> Option<(String, &str)> {
    let mut parts = from.strip_prefix("=?")?.splitn(4, '?');
    let (charset, how, packed, tail) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let tail = tail.strip_prefix('=')?;
    let bytes = match how {
        "B" | "b" => STANDARD.decode(packed).ok()?,
        "Q" | "q" => unquoted(packed.as_bytes(), true),
        _ => return None,
    };
    let known = charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("us-ascii");
    known.then(|| (String::from_utf8_lossy(&bytes).into_owned(), tail))
}

/// Quoted-printable; in a header `_` is a space.
fn unquoted(text: &[u8], in_header: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        match first {
            b'=' if tail.starts_with(b"\r\n") => rest = tail.get(2..).unwrap_or_default(),
            b'=' if tail.starts_with(b"\n") => rest = tail.get(1..).unwrap_or_default(),
            b'=' => {
                let pair = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
                match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
                    Some(byte) => {
                        bytes.push(byte);
                        rest = tail.get(2..).unwrap_or_default();
                    }
                    None => bytes.push(b'='),
                }
            }
            b'_' if in_header => bytes.push(b' '),
            other => bytes.push(*other),
        }
    }
    bytes
}

/// A parameter of a header: `boundary="…"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (known, text) = part.split_once('=')?;
        known.trim().eq_ignore_ascii_case(name).then(|| text.trim().trim_matches('"').to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a rehearsal shows another letter than its reader would see.
    #[test]
    fn letters_are_read_as_mail_programs_read_them() {
        let raw = b"Subject: =?utf-8?B?4Kat4Ka+?=\r\n =?utf-8?Q?_x=21?=\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/alternative;\r\n boundary=\"b\"\r\n\r\n\
            --b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            one =3D=\r\n 1\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+\r\nMTwvYj4=\r\n--b--\r\n";
        let part = Part::read(raw);
        assert_eq!(header(&part.headers, "subject"), Some("\u{9ad}\u{9be} x!"));
        assert_eq!(part.text_of("text/plain"), "one = 1\n");
        assert_eq!(part.text_of("text/html"), "<b>1</b>");
        assert_eq!(Part::read(b"Subject: a\n\nplain").text_of("text/plain"), "plain");
        assert_eq!(Part::read(b"Subject: =?x?Z?a?= =?b\n\n").headers[0].1, "=?x?Z?a?= =?b");
    }
}
