//! The running cycle as a line that climbs towards its allowance: what was counted by the end of each day, and, dashed, where
//! that leads if the panel goes on being used as it was.
//!
//! The forecast's date is the server's; the dashes only join it to what is counted.

use super::forecast::sentence;
use super::markup::Markup;
use super::plot::{Picture, WHOLE, key_item, share, table_end, table_head, table_row};
use crate::format::calendar::{day, days_after, short_day};
use crate::format::duration;
use crate::i18n::Lang;
use crate::wire::UsageDay;
use shared::api::tenants::TenantStatus;
use shared::time::{DAY, Timestamp};

/// Longer cycles than this are not drawn day by day.
const DAYS_MAX: i64 = 400;

/// The cycle as it is drawn: civil days from the one in which it began to the one in which it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Climb {
    /// The first day's date, by the account's clocks.
    first: String,
    /// The first instant of the first day.
    from: Timestamp,
    /// How many days there are.
    days: i64,
    /// The first instant of each day, and the end of the last. Days of the report begin where it says; the others, 24 hours apart.
    edges: Vec<Timestamp>,
    /// The top: the allowance, or more where more was used.
    top: i64,
    /// The allowance.
    allowance: i64,
    /// The cycle's first instant.
    starts_at: Timestamp,
    /// Instants with what was counted until then, rising.
    known: Vec<(Timestamp, i64)>,
    /// Where it leads, if nothing changes.
    leads_to: Option<(Timestamp, i64)>,
}

impl Climb {
    /// The running or last cycle of a panel with its last days; `None` if there is nothing to draw.
    #[must_use]
    pub fn of(status: &TenantStatus, days: &[UsageDay]) -> Option<Self> {
        let (cycle, as_of) = (status.billing.cycle.as_ref()?, status.as_of?);
        let as_of = as_of.min(cycle.ends_at);
        let mine: Vec<&UsageDay> = days
            .iter()
            .filter(|day| day.starts_at.plus(day.seconds) > cycle.starts_at && day.starts_at < as_of)
            .collect();
        let first = mine.first()?.starts_at;
        let before = (first.seconds_since(cycle.starts_at) + DAY - 1).max(0) / DAY;
        let from = first.plus(-before * DAY);
        if !(1..=DAYS_MAX * DAY).contains(&cycle.ends_at.seconds_since(from)) {
            return None;
        }
        let mut edges: Vec<Timestamp> = (0..before).map(|at| from.plus(at * DAY)).collect();
        edges.extend(mine.iter().map(|day| day.starts_at));
        let mut end = mine.last().map(|last| last.starts_at.plus(last.seconds))?;
        while end < cycle.ends_at {
            edges.push(end);
            end = end.plus(DAY);
        }
        edges.push(end);
        let date = days_after(&mine.first()?.day, -before);
        // Told from the end: what is counted in all is certain, and the first day may hold hours of the cycle before.
        let mut known = Vec::new();
        let mut used = cycle.used_seconds;
        for day in mine.iter().rev() {
            known.push((day.starts_at.plus(day.seconds).min(as_of), used.max(0)));
            used -= day.billable_seconds;
        }
        known.push(if first > cycle.starts_at { (first, used.max(0)) } else { (cycle.starts_at, 0) });
        known.reverse();
        let elapsed = as_of.seconds_since(cycle.starts_at).max(1);
        let by_pace = |at: Timestamp| {
            let more = i128::from(cycle.used_seconds) * i128::from(at.seconds_since(as_of)) / i128::from(elapsed);
            cycle.used_seconds.saturating_add(i64::try_from(more).unwrap_or(i64::MAX)).min(cycle.allowance_seconds)
        };
        let leads_to = match status.billing.runs_out_at {
            _ if cycle.ended_reason.is_some() || as_of >= cycle.ends_at => None,
            // What waits is used after this cycle, so the forecast lies beyond it.
            Some(at) if status.billing.queued_cycles == 0 && at < cycle.ends_at => Some((at, cycle.allowance_seconds)),
            Some(_) => Some((cycle.ends_at, by_pace(cycle.ends_at))),
            None => None,
        };
        let (allowance, top) = (cycle.allowance_seconds, cycle.allowance_seconds.max(cycle.used_seconds).max(1));
        let (starts_at, days) = (cycle.starts_at, i64::try_from(edges.len() - 1).unwrap_or_default());
        Some(Self { first: date, from, days, edges, top, allowance, starts_at, known, leads_to })
    }

