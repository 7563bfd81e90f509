//! What became of a payment. Works without a session by the token of its address; asks the server, never the address.

use crate::address::sign_in_to;
use crate::browser::{path_and_query, sleep};
use crate::client::client;
use crate::component::erased::{Part, part, say, t, when};
use crate::component::heading::heading;
use crate::component::loading::loading;
use crate::component::shape::{holder, link, marked, para, to};
use crate::i18n::Lang;
use crate::present::problem::Failure;
use crate::session::session;
use crate::store::voice::voice;
use crate::way::way;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::payments::{PaymentState, PaymentView};
use std::time::Duration;

mod receipt;
mod watch;

/// The first pause between two looks.
const PAUSE_MIN: Duration = Duration::from_secs(2);
/// The longest.
const PAUSE_MAX: Duration = Duration::from_secs(10);
/// After this many looks a visitor is told that waiting here is not needed.
const PATIENT_LOOKS: u32 = 6;

/// What is known so far.
#[derive(Clone, Copy)]
struct Known {
    view: RwSignal<Option<PaymentView>>,
    trouble: RwSignal<Option<Failure>>,
    patient: RwSignal<bool>,
}

/// The page.
pub(crate) fn page(id: String) -> AnyView {
    let known = Known { view: RwSignal::new(None), trouble: RwSignal::new(None), patient: RwSignal::new(false) };
    ask_until_decided(known, id, way().query("token"));
    let state = move || known.view.get().map(|view| view.state);
    let lost = Memo::new(move |_| known.trouble.get().is_some_and(|trouble| is_final(&trouble)));
    let unknown = move || lost.get() && state().is_none();
    let title = say(move |lang| title(lang, state(), unknown()).to_owned());
    let voice = voice();
    Effect::new(move |before: Option<()>| {
        let title = title.get();
        // The first outcome is read out by the heading, which has the keyboard.
        if before.is_some() {
            voice.answer(title);
        }
    });
    let shown = part(move || match state() {
        Some(state) => decided(known, state),
        None if unknown() => {
            vec![para("", t(Lang::ret_unknown_text)), holder("div", "buttons", vec![onward().into_any()])].into_any()
        }
        None => loading(1, None::<Callback<()>>),
    });
    let in_trouble = move || !lost.get() && known.trouble.get().is_some();
    let trouble = when(in_trouble, || para("refusal", t(Lang::ret_trouble)));
    let now = Signal::derive(move || state().map(|state| state.name().to_owned()));
    let hooks = vec![("data-testid", to("payment")), ("data-state", now)];
    marked("div", "narrow", hooks, vec![heading(title, true), shown.into_any(), trouble.into_any()])
}

/// Asks at once, then every 2 s growing to 10 s, as long as the gateway has not spoken and the page is open.
fn ask_until_decided(known: Known, id: String, token: Option<String>) {
    let client = client();
    spawn_local(async move {
        let (mut pause, mut looks) = (PAUSE_MIN, 0_u32);
        loop {
            match client.payment(&id, token.as_deref()).await {
                Ok(view) => {
                    let open = view.state == PaymentState::Open;
                    known.trouble.try_set(None);
                    // Payment states move forward only; an answer that overtook another must not turn them back.
                    if !(open && known.view.try_with_untracked(Option::is_some).unwrap_or(true))
                        && known.view.try_set(Some(view)).is_some()
                    {
                        return;
                    }
                    if !open {
                        return;
                    }
                }
                Err(failure) => {
                    let over = is_final(&failure);
                    if known.trouble.try_set(Some(failure)).is_some() || over {
                        return;
                    }
                }
            }
            looks += 1;
            if known.patient.try_set(looks >= PATIENT_LOOKS).is_some() {
                return;
            }
            sleep(pause).await;
            pause = (pause * 5 / 4).min(PAUSE_MAX);
        }
    });
}

/// Whether asking again cannot help: a refusal, unless the server itself is in trouble.
fn is_final(failure: &Failure) -> bool {
    use shared::api::problem::ErrorCode::{Internal, RateLimited, Unavailable};
    failure.code().is_some_and(|code| !matches!(code, Internal | RateLimited | Unavailable))
}

fn decided(known: Known, state: PaymentState) -> AnyView {
    let text = say(move |lang| {
        let panel = known.view.get().map(|view| view.tenant_name).unwrap_or_default();
        text(lang, state, &panel)
    });
    let session = session();
    let next = part(move || {
        let Some(view) = known.view.get() else { return ().into_any() };
        let (testid, href, words): (_, _, fn(Lang) -> &'static str) = match (view.resume_url, view.invoice_id) {
            (Some(page), _) => ("resume", page, Lang::ret_resume),
            (None, Some(invoice)) if session.is_in() => ("invoice", format!("/invoices/{invoice}"), Lang::ret_invoice),
            _ if view.can_retry => ("try-again", format!("/panels/{}/pay", view.tenant_id), Lang::ret_try_again),
            _ => return ().into_any(),
        };
        link(if testid == "invoice" { "button" } else { "button primary" }, testid, to(href), t(words), None)
    });
    let mut said = vec![para("", text)];
    if state == PaymentState::Open {
        said.push(para("", t(Lang::ret_open_safe)));
        said.push(when(move || known.patient.get(), || para("", t(Lang::ret_open_close))).into_any());
    }
    said.push(part(move || known.view.get().map_or_else(|| ().into_any(), receipt::draw)).into_any());
    said.push(part(move || known.view.get().and_then(|view| receipt::charges(view.receipts)).into_any()).into_any());
    if state == PaymentState::Settled {
        said.push(watch::coming_back(known.view).into_any());
    }
    said.push(holder("div", "buttons", vec![next.into_any(), onward().into_any()]));
    said.into_any()
}

/// To the panels, or to the sign-in page and back here.
fn onward() -> Part {
    let session = session();
    part(move || {
        let (href, words): (_, fn(Lang) -> &'static str) = if session.is_in() {
            ("/".to_owned(), Lang::go_to_panels)
        } else {
            (sign_in_to(&path_and_query()), Lang::ret_sign_in)
        };
        link("button", "onward", to(href), t(words), None)
    })
}

const fn title(lang: Lang, state: Option<PaymentState>, unknown: bool) -> &'static str {
    match state {
        None if unknown => lang.ret_unknown_title(),
        None | Some(PaymentState::Open) => lang.ret_open_title(),
        Some(PaymentState::Settled) => lang.ret_settled_title(),
        Some(PaymentState::Failed) => lang.ret_failed_title(),
        Some(PaymentState::Cancelled) => lang.ret_cancelled_title(),
        Some(PaymentState::Expired) => lang.ret_expired_title(),
        Some(PaymentState::Held) => lang.ret_held_title(),
        Some(PaymentState::Mismatch) => lang.ret_mismatch_title(),
        Some(PaymentState::Credited) => lang.ret_credited_title(),
        Some(PaymentState::Refunded) => lang.ret_refunded_title(),
    }
}

fn text(lang: Lang, state: PaymentState, panel: &str) -> String {
    match state {
        PaymentState::Open => lang.ret_open_text(),
        PaymentState::Settled => return lang.ret_settled_text(panel),
        PaymentState::Failed => lang.ret_failed_text(),
        PaymentState::Cancelled => lang.ret_cancelled_text(),
        PaymentState::Expired => lang.ret_expired_text(),
        PaymentState::Held => lang.ret_held_text(),
        PaymentState::Mismatch => lang.ret_mismatch_text(),
        PaymentState::Credited => lang.ret_credited_text(),
        PaymentState::Refunded => lang.ret_refunded_text(),
    }
    .to_owned()
}
