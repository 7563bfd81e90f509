//! What all charts share: where a column stands, how high it is, what a key press or a tap points at.
//!
//! Lengths are ten-thousandths of the chart, so that it fills any width without a style attribute. Knows no usage and no
//! money.

use super::markup::Markup;

/// The whole width or height.
pub const WHOLE: i64 = 10_000;

/// A chart, drawn and in words, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// What it shows, in one sentence.
    pub caption: String,
    /// The inside of its `svg`: figures and literals.
    pub inside: String,
    /// The words at its side, from the top down.
    pub scale: Vec<String>,
    /// The words under it, from left to right.
    pub ends: Vec<String>,
    /// What its shapes stand for, as markup.
    pub key: String,
    /// The same as a table, as markup.
    pub table: String,
    /// How many places stand side by side; those of further rows follow.
    pub across: usize,
    /// What stands at each place, in words.
    pub values: Vec<String>,
    /// Where the mark stands until somebody moves it; `None` for the last place.
    pub rests: Option<usize>,
}

/// `part` of `most`, in ten-thousandths: 0 to [`WHOLE`]. Of nothing it is nothing.
#[must_use]
pub fn share(part: i64, most: i64) -> i64 {
    if most <= 0 {
        return 0;
    }
    let share = i128::from(part) * i128::from(WHOLE) / i128::from(most);
    i64::try_from(share.clamp(0, i128::from(WHOLE))).unwrap_or(WHOLE)
}

/// Where the column `at` of `count` begins, and how wide it is; a fifth of its room is gap.
#[must_use]
pub fn column(at: usize, count: usize) -> (i64, i64) {
    let (left, width) = slot(at, count);
    let gap = width / 5;
    (left + gap / 2, width - gap)
}

/// The room of the place `at` of `count`: where it begins, and how wide it is.
#[must_use]
pub fn slot(at: usize, count: usize) -> (i64, i64) {
    let (at, count) = (i64::try_from(at).unwrap_or(0), i64::try_from(count).unwrap_or(1).max(1));
    let (left, right) = (at * WHOLE / count, (at + 1) * WHOLE / count);
    (left, right - left)
}

/// Ten-thousandths as an SVG length: `3333` is `33.33%`.
#[must_use]
pub fn percent(length: i64) -> String {
    format!("{}.{:02}%", length / 100, length % 100)
}

/// A shape's place: left edge, width, upper edge, height.
pub type Place = [i64; 4];

/// Draws a rectangle of this class.
pub fn rectangle(out: &mut Markup, class: &str, place: Place) {
    out.within("<rect class=\"", class, "");
    for (name, length) in ["\" x=\"", "\" width=\"", "\" y=\"", "\" height=\""].into_iter().zip(place) {
        out.within(name, &percent(length), "");
    }
    out.tags("\"/>");
}

/// The lines that every chart of columns stands on: the top, the middle, the ground.
pub fn rules(out: &mut Markup) {
    out.tags("<rect class=\"rule\" width=\"100%\" height=\"1\"/><rect class=\"rule\" y=\"50%\" width=\"100%\" height=\"1\"/>");
}

/// The ground, drawn last.
pub fn ground(out: &mut Markup) {
    out.tags("<rect class=\"ground\" y=\"100%\" width=\"100%\" height=\"1\" transform=\"translate(0 -1)\"/>");
}

/// What a shape stands for, with a sample of it. `hatched` lays stripes over the sample.
pub fn key_item(out: &mut Markup, class: &str, hatched: bool, name: &str) {
    out.within(
        "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect class=\"",
        class,
        "\" width=\"12\" height=\"12\"/>",
    );
    if hatched {
        out.tags("<rect class=\"hatch\" width=\"12\" height=\"12\"/>");
    }
    out.within("</svg>", name, "</li>");
}

/// The head of a table: its columns' titles.
pub fn table_head(out: &mut Markup, titles: &[&str]) {
    out.tags("<table class=\"figures\"><thead><tr>");
    for title in titles {
        out.within("<th scope=\"col\">", title, "</th>");
    }
    out.tags("</tr></thead><tbody>");
}

/// A row of a table: its title and its figures.
pub fn table_row(out: &mut Markup, title: &str, figures: &[String]) {
    out.within("<tr><th scope=\"row\">", title, "</th>");
    for figure in figures {
        out.within("<td>", figure, "</td>");
    }
    out.tags("</tr>");
}

/// The end of a table.
pub fn table_end(out: &mut Markup) {
    out.tags("</tbody></table>");
}

