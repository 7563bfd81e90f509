//! The operator's desk as markup and words: alerts, payments, charges, refunds, comparisons.

use super::markup::Markup;
use super::problem::Failure;
use crate::format::calendar::date_time;
use crate::format::{money, whole};
use crate::i18n::Lang;
use shared::api::alerts::{AlertKind, AlertView, ReconciliationView, Remedy};
use shared::api::manual::{ManualMethod, ManualPaymentView, ManualState};
use shared::api::payments::{InboxRow, PaymentRow, PaymentState, PaymentView, ReceiptState, ReceiptView, ReceiptWhy};
use shared::api::problem::ErrorCode;
use shared::api::refunds::{RefundState, RefundView};

/// A text of fixed words.
type Words = fn(Lang) -> &'static str;

/// Every state of a payment, in the order of the filter.
pub const PAYMENT_STATES: [PaymentState; 9] = [
    PaymentState::Open,
    PaymentState::Settled,
    PaymentState::Held,
    PaymentState::Mismatch,
    PaymentState::Credited,
    PaymentState::Refunded,
    PaymentState::Failed,
    PaymentState::Cancelled,
    PaymentState::Expired,
];

/// A payment's state in words.
#[must_use]
pub fn payment_state(state: PaymentState) -> Words {
    match state {
        PaymentState::Open => Lang::state_pay_open,
        PaymentState::Settled => Lang::state_pay_settled,
        PaymentState::Held => Lang::state_pay_held,
        PaymentState::Mismatch => Lang::state_pay_mismatch,
        PaymentState::Credited => Lang::state_pay_credited,
        PaymentState::Failed => Lang::state_pay_failed,
        PaymentState::Cancelled => Lang::state_pay_cancelled,
        PaymentState::Expired => Lang::state_pay_expired,
        PaymentState::Refunded => Lang::state_pay_refunded,
    }
}

/// What colour a state has: what waits for a person stands out.
pub(super) const fn payment_colour(state: PaymentState) -> &'static str {
    match state {
        PaymentState::Open => "blue",
        PaymentState::Settled => "green",
        PaymentState::Held | PaymentState::Mismatch => "orange",
        PaymentState::Credited => "yellow",
        PaymentState::Failed | PaymentState::Cancelled | PaymentState::Expired | PaymentState::Refunded => "grey",
    }
}

/// What is the matter, in words.
#[must_use]
pub const fn alert_kind(lang: Lang, kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::PaymentHeld => lang.alert_payment_held(),
        AlertKind::SecondCharge => lang.alert_second_charge(),
        AlertKind::RefundFailed => lang.alert_refund_failed(),
        AlertKind::RefundUnclear => lang.alert_refund_unclear(),
        AlertKind::PaidThere => lang.alert_paid_there(),
        AlertKind::UnknownThere => lang.alert_unknown_there(),
        AlertKind::AmountDiffers => lang.alert_amount_differs(),
        AlertKind::FeeDiffers => lang.alert_fee_differs(),
        AlertKind::ServerSilent => lang.alert_server_silent(),
        AlertKind::NoRoom => lang.alert_no_room(),
        AlertKind::JobStuck => lang.alert_job_stuck(),
        AlertKind::PromiseStuck => lang.alert_promise_stuck(),
        AlertKind::CopyFailed => lang.alert_copy_failed(),
        AlertKind::DatabaseKept => lang.alert_database_kept(),
        AlertKind::PostSilent => lang.alert_post_silent(),
        AlertKind::LetterGivenUp => lang.alert_letter_given_up(),
    }
}

/// What can be done about it, on a button.
#[must_use]
pub fn remedy(remedy: Remedy) -> Words {
    match remedy {
        Remedy::Accept => Lang::remedy_accept,
        Remedy::Refund => Lang::remedy_refund,
        Remedy::Book => Lang::remedy_book,
        Remedy::TakeFee => Lang::remedy_take_fee,
        Remedy::AskAgain => Lang::remedy_ask_again,
        Remedy::Acknowledge => Lang::remedy_acknowledge,
    }
}

/// What that does.
#[must_use]
pub fn remedy_effect(remedy: Remedy) -> Words {
    match remedy {
        Remedy::Accept => Lang::effect_accept,
        Remedy::Refund => Lang::effect_refund,
        Remedy::Book => Lang::effect_book,
        Remedy::TakeFee => Lang::effect_take_fee,
        Remedy::AskAgain => Lang::effect_ask_again,
        Remedy::Acknowledge => Lang::effect_acknowledge,
    }
}

