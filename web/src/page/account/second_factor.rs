//! The second factor: setting it up in three steps, new recovery codes, removing it.

use super::Words;
use super::form::{Form, Meant, SECRETS};
use crate::browser;
use crate::component::ask::turning;
use crate::component::copy::{copied, copy_button};
use crate::component::erased::{part, say, t};
use crate::component::fetched::{Extent, fetched};
use crate::component::field::Kind;
use crate::component::shape::{Button, holder, para, titled_at};
use crate::format::whole;
use crate::i18n::Lang;
use crate::json::{self, object};
use crate::page::sign_form::{FieldFaults, empty, summary};
use crate::present::people::typed_code;
use crate::present::problem::Failure;
use leptos::prelude::*;
use shared::api::people::{NewSecondFactor, Profile, RecoveryCodes};
use shared::api::problem::ErrorCode;

/// The id of the section's title.
const TITLE: &str = "second-factor";

/// The file in which recovery codes are kept.
const FILE: &str = "hourglass-recovery-codes.txt";

const CONFIRMING: Meant = &[
    (ErrorCode::SecondFactorNeeded, "code", Lang::err_second_factor),
    (ErrorCode::WrongState, "code", Lang::factor_changed),
];

/// Where somebody is in it.
#[derive(Clone)]
enum Step {
    /// Nowhere: it is off, or it is on.
    Resting,
    /// The password is asked for, before anything is set up.
    Begin,
    /// The code is scanned or typed into an app, and the app's first code is asked for.
    Scan(NewSecondFactor),
    /// Recovery codes are shown, this once.
    Keep(Vec<String>),
    /// New recovery codes are asked for.
    Renew,
    /// It is to be removed.
    Remove,
    /// Something has changed at the server, and how it now is was asked for.
    Done,
}

/// The section. The step is not the answer's: codes that are shown once must outlive an answer that comes meanwhile.
pub(super) fn section() -> AnyView {
    let (turned, turn) = turning();
    let step = RwSignal::new(Step::Resting);
    let done = Callback::new(move |()| {
        turn_to(step, Step::Done);
        let _ = turn.try_run(());
    });
    let draw = move |text: &str| {
        let profile: Profile = json::read(text)?;
        if untrack(|| step.with(|step| matches!(step, Step::Done))) {
            turn_to(step, Step::Resting);
        }
        Some(drawn(profile.has_second_factor, profile.recovery_codes_left, step, done))
    };
    fetched("/me/profile".to_owned(), turned, Extent::Box, Box::new(draw))
}

fn drawn(on: bool, codes_left: u32, step: RwSignal<Step>, done: Callback<()>) -> AnyView {
    let shown = part(move || match step.get() {
        Step::Done => para("small", t(Lang::loading)),
        Step::Resting if on => is_on(codes_left, step),
        Step::Resting => is_off(step),
        Step::Begin => begin(step),
        Step::Scan(new) => scan(&new, step),
        Step::Keep(codes) => keep(codes, done),
        Step::Renew => proof(false, step, done),
        Step::Remove => proof(true, step, done),
    });
    titled_at(TITLE, Lang::factor_title, shown.into_any())
}

/// To another step. What was pressed is gone with the one before, so the keyboard goes to the title.
fn turn_to(step: RwSignal<Step>, next: Step) {
    if step.try_set(next).is_none() {
        request_animation_frame(|| browser::focus(TITLE));
    }
}

fn is_off(step: RwSignal<Step>) -> AnyView {
    let button = Button::new(t(Lang::factor_begin), move || turn_to(step, Step::Begin));
    vec![para("", t(Lang::factor_off)), button.class("button primary").testid("factor-begin").draw()].into_any()
}

fn is_on(codes_left: u32, step: RwSignal<Step>) -> AnyView {
    let left = say(move |lang| lang.codes_left(&whole(lang, codes_left.into())));
    let renew = Button::new(t(Lang::codes_renew), move || turn_to(step, Step::Renew)).testid("codes-renew").draw();
    let remove = Button::new(t(Lang::factor_remove), move || turn_to(step, Step::Remove));
    let remove = remove.class("button danger").testid("factor-remove").draw();
    vec![para("", t(Lang::factor_on)), para("small", left), holder("div", "buttons", vec![renew, remove])].into_any()
}

/// The way back to where nothing was asked.
fn cancel(step: RwSignal<Step>) -> AnyView {
    Button::new(t(Lang::back_out), move || turn_to(step, Step::Resting)).testid("factor-cancel").draw()
}

fn password(form: Form, value: RwSignal<String>) -> AnyView {
    form.faults.field(
        "password",
        Kind::Password,
        "current-password",
        [Lang::current_password, Lang::factor_password_hint],
        value,
    )
}

fn code(form: Form, kind: Kind, hint: Words, value: RwSignal<String>) -> AnyView {
    form.faults.field("code", kind, "one-time-code", [Lang::field_code, hint], value)
}

