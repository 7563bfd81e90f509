//! Tables as files for spreadsheets. Knows nothing of what stands in them.

use super::ApiError;
use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use serde::Serialize;
use shared::api::problem::ErrorCode;

/// Spreadsheets take a table without it for one of their country's old letters, and show Bangla as rubbish.
const UTF8_MARK: &str = "\u{feff}";

/// A table of that file name, to be kept and not shown.
pub(super) fn attached(name: &str, table: &[u8]) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .body([UTF8_MARK.as_bytes(), table].concat())
}

/// Lines under their head: each value of a row stands in a column, an absent one is empty.
pub(super) fn written(head: &[&str], rows: impl Iterator<Item = impl Serialize>) -> Result<Vec<u8>, ApiError> {
    let unwritable = |_| ApiError::new(ErrorCode::Internal, "The table could not be written.");
    let mut table = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    table.write_record(head).map_err(unwritable)?;
    for row in rows {
        table.serialize(row).map_err(unwritable)?;
    }
    table.into_inner().map_err(|error| unwritable(error.into_error().into()))
}

/// What people wrote is text, whatever a spreadsheet would make of its first character.
pub(super) fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Seconds as hours with two decimals; half a hundredth is rounded up.
pub(super) fn hours(seconds: i64) -> String {
    // A hundredth of an hour is 36 s.
    let hundredths = (seconds + 18).div_euclid(36);
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a customer names a panel `=HYPERLINK(…)`, and the operator's spreadsheet runs it.
    #[test]
    fn a_name_is_no_formula() {
        for name in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert!(plain(name).starts_with('\''), "{name}");
        }
        assert_eq!(plain("Panel = one"), "Panel = one");
    }

    // Harm prevented: a table shows an hour that nobody used, or loses one.
    #[test]
    fn hours_are_rounded_once_and_to_the_nearest() {
        let written = [0, 17, 18, 36, 3_581, 3_582, 3_600, 36_000, 2_592_000].map(hours);
        assert_eq!(written, ["0.00", "0.00", "0.01", "0.01", "0.99", "1.00", "1.00", "10.00", "720.00"]);
        assert_eq!(
            (hours(-18), hours(-19), hours(-3_600)),
            ("0.00".to_owned(), "-0.01".to_owned(), "-1.00".to_owned())
        );
    }
}
