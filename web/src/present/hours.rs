//! Usage by the hour: a row for each day, a cell for each of its hours, the darker the more of it was counted.

use super::markup::Markup;
use super::plot::{Picture, key_item, mark, rectangle, table_end, table_head, table_row};
use crate::format::calendar::{day, hour_of_day, short_day, short_hour};
use crate::format::{duration, fixed, whole};
use crate::i18n::Lang;
use crate::wire::UsageDay;
use shared::api::spending::UsageHour;

/// Cells in a row, as a rule.
const ACROSS: usize = 24;
/// Rows at the most.
const ROWS: usize = 7;

/// How a cell is drawn: not at all, hollow, free, or counted in one of four depths.
#[must_use]
pub fn class(hour: &UsageHour) -> &'static str {
    const DEPTHS: [&str; 4] = ["heat-1", "heat-2", "heat-3", "heat-4"];
    let UsageHour { seconds, up_seconds, down_seconds, unknown_seconds, billable_seconds, .. } = *hour;
    if billable_seconds > 0 {
        // A quarter that was begun counts as one, so that a minute of use is seen.
        let quarters = (billable_seconds * 4 + seconds - 1) / seconds.max(1);
        let depth = usize::try_from(quarters - 1).unwrap_or(0).min(DEPTHS.len() - 1);
        return DEPTHS.get(depth).copied().unwrap_or_default();
    }
    match (up_seconds > 0, unknown_seconds > 0, down_seconds > 0) {
        (true, ..) => "free",
        (_, true, _) => "unknown",
        (_, _, true) => "idle",
        _ => "",
    }
}

/// A day with its hours, by the account's clocks.
struct Row<'a> {
    /// The date: `2026-11-22`.
    day: &'a str,
    /// Its hours, from midnight on.
    hours: Vec<&'a UsageHour>,
}

/// The last seven of `days`, each with those of `hours` that begin in it.
fn rows<'a>(days: &'a [UsageDay], hours: &'a [UsageHour]) -> Vec<Row<'a>> {
    let days = days.get(days.len().saturating_sub(ROWS)..).unwrap_or_default();
    let of = |day: &UsageDay| {
        let over = day.starts_at.plus(day.seconds);
        hours.iter().filter(|hour| hour.starts_at >= day.starts_at && hour.starts_at < over).collect::<Vec<_>>()
    };
    days.iter().map(|day| Row { day: &day.day, hours: of(day) }).collect()
}

