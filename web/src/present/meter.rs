//! The ruled meter: where the bar ends, where today's notch stands, which tone it has.
//!
//! Geometry only, in thousandths of the width, so that it can be drawn as SVG without any style attribute.

use super::face::Face;
use shared::api::tenants::{CycleView, TenantStatus};
use shared::time::{DAY, Timestamp};

/// Ruler intervals: a sixth of the cycle each, five days of thirty.
const INTERVALS: u16 = 6;

/// How much of the allowance is used, in words of colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Under 60 %.
    Green,
    /// 60 to 80 %.
    Yellow,
    /// Over 80 %, or over altogether.
    Red,
    /// Not about an allowance: set-up progress.
    None,
}

impl Tone {
    /// Its name in class names and test hooks.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::None => "none",
        }
    }

    /// Compared exactly, not by the rounded percent: 80.5 % is over 80.
    fn of(cycle: &CycleView) -> Self {
        let (used, allowance) = (i128::from(cycle.used_seconds), i128::from(cycle.allowance_seconds));
        if used * 100 < allowance * 60 {
            Self::Green
        } else if used * 100 <= allowance * 80 {
            Self::Yellow
        } else {
            Self::Red
        }
    }
}

/// A meter ready to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meter {
    /// Where the bar ends, in thousandths.
    pub fill: u16,
    /// Where today stands in the cycle, in thousandths.
    pub notch: Option<u16>,
    /// Its colour.
    pub tone: Tone,
    /// Striped, so that grace, expiry and rest do not rely on colour.
    pub hatched: bool,
}

impl Meter {
    /// The meter of a status; `None` where the card has none.
    #[must_use]
    pub fn of(status: &TenantStatus) -> Option<Self> {
        let face = Face::of(status);
        if face == Face::Creating {
            let percent = status.panel.progress_percent.unwrap_or(0);
            return Some(Self {
                fill: u16::from(percent.min(100)) * 10,
                notch: None,
                tone: Tone::None,
                hatched: false,
            });
        }
        let cycle = status.billing.cycle.as_ref()?;
        let used = thousandths(cycle.used_seconds, cycle.allowance_seconds);
        let notch = today(status).map(|at| notch(cycle, at));
        match face {
            Face::Grace | Face::Expired => Some(Self { fill: 1_000, notch, tone: Tone::Red, hatched: true }),
            Face::Stopped | Face::Suspended => Some(Self { fill: used, notch, tone: Tone::of(cycle), hatched: true }),
            Face::Active | Face::Returning | Face::Opening => {
                Some(Self { fill: used, notch, tone: Tone::of(cycle), hatched: false })
            }
            Face::Pending | Face::Creating | Face::Failed | Face::Deleting | Face::Deleted => None,
        }
    }
}

/// Today in the cycle: up to when usage is counted, or, where that stands still, the day that the days left speak of. The server
/// counts those by the account's own clock; another would be wrong for an account that is ahead.
#[must_use]
pub fn today(status: &TenantStatus) -> Option<Timestamp> {
    let (cycle, as_of) = (status.billing.cycle.as_ref()?, status.as_of?);
    Some(as_of.max(cycle.ends_at.plus(-i64::from(cycle.days_left) * DAY)))
}

/// Where `at` stands in the cycle; at the edge when outside.
fn notch(cycle: &CycleView, at: Timestamp) -> u16 {
    thousandths(at.seconds_since(cycle.starts_at), cycle.ends_at.seconds_since(cycle.starts_at))
}

/// `part` of `whole` in thousandths, 0 to 1000; an empty whole counts as full.
fn thousandths(part: i64, whole: i64) -> u16 {
    if whole <= 0 {
        return 1_000;
    }
    let share = i128::from(part) * 1_000 / i128::from(whole);
    u16::try_from(share.clamp(0, 1_000)).unwrap_or(1_000)
}

