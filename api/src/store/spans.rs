//! Which of several spans does an instant lie in? As SQL, so that sums are made where the rows are. Knows no table.

use shared::time::{DAY, Span};

/// The place, from 0, of the span in which the instant of a column lies. The spans follow one another without gap, and the
/// rows that are asked about lie in one of them. Days of 24 h in a row are one branch, however many they are.
pub(super) fn place_of(column: &str, spans: &[Span]) -> String {
    let mut branches: Vec<Branch> = vec![];
    for (first, span) in spans.iter().enumerate() {
        let is_day = span.seconds() == DAY;
        match branches.last_mut() {
            Some(last) if last.of_days && is_day => last.span = Span::new(last.span.from(), span.to()),
            _ => branches.push(Branch { first, span: *span, of_days: is_day }),
        }
    }
    let branches: String = branches.iter().map(|branch| branch.sql(column)).collect();
    // Without a branch there is no case, and without a span no row.
    if branches.is_empty() { "CAST(0 AS BIGINT)".to_owned() } else { format!("CAST(CASE{branches} END AS BIGINT)") }
}

/// Spans that are told apart in one way.
struct Branch {
    first: usize,
    span: Span,
    of_days: bool,
}

impl Branch {
    fn sql(&self, column: &str) -> String {
        let Self { first, span, of_days } = self;
        let (from, to) = (span.from().unix(), span.to().unix());
        let nth = if *of_days { format!("{first} + ({column} - {from}) / {DAY}") } else { first.to_string() };
        format!(" WHEN {column} < {to} THEN {nth}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::time::Timestamp;

    // Harm prevented: usage stands on the wrong day of a chart, or a report of many days asks a question that is too long.
    #[test]
    fn days_in_a_row_are_one_branch_and_others_have_their_own() {
        let at = Timestamp::from_unix;
        let day = |from: i64| Span::new(at(from), at(from + DAY));
        let short = Span::new(at(3 * DAY), at(4 * DAY - 3_600));
        let spans = [day(DAY), day(2 * DAY), short, day(4 * DAY - 3_600)];
        let sql = place_of("hour_at", &spans);
        assert_eq!(
            sql,
            "CAST(CASE WHEN hour_at < 259200 THEN 0 + (hour_at - 86400) / 86400 WHEN hour_at < 342000 THEN 2 \
             WHEN hour_at < 428400 THEN 3 + (hour_at - 342000) / 86400 END AS BIGINT)"
        );
        assert_eq!(place_of("hour_at", &[]), "CAST(0 AS BIGINT)");
    }
}
