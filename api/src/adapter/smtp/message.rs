//! A letter as it travels: RFC 5322 headers, and the text twice, plain and as HTML.

use crate::port::post::Mail;
use lettre::Address;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};
use std::time::{Duration, SystemTime};

/// The bytes of a letter, with the same name and date at every try. Fails on what no letter can hold.
pub(super) fn message(from: &Mailbox, to: Address, mail: &Mail) -> Result<Vec<u8>, String> {
    let at = u64::try_from(mail.at.unix()).unwrap_or_default();
    let built = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(mail.subject.clone())
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(at))
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()));
    let mut message = built.map_err(|error| error.to_string())?;
    // Nobody's absence notice comes back, and programs that read aloud know the language.
    for (name, value) in [("Auto-Submitted", "auto-generated"), ("Content-Language", mail.language)] {
        let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|error| error.to_string())?;
        message.headers_mut().insert_raw(HeaderValue::new(name, value.to_owned()));
    }
    Ok(message.formatted())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::LetterId;
    use shared::time::Timestamp;
    use uuid::Uuid;

    fn written(subject: &str) -> String {
        let mail = Mail {
            id: LetterId::new(Uuid::from_u128(7)),
            at: Timestamp::from_unix(1_767_592_800),
            to: "rahim@example.com".to_owned(),
            subject: subject.to_owned(),
            text: "আপনার তথ্য নিরাপদ।\n".to_owned(),
            html: "<p>Safe</p>".to_owned(),
            language: "bn",
        };
        let from: Mailbox = "Hourglass <post@example.org>".parse().unwrap();
        String::from_utf8(message(&from, mail.to.parse().unwrap(), &mail).unwrap()).unwrap()
    }

    // Harm prevented: a letter that is sent twice stands twice in the reader's mailbox, as two.
    #[test]
    fn a_letter_has_the_same_name_and_date_at_every_try() {
        let letter = written("Shop: days left: 7");
        assert!(letter.contains("Message-ID: <let_00000000000000000000000000000007@example.org>\r\n"), "{letter}");
        assert!(letter.contains("Date: Mon, 05 Jan 2026 06:00:00 +0000\r\n"), "{letter}");
        assert!(letter.contains("Auto-Submitted: auto-generated\r\n") && letter.contains("Content-Language: bn\r\n"));
        assert!(letter.is_ascii() && letter.contains("multipart/alternative"), "{letter}");
    }

    // Harm prevented: a panel's name adds readers of its own.
    #[test]
    fn a_subject_writes_no_headers() {
        let letter = written("Shop\r\nBcc: all@example.com");
        let head = letter.split("\r\n\r\n").next().unwrap_or_default();
        assert!(!head.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc:")), "{head}");
    }
}
