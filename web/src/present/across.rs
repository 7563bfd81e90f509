//! Usage across the panels of an account, and what was spent month by month.

use super::markup::Markup;
use super::plot::{
    Picture, WHOLE, column, ground, key_item, rectangle, rules, share, table_end, table_head, table_row,
};
use crate::format::calendar::{day, days_after, month, short_day};
use crate::format::{duration, money, whole};
use crate::i18n::Lang;
use crate::wire::{Across, Month, PanelPart};
use shared::money::{Currency, Money};
use shared::time::HOUR;

/// Panels that are drawn one by one; the others are in the table.
pub const DRAWN: usize = 12;

/// How many days a report may be asked for, as the chips offer them.
pub const RANGES: [u16; 3] = [7, 30, 90];

/// The address of a report on so many days that end on `to`; without a known last day the server's own thirty.
#[must_use]
pub fn path(file: &str, days: u16, to: Option<&str>) -> String {
    match to {
        Some(to) => format!("{file}?from={}&to={to}", days_after(to, 1 - i64::from(days))),
        None => file.to_owned(),
    }
}

/// All panels together: the seconds that were charged on each day.
#[must_use]
pub fn together(report: &Across) -> Vec<i64> {
    let days = report.panels.iter().map(|panel| panel.billable_seconds.len()).max().unwrap_or(0);
    let of = |at: usize| report.panels.iter().filter_map(|panel| panel.billable_seconds.get(at)).sum();
    (0..days).map(of).collect()
}

/// Panels by what was charged, the most first; equals by name.
#[must_use]
pub fn ranked(report: &Across) -> Vec<&PanelPart> {
    let mut panels: Vec<&PanelPart> = report.panels.iter().collect();
    panels.sort_by_key(|panel| std::cmp::Reverse(panel.totals.billable_seconds));
    panels
}

/// The whole hour at which a scale of these seconds ends; an even one, so that its half is whole too.
fn top(most: i64) -> i64 {
    (most.max(1) + 2 * HOUR - 1) / (2 * HOUR) * (2 * HOUR)
}

/// The chart of all panels together. The last day is not over where the report reaches to today.
#[must_use]
pub fn picture(lang: Lang, report: &Across) -> Picture {
    let days = together(report);
    let written = |seconds: i64| duration(lang, seconds);
    let most = top(days.iter().copied().max().unwrap_or(0));
    let date = |at: usize| days_after(&report.from, i64::try_from(at).unwrap_or_default());
    let value = |(at, seconds): (usize, &i64)| {
        let busy = report.panels.iter().filter(|panel| panel.billable_seconds.get(at).is_some_and(|one| *one > 0));
        let panels = whole(lang, i64::try_from(busy.count()).unwrap_or(i64::MAX));
        lang.chart_reading(&day(lang, &date(at)), &lang.across_day(&written(*seconds), &panels))
    };
    let mut table = Markup::default();
    table_head(&mut table, &[lang.usage_day(), lang.usage_counted()]);
    for (at, seconds) in days.iter().enumerate().rev() {
        table_row(&mut table, &day(lang, &date(at)), &[written(*seconds)]);
    }
    table_end(&mut table);
    let sum = written(days.iter().sum());
    Picture {
        rests: None,
        caption: lang.across_caption(&day(lang, &report.from), &day(lang, &report.to), &sum),
        inside: columns(&days, most, true),
        scale: vec![written(most), written(most / 2), String::new()],
        ends: vec![short_day(lang, &report.from), short_day(lang, &report.to)],
        key: String::new(),
        table: table.done(),
        across: days.len(),
        values: days.iter().enumerate().map(value).collect(),
    }
}

fn columns(amounts: &[i64], most: i64, ruled: bool) -> String {
    let mut out = Markup::default();
    if ruled {
        rules(&mut out);
    }
    for (at, amount) in amounts.iter().enumerate() {
        let (x, width) = column(at, amounts.len());
        let height = share(*amount, most);
        if height > 0 {
            rectangle(&mut out, "counted", [x, width, WHOLE - height, height]);
        }
    }
    ground(&mut out);
    out.done()
}

/// The sums over all panels, as facts.
#[must_use]
pub fn totals(lang: Lang, report: &Across) -> String {
    let sum = |of: fn(&PanelPart) -> i64| duration(lang, report.panels.iter().map(of).sum());
    let mut out = Markup::default();
    out.tags("<dl class=\"facts\">")
        .fact(lang.across_panels(), &whole(lang, i64::try_from(report.panels.len()).unwrap_or(i64::MAX)))
        .fact(lang.usage_counted(), &sum(|panel| panel.totals.billable_seconds))
        .fact(lang.usage_free(), &sum(|panel| (panel.totals.up_seconds - panel.totals.billable_seconds).max(0)))
        .fact(lang.usage_unknown(), &sum(|panel| panel.totals.unknown_seconds))
        .tags("</dl>");
    out.done()
}