fn begin(step: RwSignal<Step>) -> AnyView {
    let form = Form::new("factor-summary");
    let typed = RwSignal::new(String::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let known = typed.get_untracked();
        if !form.faults.none_among(empty(&[("password", &known, Lang::need_password)])) {
            return;
        }
        let body = object(&[("password", &known)]);
        form.post("/me/second-factor", body, SECRETS, Lang::factor_ready, move |text| match json::read(text) {
            Some(new) => turn_to(step, Step::Scan(new)),
            None => form.faults.refuse(Failure::Unreadable),
        });
    };
    view! {
        {para("small", t(Lang::factor_step_password))}
        <form novalidate on:submit=send>
            {summary(form.faults, &["password"])} {password(form, typed)}
            <div class="buttons">{form.button("factor-next", "button primary", Lang::factor_next)} {cancel(step)}</div>
        </form>
    }
    .into_any()
}

fn scan(new: &NewSecondFactor, step: RwSignal<Step>) -> AnyView {
    let form = Form::new("factor-summary");
    let typed = RwSignal::new(String::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let shown = typed_code(&typed.get_untracked());
        if !form.faults.none_among(empty(&[("code", &shown, Lang::need_code)])) {
            return;
        }
        let body = object(&[("code", &shown)]);
        form.post("/me/second-factor/confirm", body, CONFIRMING, Lang::factor_is_on, move |text| {
            took(text, form, step);
        });
    };
    view! {
        {para("small", t(Lang::factor_step_scan))}
        <img class="qr" width="220" height="220" src=browser::picture(&new.qr_svg) alt=t(Lang::factor_qr) />
        {copied("secret", Lang::factor_secret, new.secret.clone())}
        <form novalidate on:submit=send>
            {summary(form.faults, &["code"])} {code(form, Kind::Code, Lang::hint_code, typed)}
            <div class="buttons">{form.button("factor-confirm", "button primary", Lang::factor_confirm)} {cancel(step)}</div>
        </form>
    }
    .into_any()
}

/// New recovery codes came.
fn took(text: &str, form: Form, step: RwSignal<Step>) {
    match json::read::<RecoveryCodes>(text) {
        Some(came) => turn_to(step, Step::Keep(came.codes)),
        None => form.faults.refuse(Failure::Unreadable),
    }
}

/// The codes, this once, and three ways to keep them.
fn keep(codes: Vec<String>, done: Callback<()>) -> AnyView {
    let whole_text = codes.join("\n");
    let file = whole_text.clone();
    let download = Button::new(t(Lang::codes_download), move || {
        if let Some(file) = browser::text_file(&file) {
            browser::keep(&file, FILE);
        }
    });
    let print = Button::new(t(Lang::print), browser::print);
    let finish = Button::new(t(Lang::codes_kept), move || {
        let _ = done.try_run(());
    });
    let row = |code: String| view! { <li>{code}</li> };
    view! {
        <div class="recovery" data-testid="recovery-codes">
            {para("", t(Lang::codes_lead))}
            <ol class="codes" lang="en" translate="no">
                {codes.into_iter().map(row).collect_view()}
            </ol>
            <div class="buttons">
                {copy_button("codes", whole_text)} {download.testid("codes-download").draw()}
                {print.testid("codes-print").draw()}
            </div>
            {finish.class("button primary").testid("codes-kept").draw()}
        </div>
    }
    .into_any()
}

/// Password and code together: to remove the factor, or for new recovery codes.
fn proof(removes: bool, step: RwSignal<Step>, done: Callback<()>) -> AnyView {
    let form = Form::new("factor-summary");
    let (secret, typed) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (known, shown) = (secret.get_untracked(), typed_code(&typed.get_untracked()));
        if !form.faults.none_among(left_empty(&known, &shown)) {
            return;
        }
        let body = object(&[("password", &known), ("code", &shown)]);
        if removes {
            form.post("/me/second-factor/remove", body, SECRETS, Lang::factor_is_off, move |_| {
                let _ = done.try_run(());
            });
        } else {
            let taken = move |text: &str| took(text, form, step);
            form.post("/me/second-factor/recovery-codes", body, SECRETS, Lang::codes_new, taken);
        }
    };
    let (lead, class, act): (Words, _, Words) = if removes {
        (Lang::factor_remove_effect, "button danger", Lang::factor_remove)
    } else {
        (Lang::codes_renew_effect, "button primary", Lang::codes_renew)
    };
    view! {
        {para("", t(lead))}
        <form novalidate on:submit=send>
            {summary(form.faults, &["password", "code"])} {password(form, secret)}
            {code(form, Kind::Plain, Lang::hint_code_or_recovery, typed)}
            <div class="buttons">{form.button("factor-go", class, act)} {cancel(step)}</div>
        </form>
    }
    .into_any()
}

fn left_empty(password: &str, code: &str) -> FieldFaults {
    empty(&[("password", password, Lang::need_password), ("code", code, Lang::need_code)])
}