/// A failure in the operator's words: what the customer's pages never offer is worded here.
#[must_use]
pub fn trouble(failure: &Failure, lang: Lang) -> String {
    let words = match failure.code() {
        Some(ErrorCode::NotRefundable) => lang.err_not_refundable(),
        Some(ErrorCode::SecondPersonNeeded) => lang.err_second_person(),
        Some(ErrorCode::AlreadyDecided) => lang.err_decided(),
        Some(ErrorCode::ReferenceTaken) => lang.err_reference_taken(),
        Some(ErrorCode::ReconciliationRunning) => lang.err_comparing(),
        Some(ErrorCode::StillDiffers) => lang.err_still_differs(),
        _ => return failure.words(lang),
    };
    words.to_owned()
}

/// What was promised of a panel and is not done yet.
fn promised(lang: Lang, promise: &str) -> Option<&'static str> {
    Some(match promise {
        "set_up_panel" => lang.promise_set_up(),
        "open_panel" => lang.promise_open(),
        "close_panel" => lang.promise_close(),
        "remove_panel" => lang.promise_remove(),
        _ => return None,
    })
}

/// What an alert is about, and what is said of it.
fn about(lang: Lang, view: &AlertView, out: &mut Markup) {
    out.tags("<p class=\"row-head\">");
    if let Some(tenant) = view.tenant_id {
        out.within("<a href=\"/panels/", &tenant.to_string(), "\">").within("", &view.tenant_name, "</a> ");
    }
    if view.server_id.is_some() {
        out.within("<a href=\"/operator/servers\">", view.here.as_deref().unwrap_or_default(), "</a> ");
    }
    out.within("<span class=\"small\">", &date_time(lang, view.at), "</span></p>");
    let Some(payment) = view.payment_id else {
        if let Some(promised) = view.here.as_deref().and_then(|promise| promised(lang, promise)) {
            out.within("<p>", promised, "</p>");
        }
        if let Some(said) = &view.there {
            out.within("<p class=\"error\" lang=\"en\">", said, "</p>");
        }
        return;
    };
    out.within("<p class=\"small\"><a href=\"/operator/payments/", &payment.to_string(), "\">").within(
        "<span lang=\"en\" translate=\"no\">",
        &view.reference,
        "</span></a></p>",
    );
    if view.here.is_some() || view.there.is_some() {
        let nothing = lang.desk_nothing();
        out.tags("<dl class=\"facts\">")
            .fact(lang.desk_here(), view.here.as_deref().unwrap_or(nothing))
            .fact(lang.desk_there(), view.there.as_deref().unwrap_or(nothing))
            .tags("</dl>");
    }
}

/// An alert under its title.
#[must_use]
pub fn alert(lang: Lang, view: &AlertView) -> String {
    let mut out = Markup::default();
    about(lang, view, &mut out);
    if let Some(at) = view.resolved_at {
        let how = view.remedy.map_or(Lang::desk_by_itself as Words, remedy)(lang);
        out.within("<p><span class=\"badge green\">", &lang.desk_resolved(how, &date_time(lang, at)), "</span></p>");
        if let Some(note) = &view.note {
            out.within("<p>", note, "</p>");
        }
    }
    out.done()
}

/// A word with a colour.
pub(super) fn badge(out: &mut Markup, colour: &'static str, words: &str) {
    out.tags("<span class=\"badge ").tags(colour).within("\">", words, "</span>");
}

/// Payments as a list, each with a link.
#[must_use]
pub fn payments(lang: Lang, rows: &[PaymentRow]) -> String {
    let mut out = Markup::default();
    out.tags("<ul class=\"rows\">");
    for row in rows {
        out.within("<li class=\"document\"><a href=\"/operator/payments/", &row.payment_id.to_string(), "\">")
            .within("<span lang=\"en\" translate=\"no\">", &row.reference, "</span></a>")
            .within("<strong>", &money(lang, row.amount), "</strong><p class=\"small\">");
        badge(&mut out, payment_colour(row.state), payment_state(row.state)(lang));
        out.within(" <span>", &row.tenant_name, "</span> · ")
            .within("<span>", row.method.as_deref().unwrap_or(&row.gateway), "</span> · ")
            .within("<span>", &date_time(lang, row.created_at), "</span></p></li>");
    }
    out.tags("</ul>");
    out.done()
}