/// A small chart for each of the panels that were used most, on one scale; and all panels as a table.
#[must_use]
pub fn multiples(lang: Lang, report: &Across) -> String {
    let ranked = ranked(report);
    let drawn = ranked.iter().take(DRAWN);
    let most = top(drawn.clone().flat_map(|panel| panel.billable_seconds.iter().copied()).max().unwrap_or(0));
    let mut out = Markup::default();
    out.within("<p class=\"small\">", &lang.across_scale(&duration(lang, most)), "</p><ul class=\"multiples\">");
    for panel in drawn {
        out.within("<li><p class=\"row-head\"><a href=\"/panels/", &panel.tenant_id.to_string(), "\">")
            .within("", &panel.name, "</a><strong>")
            .within("", &duration(lang, panel.totals.billable_seconds), "</strong></p>")
            .tags("<svg height=\"48\" width=\"100%\" aria-hidden=\"true\">")
            .drawn(&columns(&panel.billable_seconds, most, false))
            .tags("</svg></li>");
    }
    out.tags("</ul>");
    out.done()
}

/// Every panel with its sums.
#[must_use]
pub fn panels_table(lang: Lang, report: &Across) -> String {
    let mut out = Markup::default();
    table_head(&mut out, &[lang.pay_panel(), lang.usage_counted(), lang.usage_free(), lang.usage_unknown()]);
    for panel in ranked(report) {
        let totals = panel.totals;
        let free = (totals.up_seconds - totals.billable_seconds).max(0);
        let figures = [totals.billable_seconds, free, totals.unknown_seconds];
        table_row(&mut out, &panel.name, &figures.map(|seconds| duration(lang, seconds)));
    }
    table_end(&mut out);
    out.done()
}

/// What was spent in the last month, in every currency of the account; `None` without a month.
#[must_use]
pub fn last_month(lang: Lang, months: &[Month]) -> Option<String> {
    let last = &months.last()?.month;
    let of_it = months.iter().filter(|item| item.month == *last);
    Some(of_it.map(|item| money(lang, item.spent)).collect::<Vec<_>>().join(" + "))
}

/// The currencies in which anything was spent or credited, in the order given.
#[must_use]
pub fn currencies(months: &[Month]) -> Vec<Currency> {
    let mut found = Vec::new();
    for Month { spent, .. } in months {
        if spent.minor != 0 && !found.contains(&spent.currency) {
            found.push(spent.currency);
        }
    }
    found
}

/// The months of one currency.
#[must_use]
pub fn months_in(currency: Currency, months: &[Month]) -> Vec<Month> {
    months.iter().filter(|item| item.spent.currency == currency).cloned().collect()
}