    /// Where an instant and an amount lie, in ten-thousandths from the left and from the top.
    fn point(&self, (at, seconds): (Timestamp, i64)) -> (i64, i64) {
        let whole = self.edges.last().map_or(1, |end| end.seconds_since(self.from));
        (share(at.seconds_since(self.from), whole), WHOLE - share(seconds, self.top))
    }

    /// The steps as the `d` of an SVG path.
    #[must_use]
    pub fn steps(&self) -> String {
        let (x, y) = self.point((self.starts_at, 0));
        let mut path = format!("M{x} {y}");
        for known in &self.known {
            let (x, y) = self.point(*known);
            path.push_str(&format!("H{x}V{y}"));
        }
        path
    }

    /// The dashes, the same way; empty without a forecast.
    #[must_use]
    pub fn dashes(&self) -> String {
        let (Some(last), Some(to)) = (self.known.last(), self.leads_to) else { return String::new() };
        let ((x, y), (to_x, to_y)) = (self.point(*last), self.point(to));
        format!("M{x} {y}L{to_x} {to_y}")
    }

    /// What was counted by the end of the day at this place, or is expected by then; `None` if nobody can say.
    fn by_the_end_of(&self, place: i64) -> Option<(i64, bool)> {
        let place = usize::try_from(place).ok()?;
        let (from, to) = (*self.edges.get(place)?, *self.edges.get(place + 1)?);
        if let Some((_, seconds)) = self.known.iter().rev().find(|(at, _)| *at > from && *at <= to) {
            return Some((*seconds, false));
        }
        let (last_at, last) = *self.known.last()?;
        let (goal_at, goal) = self.leads_to?;
        if to <= last_at {
            return None;
        }
        let (gone, whole) = (to.min(goal_at).seconds_since(last_at), goal_at.seconds_since(last_at).max(1));
        let more = i128::from(goal - last) * i128::from(gone) / i128::from(whole);
        Some((last + i64::try_from(more).unwrap_or_default(), true))
    }
}

/// The chart; `None` while there is nothing to draw.
#[must_use]
pub fn picture(lang: Lang, status: &TenantStatus, days: &[UsageDay]) -> Option<Picture> {
    let climb = Climb::of(status, days)?;
    let written = |seconds| duration(lang, seconds);
    let count = usize::try_from(climb.days).ok()?;
    let places: Vec<(String, Option<(i64, bool)>)> =
        (0..climb.days).map(|place| (days_after(&climb.first, place), climb.by_the_end_of(place))).collect();
    let allowance = written(climb.allowance);
    let value = |(date, known): &(String, Option<(i64, bool)>)| {
        let said = match known {
            Some((seconds, false)) => lang.climb_counted(&written(*seconds), &allowance),
            // Where the dashes end nothing is left: to go on naming the allowance would read as if it were reached only then.
            Some((seconds, true)) if *seconds >= climb.allowance => lang.climb_used_up().to_owned(),
            Some((seconds, true)) => lang.climb_expected(&written(round(*seconds)), &allowance),
            None => lang.usage_no_data().to_owned(),
        };
        lang.chart_reading(&day(lang, date), &said)
    };
    let used = status.billing.cycle.as_ref().map_or(0, |cycle| cycle.used_seconds);
    let caption = sentence(lang, status).unwrap_or_else(|| lang.cycles_used(&written(used), &allowance));
    let ends = [0, count - 1].map(|place| places.get(place).map(|(date, _)| short_day(lang, date)).unwrap_or_default());
    Some(Picture {
        // What is known last; what may come is for those who ask.
        rests: places.iter().rposition(|(_, known)| matches!(known, Some((_, false)))),
        caption,
        inside: drawing(&climb),
        scale: vec![written(climb.top), String::new(), written(0)],
        ends: ends.into(),
        key: key(lang, &allowance),
        table: table(lang, &places),
        across: count,
        values: places.iter().map(value).collect(),
    })
}

