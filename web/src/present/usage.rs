//! Usage by civil day as columns: what was counted, what was free, what nobody knows, and the days without figures.

use super::markup::Markup;
use super::plot::{
    Picture, WHOLE, column, ground, key_item, rectangle, rules, share, table_end, table_head, table_row,
};
use crate::format::calendar::{day, short_day};
use crate::format::{duration, whole};
use crate::i18n::Lang;
use crate::wire::UsageDay;
use shared::time::{DAY, HOUR};

/// What a part of a column stands for, from the ground up.
const KINDS: [&str; 3] = ["counted", "free", "unknown"];

/// Seconds of a day or of many: counted, up but free, unknown.
type Parts = [i64; 3];

/// What a day is made of. What is left of it the panel was down.
#[must_use]
pub fn parts(day: &UsageDay) -> Parts {
    let counted = day.billable_seconds.max(0);
    [counted, (day.up_seconds - counted).max(0), day.unknown_seconds.max(0)]
}

/// All days together.
#[must_use]
pub fn sums(days: &[UsageDay]) -> Parts {
    days.iter().map(parts).fold([0; 3], |[a, b, c], [x, y, z]| [a + x, b + y, c + z])
}

/// Whether anything at all is on record about a day: a stopped panel is not looked at, and a new one was not there.
#[must_use]
pub fn is_known(day: &UsageDay) -> bool {
    day.up_seconds + day.down_seconds + day.unknown_seconds > 0
}

/// Part of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Its left edge.
    pub x: i64,
    /// Its width.
    pub width: i64,
    /// Its upper edge, from the top of the chart.
    pub y: i64,
    /// Its height.
    pub height: i64,
    /// Which part: 0 counted, 1 free, 2 unknown.
    pub kind: usize,
}

/// The longest day; it reaches the top.
fn longest(days: &[UsageDay]) -> i64 {
    days.iter().map(|day| day.seconds).max().unwrap_or(0).max(1)
}

/// The columns' parts, those of nothing left out.
#[must_use]
pub fn bars(days: &[UsageDay]) -> Vec<Bar> {
    let longest = longest(days);
    let mut bars = Vec::new();
    for (at, day) in days.iter().enumerate() {
        let (x, width) = column(at, days.len());
        let mut below = 0;
        for (kind, seconds) in parts(day).into_iter().enumerate() {
            let (from, to) = (share(below, longest), share(below + seconds, longest));
            below += seconds;
            if to > from {
                bars.push(Bar { x, width, y: WHOLE - to, height: to - from, kind });
            }
        }
    }
    bars
}

/// The chart. The last day is today; `cap` is how many hours of a cycle day count at the most.
#[must_use]
pub fn picture(lang: Lang, days: &[UsageDay], cap: Option<u32>) -> Picture {
    let first = days.first().map(|first| day(lang, &first.day)).unwrap_or_default();
    let last = days.last().map(|last| day(lang, &last.day)).unwrap_or_default();
    let [counted, free, unknown] = sums(days).map(|seconds| duration(lang, seconds));
    let ends = [days.first(), days.last()].into_iter().flatten().map(|end| short_day(lang, &end.day)).collect();
    Picture {
        rests: None,
        caption: lang.usage_spoken(&first, &last, &counted, &free, &unknown),
        inside: drawing(days, cap),
        scale: vec![duration(lang, DAY), duration(lang, DAY / 2), String::new()],
        ends,
        key: key(lang, [&counted, &free, &unknown], cap, days.iter().all(is_known)),
        table: table(lang, days),
        across: days.len(),
        values: days.iter().enumerate().map(|(at, day)| value(lang, day, at + 1 == days.len())).collect(),
    }
}

fn drawing(days: &[UsageDay], cap: Option<u32>) -> String {
    let mut out = Markup::default();
    rules(&mut out);
    let today = days.len().checked_sub(1).map(|last| column(last, days.len()).0);
    for Bar { x, width, y, height, kind } in bars(days) {
        let place = [x, width, y, height];
        rectangle(&mut out, KINDS.get(kind).copied().unwrap_or_default(), place);
        // Plain, striped, hollow: told apart without colours. Today is not over, and striped whatever it is.
        if kind == 1 || Some(x) == today {
            rectangle(&mut out, "hatch", place);
        }
    }
    for (at, _) in days.iter().enumerate().filter(|(_, day)| !is_known(day)) {
        let (x, width) = column(at, days.len());
        rectangle(&mut out, "gap", [x, width, WHOLE - 300, 300]);
    }
    if let Some(hours) = cap {
        let y = WHOLE - share(i64::from(hours) * HOUR, longest(days));
        out.within("<rect class=\"cap\" width=\"100%\" height=\"2\" y=\"", &super::plot::percent(y), "\"/>");
    }
    ground(&mut out);
    out.done()
}

fn key(lang: Lang, sums: [&String; 3], cap: Option<u32>, whole_known: bool) -> String {
    let mut out = Markup::default();
    let named = [lang.usage_counted(), lang.usage_free(), lang.usage_unknown()];
    for (kind, (name, sum)) in KINDS.into_iter().zip(named.into_iter().zip(sums)) {
        key_item(&mut out, kind, kind == "free", &lang.chart_reading(name, sum));
    }
    key_item(&mut out, "counted", true, lang.usage_so_far());
    if !whole_known {
        key_item(&mut out, "gap", false, lang.usage_no_data());
    }
    if let Some(hours) = cap {
        key_item(&mut out, "cap", false, &lang.usage_cap(&whole(lang, i64::from(hours))));
    }
    out.done()
}