/// What was spent month by month, all in one currency. A month in which more was credited than invoiced stands on the ground.
#[must_use]
pub fn spending(lang: Lang, months: &[Month]) -> Picture {
    let amounts: Vec<i64> = months.iter().map(|month| month.spent.minor).collect();
    let dearest = months.iter().map(|month| month.spent).max_by_key(|spent| spent.minor);
    let currency = dearest.map(|spent| spent.currency);
    let all = currency.and_then(|currency| Money::sum(currency, months.iter().map(|month| month.spent)).ok());
    let ends = [months.first(), months.last()].into_iter().flatten().map(|end| month(lang, &end.month));
    let mut key = Markup::default();
    key_item(&mut key, "counted", false, lang.spent_key());
    let mut table = Markup::default();
    table_head(&mut table, &[lang.spent_month(), lang.spent_amount()]);
    for item in months.iter().rev() {
        table_row(&mut table, &month(lang, &item.month), &[money(lang, item.spent)]);
    }
    table_end(&mut table);
    let value = |item: &Month| lang.chart_reading(&month(lang, &item.month), &money(lang, item.spent));
    let most = dearest.filter(|spent| spent.minor > 0);
    Picture {
        rests: None,
        caption: all.map(|all| lang.spent_caption(&money(lang, all))).unwrap_or_default(),
        inside: columns(&amounts, most.map_or(0, |spent| spent.minor), true),
        scale: vec![most.map(|spent| money(lang, spent)).unwrap_or_default(), String::new(), String::new()],
        ends: ends.collect(),
        key: key.done(),
        table: table.done(),
        across: months.len(),
        values: months.iter().map(value).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::PartTotals;
    use shared::money::Currency;

    fn part(name: &str, hours: &[i64]) -> PanelPart {
        let billable: Vec<i64> = hours.iter().map(|hours| hours * HOUR).collect();
        let billable_seconds = billable.iter().sum();
        PanelPart {
            tenant_id: "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            name: name.to_owned(),
            billable_seconds: billable,
            totals: PartTotals { up_seconds: billable_seconds + HOUR, unknown_seconds: 0, billable_seconds },
        }
    }

    fn report() -> Across {
        let panels = vec![part("Padma", &[1, 0, 2]), part("<Meghna>", &[10, 0, 4])];
        Across { from: "2026-11-20".to_owned(), to: "2026-11-22".to_owned(), panels, as_of: None }
    }

    // Harm prevented: the sum of all panels is another than that of the panels one by one.
    #[test]
    fn all_panels_together_are_the_sum_of_each() {
        let report = report();
        assert_eq!(together(&report), [11 * HOUR, 0, 6 * HOUR]);
        assert_eq!(ranked(&report)[0].name, "<Meghna>");
        let picture = picture(Lang::En, &report);
        assert_eq!(picture.values[0].replace('\u{a0}', " "), "20 Nov 2026: 11 h counted, panels in use: 2");
        assert_eq!(picture.scale[0].replace('\u{a0}', " "), "12 h");
        assert!(picture.caption.replace('\u{a0}', " ").contains("17 h"), "{}", picture.caption);
        assert!(totals(Lang::En, &report).replace('\u{a0}', " ").contains("<dd>17 h</dd>"));
    }

    // Harm prevented: a panel's name becomes a part of the page; a small panel looks as busy as a large one.
    #[test]
    fn small_charts_share_one_scale_and_hold_no_markup_of_others() {
        let drawn = multiples(Lang::En, &report());
        assert!(drawn.contains("&lt;Meghna&gt;") && !drawn.contains("<Meghna>"));
        assert_eq!(drawn.matches("<svg").count(), 2);
        // 10 of 10 h, and 1 of 10 h.
        assert!(drawn.contains("height=\"100.00%\"") && drawn.contains("height=\"10.00%\""), "{drawn}");
        assert_eq!(panels_table(Lang::En, &report()).matches("<tr>").count(), 3);
    }

    #[test]
    fn a_range_is_asked_for_by_its_days() {
        assert_eq!(path("/usage", 7, Some("2026-12-03")), "/usage?from=2026-11-27&to=2026-12-03");
        assert_eq!(path("/usage.csv", 30, None), "/usage.csv");
    }

    // Harm prevented: a month of credit notes breaks the chart, or is shown as money spent.
    #[test]
    fn months_show_what_was_spent_and_credit_is_no_spending() {
        let month = |month: &str, minor| Month { month: month.to_owned(), spent: Money::new(minor, Currency::Bdt) };
        let months = [month("2026-09-01", 250_000), month("2026-10-01", -50_000), month("2026-11-01", 0)];
        let picture = spending(Lang::En, &months);
        assert_eq!(picture.inside.matches("\"counted\"").count(), 1);
        assert_eq!(picture.values[1], "Oct 2026: -৳\u{a0}500.00");
        assert!(picture.caption.contains("৳\u{a0}2,000.00"), "{}", picture.caption);
        assert!(spending(Lang::Bn, &[]).values.is_empty());
    }

    // Harm prevented: an account that pays in two currencies sees only one of its two bills, or taka and dollars in one sum.
    #[test]
    fn each_currency_is_shown_by_itself() {
        let month =
            |month: &str, minor, currency| Month { month: month.to_owned(), spent: Money::new(minor, currency) };
        let months = [
            month("2026-10-01", 0, Currency::Bdt),
            month("2026-10-01", 900, Currency::Usd),
            month("2026-11-01", 250_000, Currency::Bdt),
            month("2026-11-01", 1_200, Currency::Usd),
        ];
        let both = format!("{} + {}", money(Lang::En, months[2].spent), money(Lang::En, months[3].spent));
        assert_eq!(last_month(Lang::En, &months), Some(both));
        assert_eq!(last_month(Lang::Bn, &[]), None);
        assert_eq!(currencies(&months), [Currency::Usd, Currency::Bdt]);
        let dollars = spending(Lang::En, &months_in(Currency::Usd, &months));
        let sum = money(Lang::En, Money::new(2_100, Currency::Usd));
        assert!(dollars.values.len() == 2 && dollars.caption.contains(&sum), "{}", dollars.caption);
        assert!(currencies(&months[..1]).is_empty());
    }
}