/// Whole hours: nobody can expect minutes.
const fn round(seconds: i64) -> i64 {
    (seconds + 1_800) / 3_600 * 3_600
}

fn drawing(climb: &Climb) -> String {
    let mut out = Markup::default();
    out.tags("<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 10000 10000\" preserveAspectRatio=\"none\">");
    let allowance = WHOLE - share(climb.allowance, climb.top);
    out.within("<path class=\"allowance\" d=\"M0 ", &allowance.to_string(), "H10000\"/>");
    out.within("<path class=\"climb\" d=\"", &climb.steps(), "\"/>");
    out.within("<path class=\"expected\" d=\"", &climb.dashes(), "\"/></svg>");
    super::plot::ground(&mut out);
    out.done()
}

fn key(lang: Lang, allowance: &str) -> String {
    let mut out = Markup::default();
    key_item(&mut out, "counted", false, lang.usage_counted());
    key_item(&mut out, "unknown", false, lang.climb_forecast());
    key_item(&mut out, "cap", false, &lang.chart_reading(lang.climb_allowance(), allowance));
    out.done()
}

fn table(lang: Lang, places: &[(String, Option<(i64, bool)>)]) -> String {
    let mut out = Markup::default();
    table_head(&mut out, &[lang.usage_day(), lang.climb_in_all()]);
    for (date, known) in places {
        // What is only expected is no figure for a table.
        if let Some((seconds, false)) = known {
            table_row(&mut out, &day(lang, date), &[duration(lang, *seconds)]);
        }
    }
    table_end(&mut out);
    out.done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::{active, now};
    use shared::time::HOUR;

    /// The days until today in Dhaka, of which the last one is not over.
    fn days(billable: &[i64]) -> Vec<UsageDay> {
        let today: Timestamp = "2026-11-21T18:00:00Z".parse().unwrap();
        let back = |at: usize| i64::try_from(billable.len() - 1 - at).unwrap();
        let day = |(at, hours): (usize, &i64)| UsageDay {
            day: days_after("2026-11-22", -back(at)),
            starts_at: today.plus(-back(at) * DAY),
            seconds: DAY,
            up_seconds: hours * HOUR,
            down_seconds: HOUR,
            unknown_seconds: 0,
            billable_seconds: hours * HOUR,
        };
        billable.iter().enumerate().map(day).collect()
    }

    // Harm prevented: the line ends at another figure than the card shows, or hours of the last cycle are drawn into this one.
    #[test]
    fn the_line_ends_at_what_is_counted_and_begins_at_nothing() {
        let mut status = active(20, 360);
        let cycle = status.billing.cycle.as_mut().unwrap();
        cycle.starts_at = now().plus(-2 * DAY);
        cycle.ends_at = now().plus(28 * DAY);
        let climb = Climb::of(&status, &days(&[9, 9, 10, 9, 8])).unwrap();
        let totals: Vec<i64> = climb.known.iter().map(|(_, seconds)| seconds / HOUR).collect();
        assert_eq!(totals, [0, 3, 12, 20]);
        assert_eq!(climb.known.first().unwrap().0, now().plus(-2 * DAY));
        assert_eq!(climb.known.last().unwrap().0, now());
        assert!(climb.known.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1));
        assert_eq!(climb.days, 31);
    }

    // Harm prevented: the dashes promise another day than the sentence beside them.
    #[test]
    fn the_dashes_lead_where_the_server_says() {
        let mut status = active(180, 360);
        status.billing.runs_out_at = Some(now().plus(10 * DAY));
        let soon = Climb::of(&status, &days(&[12; 16])).unwrap();
        assert_eq!(soon.leads_to, Some((now().plus(10 * DAY), 360 * HOUR)));
        let x = share(now().plus(10 * DAY).seconds_since(soon.from), soon.days * DAY);
        assert!(soon.dashes().ends_with(&format!("L{x} 0")), "{}", soon.dashes());
        status.billing.queued_cycles = 1;
        let waits = Climb::of(&status, &days(&[12; 16])).unwrap();
        assert_eq!(waits.leads_to.unwrap().0, status.billing.cycle.as_ref().unwrap().ends_at);
        status.billing.runs_out_at = None;
        assert_eq!(Climb::of(&status, &days(&[12; 16])).unwrap().dashes(), "");
    }

    // Harm prevented: a cycle that began before the days that were fetched is drawn as if it had begun with them.
    #[test]
    fn days_that_were_not_fetched_are_not_made_up() {
        let status = active(100, 360);
        let climb = Climb::of(&status, &days(&[10, 10])).unwrap();
        assert_eq!(climb.known.first().unwrap().1, 80 * HOUR);
        assert_eq!((climb.by_the_end_of(3), climb.by_the_end_of(15)), (None, Some((100 * HOUR, false))));
        assert!(climb.by_the_end_of(20).unwrap().1);
        assert!(Climb::of(&status, &[]).is_none());
        let mut none = active(1, 360);
        none.billing.cycle = None;
        assert!(picture(Lang::En, &none, &days(&[1])).is_none());
    }

    // Harm prevented: "4 Dec: about 200 h of 200 h" stands beside "they run out on 25 Nov", and nobody knows which to believe.
    #[test]
    fn it_rests_on_what_is_counted_and_says_when_nothing_is_left() {
        let mut status = active(180, 200);
        status.billing.runs_out_at = Some(now().plus(3 * DAY));
        let picture = picture(Lang::En, &status, &days(&[12; 16])).unwrap();
        let value = |at: usize| picture.values[at].replace('\u{a0}', " ");
        assert_eq!(picture.rests.map(value).as_deref(), Some("22 Nov 2026: 180 h of 200 h counted"));
        assert!(value(17).starts_with("24 Nov 2026: about 19"), "{}", value(17));
        for at in 18..picture.values.len() {
            assert!(value(at).ends_with(": used up by then, at this pace"), "{}", value(at));
        }
    }

    // Harm prevented: an account in New York reads each day's hours under the day before, or, once clocks were put back, a day late.
    #[test]
    fn days_go_by_the_accounts_own_clocks() {
        let mut status = active(30, 360);
        let midnight: Timestamp = "2026-10-31T04:00:00Z".parse().unwrap();
        let cycle = status.billing.cycle.as_mut().unwrap();
        (cycle.starts_at, cycle.ends_at) = (midnight, midnight.plus(30 * DAY));
        let as_of = midnight.plus(3 * DAY + 13 * HOUR);
        (status.as_of, status.billing.runs_out_at) = (Some(as_of), None);
        let mut days = days(&[6, 7, 8, 9]);
        let mut starts_at = midnight;
        for (at, day) in days.iter_mut().enumerate() {
            day.day = days_after("2026-10-31", i64::try_from(at).unwrap());
            (day.starts_at, day.seconds) = (starts_at, if at == 1 { 25 * HOUR } else { DAY });
            starts_at = starts_at.plus(day.seconds);
        }
        let climb = Climb::of(&status, &days).unwrap();
        let counted: Vec<_> = (0..4).map(|place| climb.by_the_end_of(place)).collect();
        assert_eq!(counted, [6, 13, 21, 30].map(|hours| Some((hours * HOUR, false))));
        let picture = picture(Lang::En, &status, &days).unwrap();
        assert!(picture.values[1].starts_with("1 Nov 2026: 13"), "{}", picture.values[1]);
        assert!(picture.values[3].starts_with("3 Nov 2026: 30"), "{}", picture.values[3]);
        assert!(climb.edges.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn every_day_of_the_cycle_can_be_read() {
        let picture = picture(Lang::En, &active(150, 360), &days(&[10; 16])).unwrap();
        assert_eq!(picture.values.len(), picture.across);
        let value = |at: usize| picture.values[at].replace('\u{a0}', " ");
        assert_eq!(value(15), "22 Nov 2026: 150 h of 360 h counted");
        assert!(value(20).contains("about") && value(20).starts_with("27 Nov 2026"), "{}", value(20));
        assert!(picture.caption.starts_with("210 hours left."), "{}", picture.caption);
        assert!(picture.table.contains("22 Nov 2026") && !picture.table.contains("27 Nov 2026"));
    }
}