/// The facts of a payment.
#[must_use]
pub fn payment_facts(lang: Lang, view: &PaymentView) -> String {
    let mut out = Markup::default();
    out.tags("<p>");
    badge(&mut out, payment_colour(view.state), payment_state(view.state)(lang));
    out.tags("</p><dl class=\"facts\">");
    out.within("<div><dt>", lang.desk_panel(), "</dt><dd>")
        .within("<a href=\"/panels/", &view.tenant_id.to_string(), "\">")
        .within("", &view.tenant_name, "</a></dd></div>");
    out.fact(lang.desk_amount(), &money(lang, view.amount));
    if view.credit_used.minor > 0 {
        out.fact(lang.desk_credit_used(), &money(lang, view.credit_used));
    }
    out.fact(lang.desk_gateway(), &view.gateway);
    if let Some(method) = &view.method {
        out.fact(lang.desk_method(), method);
    }
    out.fact(lang.desk_started(), &date_time(lang, view.created_at));
    if let Some(at) = view.settled_at {
        out.fact(lang.desk_booked(), &date_time(lang, at));
    }
    if let Some(invoice) = view.invoice_id {
        out.within("<div><dt>", lang.desk_invoice(), "</dt><dd>")
            .within("<a href=\"/invoices/", &invoice.to_string(), "\">")
            .within("", lang.desk_show(), "</a></dd></div>");
    }
    out.tags("</dl>");
    out.done()
}

/// A charge: how much, what became of it, and why.
#[must_use]
pub fn receipt(lang: Lang, view: &ReceiptView) -> String {
    let (colour, state) = match view.state {
        ReceiptState::Settled => ("green", lang.receipt_settled()),
        ReceiptState::Credited => ("yellow", lang.receipt_credited()),
        ReceiptState::Held => ("orange", lang.receipt_held()),
        ReceiptState::Returned => ("grey", lang.receipt_returned()),
    };
    let why = match view.why {
        ReceiptWhy::AsOrdered => lang.why_as_ordered(),
        ReceiptWhy::NothingToSettle => lang.why_nothing_to_settle(),
        ReceiptWhy::Second => lang.why_second(),
        ReceiptWhy::Risky => lang.why_is_risky(),
        ReceiptWhy::NotAsOrdered => lang.why_other_amount(),
    };
    let charged = view.charged.map(|charged| money(lang, charged)).unwrap_or_default();
    let mut out = Markup::default();
    out.within("<p class=\"row-head\"><strong>", &charged, "</strong> ");
    badge(&mut out, colour, state);
    out.within(" <span class=\"small\">", why, "</span></p><p class=\"small\">");
    out.within("<span lang=\"en\" translate=\"no\">", &view.reference, "</span> · ");
    if let Some(method) = &view.method {
        out.put(method).tags(" · ");
    }
    if let Some(fee) = view.fee {
        out.put(&lang.desk_fee(&money(lang, fee))).tags(" · ");
    }
    if let Some(back) = view.refunded.filter(|back| back.minor > 0) {
        out.put(&lang.desk_sent_back(&money(lang, back))).tags(" · ");
    }
    out.put(&date_time(lang, view.at)).tags("</p>");
    out.done()
}

/// A refund: how much, how far, why, and what the gateway said.
#[must_use]
pub fn refund(lang: Lang, view: &RefundView) -> String {
    let (colour, state) = match view.state {
        RefundState::Requested => ("blue", lang.refund_is_requested()),
        RefundState::Processing => ("blue", lang.refund_is_processing()),
        RefundState::Refunded => ("green", lang.refund_is_refunded()),
        RefundState::Cancelled => ("red", lang.refund_is_cancelled()),
    };
    let mut out = Markup::default();
    out.within("<p class=\"row-head\"><strong>", &money(lang, view.amount), "</strong> ");
    badge(&mut out, colour, state);
    out.within(" <a href=\"/operator/payments/", &view.payment_id.to_string(), "\">")
        .within("", &view.tenant_name, "</a></p>")
        .within("<p>", &view.reason, "</p><p class=\"small\">")
        .within("<span lang=\"en\" translate=\"no\">", &view.reference, "</span> · ")
        .put(&date_time(lang, view.finished_at.unwrap_or(view.requested_at)))
        .tags("</p>");
    if let Some(why) = &view.refusal {
        out.within("<p class=\"error\">", &lang.desk_refused(why), "</p>");
    }
    out.done()
}

