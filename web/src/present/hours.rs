//! Usage by the hour: a row for each day, a cell for each of its hours, the darker the more of it was counted.

use super::markup::Markup;
use super::plot::{Picture, key_item, mark, rectangle, table_end, table_head, table_row};
use crate::format::calendar::{civil, date, day, short_day, time_of_day};
use crate::format::whole;
use crate::i18n::Lang;
use shared::api::spending::UsageHour;
use shared::wording::amounts::duration;

/// Cells in a row.
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

/// The chart of the last seven days of `hours`.
#[must_use]
pub fn picture(lang: Lang, hours: &[UsageHour]) -> Picture {
    let hours = hours.get(hours.len().saturating_sub(ACROSS * ROWS)..).unwrap_or_default();
    let counted = hours.iter().map(|hour| hour.billable_seconds).sum();
    let busiest = hours.iter().max_by_key(|hour| hour.billable_seconds).filter(|hour| hour.billable_seconds > 0);
    let caption = match busiest {
        Some(hour) => {
            let at = format!("{}, {}", date(lang, hour.starts_at), time_of_day(lang, hour.starts_at));
            lang.hours_caption(&duration(lang.into(), counted), &at)
        }
        None => lang.hours_caption_none().to_owned(),
    };
    let first_row = hours.get(..ACROSS).unwrap_or_default();
    let ends = [0, 6, 12, 18].into_iter().filter_map(|at| first_row.get(at));
    Picture {
        caption,
        inside: drawing(hours),
        scale: hours.chunks(ACROSS).filter_map(|row| row.first()).map(|hour| label(lang, hour)).collect(),
        ends: ends.map(|hour| time_of_day(lang, hour.starts_at)).collect(),
        key: key(lang),
        table: table(lang, hours),
        across: ACROSS,
        values: hours.iter().map(|hour| value(lang, hour)).collect(),
    }
}

fn label(lang: Lang, hour: &UsageHour) -> String {
    short_day(lang, &civil(hour.starts_at))
}

fn drawing(hours: &[UsageHour]) -> String {
    let mut out = Markup::default();
    for (at, hour) in hours.iter().enumerate() {
        let class = class(hour);
        if class.is_empty() {
            continue;
        }
        let [x, width, y, height] = mark(at, ACROSS, hours.len());
        let place = [x + width / 20, width - width / 10, y + height / 10, height - height / 5];
        rectangle(&mut out, class, place);
        if class == "free" {
            rectangle(&mut out, "hatch", place);
        }
    }
    out.done()
}

fn key(lang: Lang) -> String {
    let mut out = Markup::default();
    key_item(&mut out, "heat-1", false, lang.hours_little());
    key_item(&mut out, "heat-4", false, lang.hours_whole());
    key_item(&mut out, "free", true, lang.usage_free());
    key_item(&mut out, "unknown", false, lang.usage_unknown());
    out.done()
}

fn value(lang: Lang, hour: &UsageHour) -> String {
    let place = format!("{}, {}", date(lang, hour.starts_at), time_of_day(lang, hour.starts_at));
    let written = |seconds| duration(lang.into(), seconds);
    let said = match class(hour) {
        "" => lang.usage_no_data().to_owned(),
        "free" => lang.usage_day_free(&written(hour.up_seconds)),
        "unknown" => lang.usage_day_unknown(&written(hour.unknown_seconds)),
        _ => lang.usage_day_counted(&written(hour.billable_seconds)),
    };
    lang.chart_reading(&place, &said)
}

/// Minutes of each hour, a row for each day: for those who want to read rather than look.
fn table(lang: Lang, hours: &[UsageHour]) -> String {
    let mut out = Markup::default();
    let mut titles = vec![lang.usage_day().to_owned()];
    titles.extend((0..ACROSS).map(|hour| whole(lang, i64::try_from(hour).unwrap_or_default())));
    table_head(&mut out, &titles.iter().map(String::as_str).collect::<Vec<_>>());
    for row in hours.chunks(ACROSS).rev() {
        let title = row.first().map(|hour| day(lang, &civil(hour.starts_at))).unwrap_or_default();
        let minutes = |hour: &UsageHour| {
            if class(hour).is_empty() { lang.hours_none().to_owned() } else { whole(lang, hour.billable_seconds / 60) }
        };
        table_row(&mut out, &title, &row.iter().map(minutes).collect::<Vec<_>>());
    }
    table_end(&mut out);
    out.within("<p class=\"small\">", lang.hours_table_note(), "</p>");
    out.done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::time::{HOUR, Timestamp};

    /// Midnight in Dhaka on 16 November 2026, and `at` hours more.
    fn hour(at: i64, up: i64, billable: i64) -> UsageHour {
        let midnight: Timestamp = "2026-11-15T18:00:00Z".parse().unwrap();
        let (starts_at, seconds) = (midnight.plus(at * HOUR), HOUR);
        let down_seconds = seconds - up;
        UsageHour { starts_at, seconds, up_seconds: up, down_seconds, unknown_seconds: 0, billable_seconds: billable }
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
        let picture = picture(Lang::En, &hours);
        assert_eq!((picture.values.len(), picture.across, picture.scale.len()), (168, 24, 7));
        assert_eq!((picture.scale[0].as_str(), picture.scale[6].as_str()), ("16 Nov", "22 Nov"));
        assert_eq!(picture.values[33].replace('\u{a0}', " "), "17 Nov 2026, 9:00 am: 30 min counted");
        assert_eq!(picture.ends[2].replace('\u{a0}', " "), "12:00 pm");
        assert_eq!(picture.table.matches("<tr>").count(), 8);
        assert!(picture.table.contains("<td>30</td>"));
        assert!(picture.caption.replace('\u{a0}', " ").contains("30 min") && picture.caption.contains("17 Nov 2026"));
        assert_eq!(super::picture(Lang::Bn, &[]).values.len(), 0);
    }
}
