//! Usage by civil day as a bar chart: geometry, the sums in words, and the same as a table.
//!
//! Lengths are ten-thousandths of the chart, so that it fills any width without a style attribute.

use super::markup::Markup;
use crate::format::calendar::day;
use crate::i18n::Lang;
use crate::wire::UsageDay;
use shared::wording::amounts::duration;

/// The whole width or height.
const WHOLE: i64 = 10_000;

/// What a part of a bar stands for, from the ground up.
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

/// The part of a bar: where it begins, how wide it is; its upper edge, and its height.
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

/// The bars, those of nothing left out. The longest day reaches the top.
#[must_use]
pub fn bars(days: &[UsageDay]) -> Vec<Bar> {
    let longest = days.iter().map(|day| day.seconds).max().unwrap_or(0).max(1);
    let count = i64::try_from(days.len()).unwrap_or(i64::MAX).max(1);
    let mut bars = Vec::new();
    for (at, day) in (0_i64..).zip(days) {
        let (left, right) = (at * WHOLE / count, (at + 1) * WHOLE / count);
        let gap = (right - left) / 5;
        let mut below = 0;
        for (kind, seconds) in parts(day).into_iter().enumerate() {
            let (from, to) = (below * WHOLE / longest, ((below + seconds) * WHOLE / longest).min(WHOLE));
            below += seconds;
            if to > from {
                bars.push(Bar { x: left + gap / 2, width: right - left - gap, y: WHOLE - to, height: to - from, kind });
            }
        }
    }
    bars
}

/// Ten-thousandths as an SVG length: `3333` is `33.33%`.
fn percent(length: i64) -> String {
    format!("{}.{:02}%", length / 100, length % 100)
}

/// The chart, what its parts stand for and come to, and all of it as a table.
#[must_use]
pub fn chart(lang: Lang, days: &[UsageDay]) -> String {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return String::new() };
    let (first, last) = (day(lang, &first.day), day(lang, &last.day));
    let [counted, free, unknown] = sums(days).map(|seconds| duration(lang.into(), seconds));
    let mut out = Markup::default();
    out.tags("<figure class=\"usage\"><div class=\"chart\"><svg height=\"128\" role=\"img\" aria-label=\"");
    out.put(&lang.usage_spoken(&first, &last, &counted, &free, &unknown));
    out.tags("\"><rect class=\"rule\" width=\"100%\" height=\"1\"/><rect class=\"rule\" y=\"50%\" width=\"100%\" height=\"1\"/>");
    for bar in bars(days) {
        // Plain, striped, hollow: told apart without colours.
        let passes = if bar.kind == 1 { 2 } else { 1 };
        for pass in 0..passes {
            out.tags("<rect class=\"");
            out.put(if pass == 1 { "hatch" } else { KINDS.get(bar.kind).copied().unwrap_or_default() });
            for (name, length) in
                [("\" x=\"", bar.x), ("\" width=\"", bar.width), ("\" y=\"", bar.y), ("\" height=\"", bar.height)]
            {
                out.within(name, &percent(length), "");
            }
            out.tags("\"/>");
        }
    }
    out.tags("<rect class=\"ground\" y=\"100%\" width=\"100%\" height=\"1\" transform=\"translate(0 -1)\"/></svg>");
    out.within("<div class=\"scale small\" aria-hidden=\"true\"><span>", lang.usage_full(), "</span>");
    out.within("<span>", lang.usage_half(), "</span><span></span></div>");
    out.within("<p class=\"ends small\" aria-hidden=\"true\"><span>", &first, "</span>");
    out.within("<span>", &last, "</span></p></div><figcaption><ul class=\"key small\">");
    let named = [lang.usage_counted(), lang.usage_free(), lang.usage_unknown()];
    for ((kind, name), sum) in KINDS.into_iter().zip(named).zip([&counted, &free, &unknown]) {
        out.within(
            "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect class=\"",
            kind,
            "\" width=\"12\" height=\"12\"/>",
        );
        if kind == "free" {
            out.tags("<rect class=\"hatch\" width=\"12\" height=\"12\"/>");
        }
        out.within("</svg>", name, " <strong>").within("", sum, "</strong></li>");
    }
    out.tags("</ul></figcaption></figure>");
    table(&mut out, lang, days, named);
    out.done()
}

fn table(out: &mut Markup, lang: Lang, days: &[UsageDay], named: [&str; 3]) {
    out.within("<details><summary>", lang.usage_table(), "</summary><table class=\"figures\"><thead><tr>");
    out.within("<th scope=\"col\">", lang.usage_day(), "</th>");
    for name in named {
        out.within("<th scope=\"col\">", name, "</th>");
    }
    out.tags("</tr></thead><tbody>");
    for item in days.iter().rev() {
        out.within("<tr><th scope=\"row\">", &day(lang, &item.day), "</th>");
        for seconds in parts(item) {
            out.within("<td>", &duration(lang.into(), seconds), "</td>");
        }
        out.tags("</tr>");
    }
    out.tags("</tbody></table></details>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::time::{DAY, HOUR};

    fn of(day: &str, up: i64, unknown: i64, billable: i64) -> UsageDay {
        UsageDay {
            day: day.to_owned(),
            seconds: DAY,
            up_seconds: up * HOUR,
            unknown_seconds: unknown * HOUR,
            billable_seconds: billable * HOUR,
        }
    }

    // Harm prevented: free or unwatched hours look like charged ones.
    #[test]
    fn a_bar_stacks_what_was_counted_then_what_was_free_then_what_nobody_knows() {
        let days = [of("2026-11-21", 12, 6, 6), of("2026-11-22", 0, 0, 0)];
        let drawn = bars(&days);
        let (x, width) = (500, 4_000);
        assert_eq!(
            drawn,
            [
                Bar { x, width, y: 7_500, height: 2_500, kind: 0 },
                Bar { x, width, y: 5_000, height: 2_500, kind: 1 },
                Bar { x, width, y: 2_500, height: 2_500, kind: 2 },
            ]
        );
        assert_eq!(sums(&days), [6 * HOUR, 6 * HOUR, 6 * HOUR]);
    }

    // Harm prevented: a chart of 30 days runs over its edge, or a day of 25 hours over its top.
    #[test]
    fn no_bar_leaves_the_chart() {
        let mut days = vec![of("2026-11-01", 24, 0, 24); 31];
        if let Some(day) = days.first_mut() {
            (day.seconds, day.up_seconds, day.billable_seconds) = (25 * HOUR, 25 * HOUR, 25 * HOUR);
        }
        let drawn = bars(&days);
        assert_eq!(drawn.len(), 31);
        assert!(drawn.iter().all(|bar| bar.x >= 0 && bar.x + bar.width <= WHOLE && bar.y >= 0 && bar.height > 0));
        assert!(drawn.windows(2).all(|pair| pair[0].x + pair[0].width < pair[1].x), "bars touch each other");
        assert!(bars(&[]).is_empty() && chart(Lang::En, &[]).is_empty());
    }

    #[test]
    fn the_chart_can_be_heard_and_read_as_a_table() {
        let drawn = chart(Lang::En, &[of("2026-11-21", 12, 6, 6), of("2026-11-22", 1, 0, 1)]);
        assert!(drawn.contains("role=\"img\" aria-label=\"From 21 Nov 2026 to 22 Nov 2026: 7\u{a0}h counted"));
        assert_eq!(drawn.matches("<tr>").count(), 3);
        assert!(!drawn.contains("style="));
    }
}