/// Refunds as a list.
#[must_use]
pub fn refunds(lang: Lang, views: &[RefundView]) -> String {
    let rows: String = views.iter().map(|view| format!("<li>{}</li>", refund(lang, view))).collect();
    format!("<ul class=\"rows\">{rows}</ul>")
}

/// A payment that was recorded.
#[must_use]
pub fn manual(lang: Lang, view: &ManualPaymentView) -> String {
    let (colour, state) = match view.state {
        ManualState::Recorded => ("orange", lang.manual_is_recorded()),
        ManualState::Approved => ("green", lang.manual_is_approved()),
        ManualState::Rejected => ("grey", lang.manual_is_rejected()),
    };
    let method = match view.method {
        ManualMethod::BankTransfer => lang.method_bank(),
        ManualMethod::Cash => lang.method_cash(),
    };
    let mut out = Markup::default();
    out.within("<p class=\"row-head\"><strong>", &money(lang, view.amount), "</strong> ");
    badge(&mut out, colour, state);
    out.within(" <a href=\"/operator/payments/", &view.payment_id.to_string(), "\">")
        .within("", &view.tenant_name, "</a></p><p class=\"small\">")
        .within("", method, " · ")
        .within("<span lang=\"en\" translate=\"no\">", &view.reference, "</span> · ")
        .put(&date_time(lang, view.recorded_at))
        .tags("</p>");
    out.done()
}

/// A table that becomes blocks where the window is narrow. The first cell of a row is its title, and may be a link.
pub(super) fn table(titles: &[&str], rows: Vec<(Option<String>, Vec<String>)>) -> String {
    let mut out = Markup::default();
    out.tags("<table class=\"lines\"><thead><tr>");
    for title in titles {
        out.within("<th scope=\"col\">", title, "</th>");
    }
    out.tags("</tr></thead><tbody>");
    for (link, cells) in rows {
        for (at, (title, cell)) in titles.iter().zip(&cells).enumerate() {
            match (at, &link) {
                (0, Some(link)) => {
                    out.within("<tr><th scope=\"row\"><a href=\"", link, "\">").put(cell).tags("</a></th>");
                }
                (0, None) => {
                    out.within("<tr><th scope=\"row\">", cell, "</th>");
                }
                _ => {
                    out.within("<td data-title=\"", title, "\">").within("", cell, "</td>");
                }
            }
        }
        out.tags("</tr>");
    }
    out.tags("</tbody></table>");
    out.done()
}

/// Messages about a payment.
#[must_use]
pub fn inbox(lang: Lang, rows: &[InboxRow]) -> String {
    let titles =
        [lang.inbox_when(), lang.inbox_via(), lang.inbox_claims(), lang.inbox_signature(), lang.inbox_outcome()];
    let cells = |row: &InboxRow| {
        let outcome = row.outcome.clone().unwrap_or_else(|| lang.inbox_unknown().to_owned());
        let claims = format!("{} {}", row.status, row.val_id);
        (None, vec![date_time(lang, row.received_at), row.via.clone(), claims, row.verdict.clone(), outcome])
    };
    table(&titles, rows.iter().map(cells).collect())
}

/// Comparisons, each with a link to what it found.
#[must_use]
pub fn comparisons(lang: Lang, runs: &[ReconciliationView]) -> String {
    let count = |count: u64| whole(lang, i64::try_from(count).unwrap_or(i64::MAX));
    let titles = [
        lang.run_started(),
        lang.run_finished(),
        lang.run_asked(),
        lang.run_agreed(),
        lang.run_differences(),
        lang.run_unknown(),
    ];
    let cells = |run: &ReconciliationView| {
        let finished = run.finished_at.map_or(lang.run_running().to_owned(), |at| date_time(lang, at));
        let counts = [run.asked, run.agreed, run.differences, run.unknown].map(count);
        let mut cells = vec![date_time(lang, run.started_at), finished];
        cells.extend(counts);
        (Some(format!("/operator/reconciliations/{}", run.reconciliation_id)), cells)
    };
    table(&titles, runs.iter().map(cells).collect())
}
