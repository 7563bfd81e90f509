//! What names, addresses and passwords must be like. Each rule names the field that breaks it.

use shared::api::problem::FieldError;

const NAME_MAX: usize = 80;
const EMAIL_MAX: usize = 254;
const PASSWORD_MIN: usize = 10;
const PASSWORD_MAX: usize = 128;

fn error(pointer: &str, code: &str, detail: String) -> FieldError {
    FieldError { pointer: pointer.to_owned(), code: code.to_owned(), detail }
}

/// The name without spaces around it, 1 to 80 characters, none of them a control character.
pub(in crate::flow) fn name(text: &str) -> Result<String, FieldError> {
    let name = text.trim();
    let length = name.chars().count();
    if length == 0 || length > NAME_MAX || name.chars().any(char::is_control) {
        return Err(error("/name", "length", format!("must be 1 to {NAME_MAX} characters")));
    }
    Ok(name.to_owned())
}

/// The address in small letters. Whether it exists is for a mail to find out; here it must only look like one.
pub(in crate::flow) fn email(text: &str) -> Result<String, FieldError> {
    let email = text.trim().to_lowercase();
    let plausible = email.split_once('@').is_some_and(|(local, domain)| {
        let labels = || domain.split('.');
        !local.is_empty() && labels().count() > 1 && labels().all(|label| !label.is_empty()) && !domain.contains('@')
    });
    let odd = |c: char| c.is_whitespace() || c.is_control();
    if !plausible || email.len() > EMAIL_MAX || email.chars().any(odd) {
        return Err(error("/email", "format", "must be an e-mail address".to_owned()));
    }
    Ok(email)
}

/// The password as it is, 10 to 128 characters.
pub(in crate::flow) fn password(text: &str) -> Result<&str, FieldError> {
    let length = text.chars().count();
    if !(PASSWORD_MIN..=PASSWORD_MAX).contains(&length) {
        let rule = format!("must be {PASSWORD_MIN} to {PASSWORD_MAX} characters");
        return Err(error("/password", "length", rule));
    }
    Ok(text)
}

/// All errors at once, so that a form is corrected in one go.
pub(in crate::flow) fn all<const N: usize>(checks: [Option<FieldError>; N]) -> Result<(), Vec<FieldError>> {
    let errors: Vec<FieldError> = checks.into_iter().flatten().collect();
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_folded_and_implausible_ones_refused() {
        assert_eq!(email(" Rahim@Example.COM "), Ok("rahim@example.com".to_owned()));
        for wrong in ["", "a", "a@", "@b.c", "a@b", "a@b..c", "a b@c.d", "a@b@c.d", "a@b.c\n.d"] {
            assert!(email(wrong).is_err(), "{wrong:?} was taken for an address");
        }
    }
}