/// A day in words; the same in the line above the chart and to those who hear it.
fn value(lang: Lang, item: &UsageDay, is_today: bool) -> String {
    let date = day(lang, &item.day);
    let date = if is_today { lang.usage_today(&date) } else { date };
    if !is_known(item) {
        return lang.chart_reading(&date, lang.usage_no_data());
    }
    let [counted, free, unknown] = parts(item);
    let written = |seconds| duration(lang, seconds);
    let mut said = lang.usage_day_counted(&written(counted));
    if free > 0 {
        said = lang.chart_and(&said, &lang.usage_day_free(&written(free)));
    }
    if unknown > 0 {
        said = lang.chart_and(&said, &lang.usage_day_unknown(&written(unknown)));
    }
    lang.chart_reading(&date, &said)
}

fn table(lang: Lang, days: &[UsageDay]) -> String {
    let mut out = Markup::default();
    table_head(&mut out, &[lang.usage_day(), lang.usage_counted(), lang.usage_free(), lang.usage_unknown()]);
    for item in days.iter().rev() {
        let figures: Vec<String> = if is_known(item) {
            parts(item).into_iter().map(|seconds| duration(lang, seconds)).collect()
        } else {
            vec![lang.usage_no_data().to_owned(), String::new(), String::new()]
        };
        table_row(&mut out, &day(lang, &item.day), &figures);
    }
    table_end(&mut out);
    out.done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::time::Timestamp;

    fn of(day: &str, up: i64, unknown: i64, billable: i64) -> UsageDay {
        UsageDay {
            day: day.to_owned(),
            starts_at: Timestamp::EPOCH,
            seconds: DAY,
            up_seconds: up * HOUR,
            down_seconds: HOUR,
            unknown_seconds: unknown * HOUR,
            billable_seconds: billable * HOUR,
        }
    }

    fn missing(day: &str) -> UsageDay {
        UsageDay { down_seconds: 0, ..of(day, 0, 0, 0) }
    }

    // Harm prevented: free or unwatched hours look like charged ones.
    #[test]
    fn a_column_stacks_what_was_counted_then_what_was_free_then_what_nobody_knows() {
        let days = [of("2026-11-21", 12, 6, 6), of("2026-11-22", 0, 0, 0)];
        let (x, width) = (500, 4_000);
        assert_eq!(
            bars(&days),
            [
                Bar { x, width, y: 7_500, height: 2_500, kind: 0 },
                Bar { x, width, y: 5_000, height: 2_500, kind: 1 },
                Bar { x, width, y: 2_500, height: 2_500, kind: 2 },
            ]
        );
        assert_eq!(sums(&days), [6 * HOUR, 6 * HOUR, 6 * HOUR]);
    }

    // Harm prevented: a day of 25 hours runs over the top.
    #[test]
    fn no_bar_leaves_the_chart() {
        let mut days = vec![of("2026-11-01", 24, 0, 24); 31];
        if let Some(day) = days.first_mut() {
            (day.seconds, day.up_seconds, day.billable_seconds) = (25 * HOUR, 25 * HOUR, 25 * HOUR);
        }
        let drawn = bars(&days);
        assert_eq!(drawn.len(), 31);
        assert!(drawn.iter().all(|bar| bar.x >= 0 && bar.x + bar.width <= WHOLE && bar.y >= 0 && bar.height > 0));
        assert!(bars(&[]).is_empty() && picture(Lang::En, &[], None).values.is_empty());
    }

    // Harm prevented: a day without figures is shown as a day without use, or today's few hours as a whole day's.
    #[test]
    fn missing_is_not_zero_and_today_is_not_over() {
        let days = [missing("2026-11-20"), of("2026-11-21", 0, 0, 0), of("2026-11-22", 5, 0, 5)];
        let picture = picture(Lang::En, &days, Some(12));
        let values: Vec<String> = picture.values.iter().map(|value| value.replace('\u{a0}', " ")).collect();
        assert_eq!(values[0], "20 Nov 2026: no data");
        assert_eq!(values[1], "21 Nov 2026: 0 h counted");
        assert_eq!(values[2], "22 Nov 2026, so far: 5 h counted");
        assert_eq!((picture.inside.matches("\"gap\"").count(), picture.inside.matches("\"hatch\"").count()), (1, 1));
        assert!(picture.table.contains("<th scope=\"row\">20 Nov 2026</th><td>no data</td>"));
    }

    #[test]
    fn the_cap_lies_at_its_hours_and_the_table_has_every_day() {
        let days = [of("2026-11-21", 12, 6, 6), of("2026-11-22", 1, 0, 1)];
        let capped = picture(Lang::En, &days, Some(12));
        assert!(capped.inside.contains("class=\"cap\" width=\"100%\" height=\"2\" y=\"50.00%\""), "{}", capped.inside);
        assert!(!picture(Lang::En, &days, None).inside.contains("cap"));
        assert!(capped.caption.starts_with("From 21 Nov 2026 to 22 Nov 2026: 7\u{a0}h counted"), "{}", capped.caption);
        assert_eq!(capped.table.matches("<tr>").count(), 3);
        assert!(!capped.inside.contains("style="));
        assert_eq!(
            capped.values[0].replace('\u{a0}', " "),
            "21 Nov 2026: 6 h counted, 6 h up but free, 6 h unknown and free"
        );
    }
}