/// The chart of the last seven of `days`, which name the rows; the columns go by the hours' places in them. Whatever the account's
/// clocks are, its own days begin at its own midnight.
#[must_use]
pub fn picture(lang: Lang, days: &[UsageDay], hours: &[UsageHour]) -> Picture {
    let rows = rows(days, hours);
    // A day on which clocks are put back has an hour more.
    let across = rows.iter().map(|row| row.hours.len()).fold(ACROSS, usize::max);
    let cells = || rows.iter().flat_map(move |row| (0..across).map(move |at| (row, at)));
    let counted = rows.iter().flat_map(|row| &row.hours).map(|hour| hour.billable_seconds).sum();
    let billable = |(row, at): &(&Row<'_>, usize)| row.hours.get(*at).map_or(0, |hour| hour.billable_seconds);
    let caption = match cells().max_by_key(billable).filter(|cell| billable(cell) > 0) {
        Some((row, at)) => lang.hours_caption(&duration(lang, counted), &place(lang, row, at)),
        None => lang.hours_caption_none().to_owned(),
    };
    let named = rows.first().map(|_| [0, 6, 12, 18]).into_iter().flatten();
    Picture {
        caption,
        inside: drawing(&rows, across),
        scale: rows.iter().map(|row| short_day(lang, row.day)).collect(),
        ends: named.map(|at| short_hour(lang, at)).collect(),
        key: key(lang),
        table: table(lang, &rows, across),
        across,
        values: cells().map(|(row, at)| value(lang, row, at)).collect(),
        // The last hour of which something is known: what is to come says nothing.
        rests: cells()
            .enumerate()
            .filter(|(_, (row, at))| row.hours.get(*at).is_some_and(|hour| !class(hour).is_empty()))
            .last()
            .map(|(place, _)| place),
    }
}

/// Where a cell stands, in words.
fn place(lang: Lang, row: &Row<'_>, at: usize) -> String {
    let hour = u8::try_from(at.min(ACROSS - 1)).unwrap_or_default();
    format!("{}, {}", day(lang, row.day), hour_of_day(lang, hour))
}

fn drawing(rows: &[Row<'_>], across: usize) -> String {
    let mut out = Markup::default();
    for (down, row) in rows.iter().enumerate() {
        for (at, hour) in row.hours.iter().enumerate() {
            let class = class(hour);
            if class.is_empty() {
                continue;
            }
            let [x, width, y, height] = mark(down * across + at, across, rows.len() * across);
            let place = [x + width / 20, width - width / 10, y + height / 10, height - height / 5];
            rectangle(&mut out, class, place);
            if class == "free" {
                rectangle(&mut out, "hatch", place);
            }
        }
    }
    out.done()
}

fn key(lang: Lang) -> String {
    let mut out = Markup::default();
    key_item(&mut out, "heat-1", false, &fixed(lang.hours_little()));
    key_item(&mut out, "heat-4", false, lang.hours_whole());
    key_item(&mut out, "free", true, lang.usage_free());
    key_item(&mut out, "unknown", false, lang.usage_unknown());
    out.done()
}

fn value(lang: Lang, row: &Row<'_>, at: usize) -> String {
    let written = |seconds| duration(lang, seconds);
    let said = match row.hours.get(at).map(|hour| (class(hour), *hour)) {
        None | Some(("", _)) => lang.usage_no_data().to_owned(),
        Some(("free", hour)) => lang.usage_day_free(&written(hour.up_seconds)),
        Some(("unknown", hour)) => lang.usage_day_unknown(&written(hour.unknown_seconds)),
        Some((_, hour)) => lang.usage_day_counted(&written(hour.billable_seconds)),
    };
    lang.chart_reading(&place(lang, row, at), &said)
}

/// Minutes of each hour, a row for each day: for those who want to read rather than look.
fn table(lang: Lang, rows: &[Row<'_>], across: usize) -> String {
    let mut out = Markup::default();
    let mut titles = vec![lang.usage_day().to_owned()];
    titles.extend((0..across).map(|hour| whole(lang, i64::try_from(hour).unwrap_or_default())));
    table_head(&mut out, &titles.iter().map(String::as_str).collect::<Vec<_>>());
    for row in rows.iter().rev() {
        let minutes = |at: usize| match row.hours.get(at) {
            Some(hour) if !class(hour).is_empty() => whole(lang, hour.billable_seconds / 60),
            _ => lang.hours_none().to_owned(),
        };
        table_row(&mut out, &day(lang, row.day), &(0..across).map(minutes).collect::<Vec<_>>());
    }
    table_end(&mut out);
    out.within("<p class=\"small\">", lang.hours_table_note(), "</p>");
    out.done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::calendar::days_after;
    use shared::time::{DAY, HOUR, Timestamp};

    /// Midnight in Dhaka on 16 November 2026, and `at` hours more.
    fn hour(at: i64, up: i64, billable: i64) -> UsageHour {
        let midnight: Timestamp = "2026-11-15T18:00:00Z".parse().unwrap();
        let (starts_at, seconds) = (midnight.plus(at * HOUR), HOUR);
        let down_seconds = seconds - up;
        UsageHour { starts_at, seconds, up_seconds: up, down_seconds, unknown_seconds: 0, billable_seconds: billable }
    }

    /// As many days that begin at `first`, the first of which has this date.
    fn days(first: Timestamp, date: &str, count: i64) -> Vec<UsageDay> {
        let day = |at: i64| UsageDay {
            day: days_after(date, at),
            starts_at: first.plus(at * DAY),
            seconds: DAY,
            up_seconds: 0,
            down_seconds: 0,
            unknown_seconds: 0,
            billable_seconds: 0,
        };
        (0..count).map(day).collect()
    }

    fn week() -> Vec<UsageHour> {
        (0..168).map(|at| hour(at, 0, 0)).collect()
    }

    // Harm prevented: an hour of little use looks like none, or an hour nobody saw like one without use.
    #[test]
    fn a_cell_says_how_much_of_its_hour_was_counted() {
        let depths = [1, 900, 901, 2_700, 3_600].map(|seconds| class(&hour(0, seconds, seconds)));
        assert_eq!(depths, ["heat-1", "heat-1", "heat-2", "heat-3", "heat-4"]);
        assert_eq!((class(&hour(0, 60, 0)), class(&hour(0, 0, 0))), ("free", "idle"));
        let unseen = UsageHour { down_seconds: 0, ..hour(0, 0, 0) };
        assert_eq!((class(&unseen), class(&UsageHour { unknown_seconds: 5, ..unseen })), ("", "unknown"));
    }

    #[test]
    fn seven_days_are_seven_rows_of_the_days_own_hours() {
        let mut hours = vec![hour(-1, 3_600, 3_600)];
        hours.extend(week());
        hours[1 + 24 + 9] = hour(33, 1_800, 1_800);
        let days = days(hour(-24, 0, 0).starts_at, "2026-11-15", 8);
        let picture = picture(Lang::En, &days, &hours);
        assert_eq!((picture.values.len(), picture.across, picture.scale.len()), (168, 24, 7));
        assert_eq!((picture.scale[0].as_str(), picture.scale[6].as_str()), ("16 Nov", "22 Nov"));
        assert_eq!(picture.values[33].replace('\u{a0}', " "), "17 Nov 2026, 9:00 am: 30 min counted");
        assert_eq!(picture.ends[2].replace('\u{a0}', " "), "12 pm");
        assert_eq!(picture.table.matches("<tr>").count(), 8);
        assert!(picture.table.contains("<td>30</td>"));
        assert!(picture.caption.replace('\u{a0}', " ").contains("30 min") && picture.caption.contains("17 Nov 2026"));
        assert_eq!(super::picture(Lang::Bn, &[], &hours).values.len(), 0);
        assert!(super::picture(Lang::En, &days, &[]).values.iter().all(|value| value.ends_with("no data")));
    }

    // Harm prevented: an account whose clocks are New York's reads its evening as the next morning, under the next day's name.
    #[test]
    fn rows_and_columns_go_by_the_accounts_own_clocks() {
        let midnight: Timestamp = "2026-11-01T04:00:00Z".parse().unwrap();
        let mut days = days(midnight, "2026-11-01", 2);
        // Clocks are put back in the first of them.
        days[0].seconds = 25 * HOUR;
        days[1].starts_at = midnight.plus(25 * HOUR);
        let mut hours: Vec<UsageHour> =
            (0..49).map(|at| UsageHour { starts_at: midnight.plus(at * HOUR), ..hour(0, 0, 0) }).collect();
        (hours[25 + 21].up_seconds, hours[25 + 21].billable_seconds) = (HOUR, HOUR);
        let picture = picture(Lang::En, &days, &hours);
        assert_eq!((picture.across, picture.values.len()), (25, 50));
        assert_eq!(picture.scale, ["1 Nov", "2 Nov"]);
        assert_eq!(picture.values[25 + 21].replace('\u{a0}', " "), "2 Nov 2026, 9:00 pm: 1 h counted");
        assert!(picture.values[49].ends_with("no data") && picture.values[24].ends_with("counted"));
        assert!(picture.caption.contains("2 Nov 2026, 9:00\u{a0}pm"), "{}", picture.caption);
        assert_eq!(picture.ends[3].replace('\u{a0}', " "), "6 pm");
    }
}