/// The meter as the inside of an `svg`: track, bar, stripes, ruler, notch. Figures only, nothing that anybody typed.
#[must_use]
pub fn drawing(meter: Meter) -> String {
    let bar =
        |class: &str, width: &str| format!(r#"<rect class="{class}" x="0" y="5" width="{width}" height="12" rx="2"/>"#);
    let fill = percent(meter.fill);
    let mut parts = vec![bar("track", "100%"), bar("bar", &fill)];
    if meter.hatched {
        parts.push(bar("hatch", &fill));
    }
    if meter.tone != Tone::None {
        parts.extend((0..=INTERVALS).map(|step| {
            // The last tick stands inside the edge, where it can be seen.
            let inward = if step == INTERVALS { -1 } else { 0 };
            let at = percent(step * 1_000 / INTERVALS);
            format!(r#"<rect class="tick" x="{at}" y="20" width="1" height="5" transform="translate({inward})"/>"#)
        }));
    }
    if let Some(at) = meter.notch.map(percent) {
        parts.push(format!(
            r#"<rect class="notch-edge" x="{at}" y="0" width="5" height="22" transform="translate(-2.5)"/>"#
        ));
        parts
            .push(format!(r#"<rect class="notch" x="{at}" y="0" width="3" height="22" transform="translate(-1.5)"/>"#));
    }
    parts.concat()
}

/// Thousandths as an SVG length: `394` is `39.4%`.
fn percent(thousandths: u16) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::{active, suspended};
    use shared::api::tenants::{BillingState, PanelStatus, SuspendReason};

    #[test]
    fn tones_turn_exactly_at_sixty_and_after_eighty_percent() {
        for (used, tone) in [
            (0, Tone::Green),
            (215, Tone::Green),
            (216, Tone::Yellow),
            (288, Tone::Yellow),
            (289, Tone::Red),
            (360, Tone::Red),
        ] {
            assert_eq!(Meter::of(&active(used, 360)).map(|meter| meter.tone), Some(tone), "{used} of 360");
        }
        let mut barely = active(288, 360);
        if let Some(cycle) = &mut barely.billing.cycle {
            cycle.used_seconds += 1;
        }
        assert_eq!(Meter::of(&barely).map(|meter| meter.tone), Some(Tone::Red));
    }

    #[test]
    fn the_bar_shows_use_and_the_notch_shows_today() {
        let meter = Meter::of(&active(90, 360)).unwrap();
        assert_eq!((meter.fill, meter.notch), (250, Some(500)));
        assert_eq!(percent(meter.fill), "25.0%");
        assert_eq!(percent(7), "0.7%");
    }

    // Harm prevented: a panel was stopped days ago, and its notch still stands there, as if that many days more were left.
    #[test]
    fn the_notch_goes_on_while_a_panel_is_stopped() {
        let mut stopped = active(90, 360);
        stopped.panel.status = PanelStatus::Stopped;
        if let Some(cycle) = &mut stopped.billing.cycle {
            cycle.days_left = 6;
        }
        assert_eq!(Meter::of(&stopped).and_then(|meter| meter.notch), Some(800), "24 days of 30 are over");
        let mut counted = active(90, 360);
        counted.as_of = counted.as_of.map(|at| at.plus(DAY / 2));
        assert_eq!(today(&counted), counted.as_of, "what is counted is known to the second");
    }

    #[test]
    fn a_drawing_holds_what_the_meter_says_and_no_style() {
        let drawn = drawing(Meter { fill: 394, notch: Some(430), tone: Tone::Green, hatched: true });
        assert!(
            drawn.contains(r#"class="bar" x="0" y="5" width="39.4%""#) && drawn.contains(r#"class="notch" x="43.0%""#)
        );
        assert_eq!((drawn.matches("tick").count(), drawn.matches("hatch").count()), (7, 1));
        assert!(!drawn.contains("style"));
        let setup = drawing(Meter { fill: 400, notch: None, tone: Tone::None, hatched: false });
        assert_eq!((setup.matches("tick").count(), setup.matches("notch").count()), (0, 0));
    }

    #[test]
    fn what_is_over_is_full_red_and_striped() {
        let mut over = suspended(SuspendReason::BillingExpired, BillingState::Expired);
        if let Some(cycle) = &mut over.billing.cycle {
            cycle.used_seconds = 3_600;
        }
        let meter = Meter::of(&over).unwrap();
        assert_eq!((meter.fill, meter.tone, meter.hatched), (1_000, Tone::Red, true));
    }

    #[test]
    fn nothing_is_drawn_where_nothing_is_known() {
        let mut status = active(0, 360);
        status.billing.cycle = None;
        assert_eq!(Meter::of(&status), None);
        status.panel.status = PanelStatus::Creating;
        status.panel.progress_percent = Some(40);
        assert_eq!(Meter::of(&status).map(|meter| (meter.fill, meter.tone)), Some((400, Tone::None)));
        let mut empty = active(0, 360);
        if let Some(cycle) = &mut empty.billing.cycle {
            cycle.allowance_seconds = 0;
        }
        assert_eq!(Meter::of(&empty).map(|meter| meter.fill), Some(1_000));
    }
}