/// Where a key leads from the place `at` of `count`, of which `across` stand in a row; `None` if it is no key of a chart.
#[must_use]
pub fn moved(key: &str, at: usize, across: usize, count: usize) -> Option<usize> {
    let last = count.saturating_sub(1);
    // In a single row up and down are right and left.
    let row = if across < count { across } else { 1 };
    let down = at.saturating_add(row);
    Some(match key {
        "ArrowLeft" => at.saturating_sub(1),
        "ArrowRight" => (at + 1).min(last),
        "ArrowUp" if row > 1 => at.checked_sub(row).unwrap_or(at),
        "ArrowDown" if row > 1 => Some(down).filter(|down| *down <= last).unwrap_or(at),
        "ArrowUp" => (at + 1).min(last),
        "ArrowDown" => at.saturating_sub(1),
        "PageUp" => at.saturating_sub(7 * row),
        "PageDown" => at.saturating_add(7 * row).min(last),
        "Home" => 0,
        "End" => last,
        _ => return None,
    })
}

/// The place under a finger at `x` of `width` and `y` of `height`, all in pixels.
#[must_use]
pub fn under((x, width): (i32, i32), (y, height): (i32, i32), across: usize, count: usize) -> usize {
    let across = across.clamp(1, count.max(1));
    let rows = count.div_ceil(across);
    let cell = |at: i32, of: i32, cells: usize| {
        let cells = i64::try_from(cells).unwrap_or(1);
        let at = i64::from(at) * cells / i64::from(of.max(1));
        usize::try_from(at.clamp(0, (cells - 1).max(0))).unwrap_or(0)
    };
    (cell(y, height, rows) * across + cell(x, width, across)).min(count.saturating_sub(1))
}

/// The room of a place among rows: what the cursor marks.
#[must_use]
pub fn mark(at: usize, across: usize, count: usize) -> Place {
    let across = across.clamp(1, count.max(1));
    let (x, width) = slot(at % across, across);
    let (y, height) = slot(at / across, count.div_ceil(across));
    [x, width, y, height]
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a chart of 92 days runs over its edge, or its columns touch.
    #[test]
    fn columns_fill_the_width_and_keep_apart() {
        for count in [1, 7, 30, 92, 366] {
            let columns: Vec<_> = (0..count).map(|at| column(at, count)).collect();
            assert!(columns.iter().all(|(x, width)| *x >= 0 && *width > 0 && x + width <= WHOLE), "{count}");
            assert!(columns.windows(2).all(|pair| pair[0].0 + pair[0].1 < pair[1].0), "{count} columns touch");
        }
        assert_eq!((share(7, 0), share(-5, 10), share(20, 10), share(i64::MAX, i64::MAX)), (0, 0, WHOLE, WHOLE));
        assert_eq!((percent(3_333).as_str(), percent(5).as_str()), ("33.33%", "0.05%"));
    }

    // Harm prevented: with the keyboard alone a day cannot be reached, or the cursor leaves the chart.
    #[test]
    fn keys_reach_every_place_and_none_beyond() {
        assert_eq!((moved("ArrowLeft", 0, 30, 30), moved("ArrowRight", 29, 30, 30)), (Some(0), Some(29)));
        assert_eq!((moved("ArrowUp", 3, 30, 30), moved("ArrowDown", 3, 30, 30)), (Some(4), Some(2)));
        assert_eq!((moved("Home", 9, 30, 30), moved("End", 9, 30, 30)), (Some(0), Some(29)));
        assert_eq!((moved("ArrowDown", 5, 24, 168), moved("ArrowUp", 5, 24, 168)), (Some(29), Some(5)));
        assert_eq!((moved("ArrowDown", 160, 24, 168), moved("ArrowUp", 29, 24, 168)), (Some(160), Some(5)));
        assert_eq!((moved("PageDown", 0, 30, 30), moved("PageUp", 3, 30, 30)), (Some(7), Some(0)));
        assert_eq!((moved("Tab", 3, 30, 30), moved("Enter", 3, 30, 30)), (None, None));
        assert_eq!(moved("ArrowRight", 0, 0, 0), Some(0));
    }

    #[test]
    fn a_tap_is_at_the_place_under_it() {
        assert_eq!(under((0, 300), (50, 100), 30, 30), 0);
        assert_eq!(under((155, 300), (50, 100), 30, 30), 15);
        assert_eq!(under((300, 300), (100, 100), 30, 30), 29);
        assert_eq!(under((-5, 300), (-5, 100), 30, 30), 0);
        assert_eq!(under((239, 240), (69, 70), 24, 168), 167);
        assert_eq!(under((15, 240), (15, 70), 24, 168), 25);
        assert_eq!((under((5, 0), (5, 0), 7, 0), under((1, 9), (1, 9), 0, 3)), (0, 0));
        assert_eq!(mark(25, 24, 168), [416, 417, 1_428, 1_429]);
        assert_eq!(mark(0, 0, 0), [0, WHOLE, 0, WHOLE]);
    }
}
