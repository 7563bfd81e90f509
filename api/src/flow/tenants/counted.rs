//! A cycle counted again from the rows, for whoever explains it. Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::store::{CorrectionRecord, CycleRecord, TenantRecord};
use shared::api::explain::{Difference, WindowView};
use shared::api::invoices::LineView;
use shared::billing::cycle::{End, Origin};
use shared::billing::explain::{Counted, count, differences};
use shared::billing::facts::{PlacedLine, in_order};
use shared::billing::proof::Line;
use shared::billing::usage::Window;
use shared::ids::{CorrectionId, TenantId};
use shared::time::{DAY, Span, Timestamp};

/// At most so many windows are shown in one answer.
const WINDOWS_MAX: usize = 2_000;
/// So often is a cycle read that is counted on meanwhile.
const READS_MAX: u32 = 4;

/// What the rows say of a cycle, and what follows from them.
pub(super) struct Recounted {
    pub(super) stored: CycleRecord,
    pub(super) counted: Counted,
    /// Where it ended, by the count; `None` while it runs.
    pub(super) end: Option<End>,
    pub(super) as_of: Timestamp,
    pub(super) charges: Vec<LineView>,
    corrections: Vec<CorrectionRecord>,
    windows: Vec<Window>,
}

/// Reads and counts the cycle of that number; nothing if it neither runs nor has run. A running cycle may be counted on
/// while its rows are read, one after the other: then they are read again, or they would seem to contradict each other.
pub(super) async fn recounted(app: &App, tenant: &TenantRecord, number: u32) -> Result<Option<Recounted>, FlowError> {
    let mut known = tenant.clone();
    for _ in 1..READS_MAX {
        let read = read(app, &known, number).await?;
        if read.as_ref().is_none_or(|read| read.stored.end.is_some()) {
            return Ok(read);
        }
        match app.store.tenant(known.state.id).await? {
            Some(again) if again.version != known.version => known = again,
            _ => return Ok(read),
        }
    }
    read(app, &known, number).await
}

async fn read(app: &App, tenant: &TenantRecord, number: u32) -> Result<Option<Recounted>, FlowError> {
    let id = tenant.state.id;
    let Some(stored) = app.store.cycle(id, number).await? else { return Ok(None) };
    let starts_at = stored.cycle.starts_at;
    let as_of = stored.end.map_or(tenant.state.accounted_until.unwrap_or(starts_at), |end| end.at);
    let span = Span::new(starts_at, as_of);
    let windows = app.store.windows(id, span).await?;
    let corrections = app.store.corrections(id, number).await?;
    let placed = app.store.lines(id, number).await?;
    let placed = if placed.is_empty() { unsealed(id, &stored, &corrections, as_of) } else { placed };
    let counted = count(&in_order(&placed, &windows, span)).ok_or(FlowError::NotFound)?;
    let end = stored.end.map(|said| counted.end_beside(said));
    let charges = app.store.charges(id, number).await?;
    Ok(Some(Recounted { stored, counted, end, as_of, charges, corrections, windows }))
}

/// A cycle from before there were seals has no lines but its windows; what else is known of it stands in its row.
fn unsealed(id: TenantId, stored: &CycleRecord, corrections: &[CorrectionRecord], as_of: Timestamp) -> Vec<PlacedLine> {
    let cycle = &stored.cycle;
    let order_id = match cycle.origin {
        Origin::Trial => None,
        Origin::Order(order_id) => Some(order_id),
    };
    let (number, terms, starts_at) = (cycle.number, cycle.terms.clone(), cycle.starts_at);
    let started = Line::Started { tenant_id: id, number, order_id, terms, starts_at };
    let taken = corrections.iter().map(|it| PlacedLine {
        after_at: as_of,
        line: Line::Corrected { correction_id: it.id, from: it.span.from(), to: it.span.to(), seen: it.seen },
    });
    std::iter::once(PlacedLine { after_at: starts_at, line: started }).chain(taken).collect()
}

impl Recounted {
    /// Where what is stored of the cycle itself is not what was counted.
    pub(super) fn differs(&self) -> Vec<Difference> {
        let mut found = differences(&self.counted, &self.stored.cycle, self.stored.end);
        for (taken, stored) in self.counted.taken.iter().zip(&self.corrections) {
            if taken.seconds != stored.seconds_taken_back {
                found.push(Difference {
                    what: format!("corrections/{}/seconds_taken_back", stored.id),
                    stored: stored.seconds_taken_back.to_string(),
                    counted: taken.seconds.to_string(),
                });
            }
        }
        found
    }

    /// The words of a correction.
    pub(super) fn reason(&self, id: CorrectionId) -> Option<String> {
        self.corrections.iter().find(|it| it.id == id).map(|it| it.reason.clone())
    }

    /// The windows as they were recorded, of one day of the cycle or of all, and how many more there are.
    pub(super) fn windows(&self, day: Option<u32>) -> (Vec<WindowView>, u32) {
        let cycle = &self.stored.cycle;
        let span = match day {
            Some(day) => {
                let from = cycle.starts_at.plus((i64::from(day) - 1).saturating_mul(DAY));
                Span::new(from, from.plus(DAY))
            }
            None => Span::new(cycle.starts_at, self.as_of),
        };
        let inside = |window: &&Window| !window.within(span.from(), span.to()).span.is_empty();
        let mut views: Vec<WindowView> = self.windows.iter().filter(inside).map(WindowView::from).collect();
        let left_out = views.len().saturating_sub(WINDOWS_MAX);
        views.truncate(WINDOWS_MAX);
        (views, u32::try_from(left_out).unwrap_or(u32::MAX))
    }
}
