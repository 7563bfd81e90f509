//! What a mail server's no is about: the reader or the letter, or us who send it.
//!
//! The text of an answer may begin with an enhanced code (RFC 3463), which says it. Without one only the plainest words of RFC 5321 do.

use lettre::transport::smtp::Error;

/// What was asked when the server said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Whether it takes letters for this reader.
    Address,
    /// Whether it takes this letter.
    Letter,
}

/// Whether this letter will not be taken, however often it is tried. Every other no is ours to mend.
pub(super) fn is_for_good(asked: Asked, error: &Error) -> bool {
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    error.is_permanent() && error.status().is_some_and(|code| judged(asked, code.into(), &said))
}

fn judged(asked: Asked, code: u16, said: &str) -> bool {
    match enhanced(said) {
        // No such mailbox, no such domain, no such address, moved away, and a domain that wants no mail.
        Some((5, 1, detail)) => matches!(detail, 1 | 2 | 3 | 6 | 10),
        // The mailbox itself; and a letter that is too large.
        Some((5, 2, _) | (5, 3, 4)) => true,
        Some(_) => false,
        None => asked == Asked::Address && matches!(code, 550..=553),
    }
}

/// The enhanced code with which an answer's text begins: `5.1.1`.
fn enhanced(said: &str) -> Option<(u16, u16, u16)> {
    let word = said.split_whitespace().next()?.trim_matches(|c: char| !c.is_ascii_digit());
    let mut parts = word.split('.').map(|part| part.parse::<u16>().ok());
    let code = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a server that relays nothing for us, or knows us not, costs every letter of that day; or letters to nobody are
    // tried for three days.
    #[test]
    fn only_what_is_said_of_the_reader_or_the_letter_is_for_good() {
        for (code, said) in [
            (550, "5.1.1 nobody lives there"),
            (550, "5.1.2 no such domain"),
            (501, "5.1.3 that is no address"),
            (551, "5.1.6 has moved"),
            (556, "5.1.10 wants no mail"),
            (552, "5.2.2 full"),
            (550, "5.2.1: closed"),
            (552, "5.3.4 too large"),
            (550, "#5.1.1 nobody lives there"),
        ] {
            assert!(judged(Asked::Address, code, said) && judged(Asked::Letter, code, said), "{code} {said}");
        }
        for (code, said) in [
            (554, "5.7.1 Relay access denied"),
            (550, "5.7.1 you are on a list"),
            (550, "5.7.26 no signature"),
            (550, "5.1.8 who are you?"),
            (553, "5.1.7 who are you?"),
            (530, "5.7.0 sign in first"),
            (550, "5.3.0 broken"),
            (550, "5.4.1 no way there"),
            (554, "5.5.1 MAIL first"),
            (550, "4.2.0 later"),
            (554, "203.0.113.9 is on a list"),
            (554, "no"),
            (503, ""),
        ] {
            assert!(!judged(Asked::Address, code, said) && !judged(Asked::Letter, code, said), "{code} {said}");
        }
        for code in [550, 551, 552, 553] {
            assert!(judged(Asked::Address, code, "nobody lives there") && judged(Asked::Address, code, ""), "{code}");
            assert!(!judged(Asked::Letter, code, "it looks like spam"), "{code}");
        }
    }
}
