//! Texts as QR codes, drawn as SVG. Knows nothing of what they say.

use qrcode::QrCode;
use qrcode::render::svg;

/// A reader in a phone needs at least so many pixels a side.
const SIDE: u32 = 200;

/// The text as a QR code: the whole of an SVG document. `None` for a text that is too long for one.
#[must_use]
pub fn drawn(text: &str) -> Option<String> {
    let code = QrCode::new(text.as_bytes()).ok()?;
    Some(code.render::<svg::Color<'_>>().min_dimensions(SIDE, SIDE).build())
}

#[cfg(test)]
mod tests {
    // Harm prevented: a page shows an empty square where a phone should read its secret, or a text breaks out of the picture.
    #[test]
    fn a_text_is_drawn_as_a_document_of_its_own() {
        let picture = super::drawn("otpauth://totp/<script>").unwrap();
        assert!(picture.contains("<svg") && picture.trim_end().ends_with("</svg>"), "{picture}");
        assert!(!picture.contains("script"), "{picture}");
        assert_ne!(super::drawn("otpauth://totp/another").unwrap(), picture);
        assert_eq!(super::drawn(&"x".repeat(5_000)), None);
    }
}
