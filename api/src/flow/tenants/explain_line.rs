//! Why does a line of an invoice say this amount? Reads only.

use super::counted::recounted;
use super::explain_cycle::differing;
use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::{OrderRecord, TenantRecord};
use shared::api::explain::{About, Basis, ChargeFigures, Explanation, Fact};
use shared::api::invoices::{InvoiceKind, InvoiceView, LineView, LineWhat};
use shared::billing::cycle::{Cycle, Origin};
use shared::billing::explain::{
    amount_chain, base_price, charge_chain, charges_of, cycle_chain, line_differences, upgrade,
};
use shared::billing::proof::Line;
use shared::ids::InvoiceId;
use shared::money::Money;
use shared::wording::explain::steps;

/// The line from what was measured, or from the plan's price, to its VAT.
pub async fn explain_line(
    app: &App,
    caller: &Caller,
    id: InvoiceId,
    position: u32,
    day: Option<u32>,
) -> Result<Explanation, FlowError> {
    let invoice = app.store.invoice(id).await?.ok_or(FlowError::NotFound)?;
    let tenant = owned(app.store.tenant(invoice.tenant_id).await?, caller)?;
    let line = invoice.lines.iter().find(|line| line.position == position).ok_or(FlowError::NotFound)?;
    let mut answer = Explanation {
        about: About::InvoiceLine { invoice_id: id, invoice_number: invoice.number.clone(), position },
        zone: tenant.zone,
        as_of: None,
        cycle: None,
        charges: vec![],
        steps: vec![],
        differs: vec![],
        windows: vec![],
        windows_left_out: 0,
    };
    let mut facts = match (invoice.kind, &line.what) {
        (InvoiceKind::CreditNote, _) => vec![taken_back(&invoice, line)],
        (InvoiceKind::Invoice, LineWhat::Overage { cycle_number } | LineWhat::Metered { cycle_number, .. }) => {
            metered(app, &tenant, line, *cycle_number, day, &mut answer).await?
        }
        (InvoiceKind::Invoice, LineWhat::BasePrice { .. } | LineWhat::Upgrade { .. }) => {
            let order = match invoice.order_id {
                Some(order_id) => app.store.order(order_id).await?,
                None => None,
            };
            beforehand(app, &order.ok_or(FlowError::NotFound)?, line, &mut answer).await?
        }
    };
    facts.extend(differing(answer.differs.len()));
    Ok(Explanation { steps: steps(tenant.zone, facts), ..answer })
}

fn taken_back(invoice: &InvoiceView, line: &LineView) -> Fact {
    Fact::TakenBack {
        corrects: invoice.corrects.clone().unwrap_or_default(),
        reason: invoice.reason.clone().unwrap_or_default(),
        net: line.net,
        tax: line.tax,
        gross: line.gross,
    }
}

/// A line for a cycle that was over: the cycle, then the charge.
async fn metered(
    app: &App,
    tenant: &TenantRecord,
    line: &LineView,
    number: u32,
    day: Option<u32>,
    answer: &mut Explanation,
) -> Result<Vec<Fact>, FlowError> {
    let known = recounted(app, tenant, number).await?.ok_or(FlowError::NotFound)?;
    let end = known.end.ok_or(FlowError::NotFound)?;
    let mut facts = cycle_chain(&known.counted, Some(end), known.as_of, |id| known.reason(id));
    answer.differs = known.differs();
    for charge in charges_of(&known.counted.cycle, end.at)?.into_iter().filter(|charge| charge.what == line.what) {
        facts.extend(charge_chain(&known.counted, end.at, &charge));
        answer.differs.extend(line_differences(&charge, Some(line)));
        answer.charges.push(charge);
    }
    answer.as_of = Some(known.as_of);
    answer.cycle = Some(known.counted.figures(Some(end)));
    (answer.windows, answer.windows_left_out) = known.windows(day);
    Ok(facts)
}

/// A line that was paid beforehand: the plan's price, or the difference of two.
async fn beforehand(
    app: &App,
    order: &OrderRecord,
    line: &LineView,
    answer: &mut Explanation,
) -> Result<Vec<Fact>, FlowError> {
    let (charge, first): (ChargeFigures, Fact) = match (&line.what, order.upgrade) {
        (LineWhat::Upgrade { from_plan, to_plan, cycle_number }, Some(quote)) => {
            let cycle = app.store.cycle(order.tenant_id, *cycle_number).await?.ok_or(FlowError::NotFound)?.cycle;
            let from = price_before(app, order, &cycle).await?;
            let by_days = quote.of_seconds == cycle.ends_at.seconds_since(cycle.starts_at);
            let first = Fact::UpgradePriced {
                from_plan: from_plan.clone(),
                to_plan: to_plan.clone(),
                from_price: from,
                to_price: order.terms.price,
                left_seconds: quote.left_seconds,
                of_seconds: quote.of_seconds,
                basis: if by_days { Basis::Days } else { Basis::Hours },
            };
            (upgrade(line.what.clone(), from, &order.terms, &quote)?, first)
        }
        (LineWhat::BasePrice { plan, cycle_number, .. }, _) => {
            let terms = &order.terms;
            let first = Fact::BasePrice {
                plan: plan.clone(),
                cycle_number: *cycle_number,
                cycle_days: terms.cycle_days,
                included_hours: terms.included_hours,
                price: terms.price,
            };
            (base_price(line.what.clone(), terms)?, first)
        }
        _ => return Err(FlowError::NotFound),
    };
    answer.differs = line_differences(&charge, Some(line));
    let facts = std::iter::once(first).chain(amount_chain(&charge)).collect();
    answer.charges.push(charge);
    Ok(facts)
}

/// The price of the terms that an upgrade replaced: those of the cycle's beginning, or of the upgrade before.
async fn price_before(app: &App, order: &OrderRecord, cycle: &Cycle) -> Result<Money, FlowError> {
    let mut price = None;
    for placed in app.store.lines(order.tenant_id, cycle.number).await? {
        match placed.line {
            Line::Started { terms, .. } => price = Some(terms.price),
            Line::Upgraded { order_id, .. } if order_id == order.id => break,
            Line::Upgraded { terms, .. } => price = Some(terms.price),
            Line::Window { .. } | Line::Corrected { .. } | Line::Ended { .. } => {}
        }
    }
    // A cycle from before there were seals has no beginning among its lines, but the order that bought it.
    let bought = match (price, cycle.origin) {
        (None, Origin::Order(bought)) => app.store.order(bought).await?,
        _ => None,
    };
    price.or(bought.map(|order| order.terms.price)).ok_or(FlowError::NotFound)
}
