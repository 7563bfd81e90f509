//! A button, the question that it asks first, and the request that follows: nothing that moves money is one slip away.

use crate::browser;
use crate::client::client;
use crate::component::erased::{part, t, when};
use crate::component::shape::{Button, either, para};
use crate::component::trouble::refusal;
use crate::i18n::Lang;
use crate::prefs::prefs;
use crate::present::problem::Failure;
use crate::store::panels::panels;
use crate::store::voice::voice;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Something to fill in.
#[derive(Clone)]
pub(super) struct Blank {
    /// Its name, and the end of its test hook.
    pub(super) id: &'static str,
    /// Above it.
    pub(super) label: fn(Lang) -> &'static str,
    /// Under the label.
    pub(super) hint: fn(Lang) -> &'static str,
    /// What stands there at first.
    pub(super) first: String,
    /// How long it may be.
    pub(super) most: u16,
    /// Whether it may not be left empty.
    pub(super) needed: bool,
    /// Whether nobody may read it over a shoulder.
    pub(super) secret: bool,
}

/// What is sent.
pub(super) struct Request {
    /// The address below the API's.
    pub(super) path: String,
    /// The body.
    pub(super) body: Option<String>,
    /// Whether the address wants an `Idempotency-Key`.
    pub(super) keyed: bool,
    /// For a `PUT`: what of the thing was read.
    pub(super) tag: Option<String>,
}

/// Makes the request of what was filled in, or says what is wrong with that.
type Make = Arc<dyn Fn(&[String]) -> Result<Request, Words> + Send + Sync>;

/// A text of fixed words.
type Words = fn(Lang) -> &'static str;

/// An act.
#[derive(Clone)]
pub(super) struct Ask {
    /// Its name: on the button, above the question, and on the button that does it.
    pub(super) act: fn(Lang) -> &'static str,
    /// What it does.
    pub(super) effect: fn(Lang) -> &'static str,
    /// The test hook of the first button; the second has `-go` after it.
    pub(super) testid: String,
    /// Whether it stands out.
    pub(super) class: &'static str,
    /// What is filled in.
    pub(super) blanks: Vec<Blank>,
    /// The request.
    pub(super) make: Make,
}

/// What goes on in an open question.
#[derive(Clone, Copy)]
struct Now {
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    fault: RwSignal<Option<Words>>,
    failed: RwSignal<Option<Failure>>,
    typed: RwSignal<Vec<String>>,
    key: StoredValue<String>,
}

impl Ask {
    /// Draws the button with its dialog. `done` is called once the server has done it.
    pub(super) fn draw(self, done: Callback<()>) -> AnyView {
        let now = Now {
            open: RwSignal::new(false),
            busy: RwSignal::new(false),
            fault: RwSignal::new(None),
            failed: RwSignal::new(None),
            typed: RwSignal::new(Vec::new()),
            key: StoredValue::new(String::new()),
        };
        let dialog = NodeRef::<html::Dialog>::new();
        Effect::new(move |_| {
            let Some(element) = dialog.get() else { return };
            if !now.open.get() {
                element.close();
                return;
            }
            // In the next frame: what is not drawn yet cannot take the keyboard.
            request_animation_frame(move || {
                if !element.open() {
                    let _ = element.show_modal();
                }
            });
        });
        let first: Vec<String> = self.blanks.iter().map(|blank| blank.first.clone()).collect();
        let ask = move || {
            now.typed.set(first.clone());
            now.fault.set(None);
            now.failed.set(None);
            now.key.set_value(browser::fresh_key());
            now.open.set(true);
        };
        let offline = panels().offline;
        let button = Button::new(t(self.act), ask).class(self.class).testid(self.testid.clone());
        let title = format!("{}-title", self.testid);
        let labelled = title.clone();
        let inside = when(move || now.open.get(), move || self.clone().question(now, title.clone(), done));
        view! {
            {button.off(move || offline.get()).draw()}
            <dialog node_ref=dialog aria-labelledby=labelled on:close=move |_| now.open.set(false)>
                {inside}
            </dialog>
        }
        .into_any()
    }

    fn question(self, now: Now, title: String, done: Callback<()>) -> AnyView {
        let Self { act, effect, testid, blanks, make, .. } = self;
        let fields: Vec<AnyView> =
            blanks.iter().enumerate().map(|(at, blank)| field(now, at, blank.clone(), &testid)).collect();
        let send = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            submit(now, &blanks, &make, done);
        };
        let fault = part(move || match now.fault.get() {
            Some(fault) => view! { <p class="error" role="alert">{t(fault)}</p> }.into_any(),
            None => ().into_any(),
        });
        let go = Button::submit(either(move || now.busy.get(), Lang::working, act)).class("button primary");
        view! {
            <form novalidate on:submit=send>
                <h2 id=title>{t(act)}</h2>
                {para("", t(effect))} {fields} {fault} {refusal(now.failed)}
                <div class="buttons">
                    {Button::new(t(Lang::cancel), move || now.open.set(false)).testid("cancel").draw()}
                    {go.testid(format!("{testid}-go")).off(move || now.busy.get()).draw()}
                </div>
            </form>
        }
        .into_any()
    }
}

fn field(now: Now, at: usize, blank: Blank, testid: &str) -> AnyView {
    let id = format!("{testid}-{}", blank.id);
    let hint = format!("{id}-hint");
    let write = move |text: String| {
        now.typed.update(|typed| {
            if let Some(place) = typed.get_mut(at) {
                *place = text;
            }
        });
    };
    view! {
        <div class="field">
            <label for=id.clone()>{t(blank.label)}</label>
            <p class="hint small" id=hint.clone()>
                {t(blank.hint)}
            </p>
            <input
                id=id.clone()
                type=if blank.secret { "password" } else { "text" }
                autocomplete=if blank.secret { "new-password" } else { "off" }
                maxlength=blank.most.to_string()
                value=blank.first
                data-testid=id
                aria-describedby=hint
                on:input:target=move |event| write(event.target().value())
            />
        </div>
    }
    .into_any()
}

fn submit(now: Now, blanks: &[Blank], make: &Make, done: Callback<()>) {
    if now.busy.get_untracked() {
        return;
    }
    let typed: Vec<String> = now.typed.get_untracked().iter().map(|text| text.trim().to_owned()).collect();
    let is_empty = blanks.iter().zip(&typed).any(|(blank, text)| blank.needed && text.is_empty());
    let made = if is_empty { Err(Lang::desk_needed as Words) } else { make(&typed) };
    let request = match made {
        Ok(request) => request,
        Err(fault) => return now.fault.set(Some(fault)),
    };
    now.fault.set(None);
    now.failed.set(None);
    now.busy.set(true);
    let (client, voice, prefs) = (client(), voice(), prefs());
    let key = request.keyed.then(|| now.key.get_value());
    spawn_local(async move {
        let header = request.tag.map(|tag| ("If-Match", tag)).or(key.map(|key| ("Idempotency-Key", key)));
        let outcome = client.decide(request.path, request.body, header).await;
        let _ = now.busy.try_set(false);
        match outcome {
            Ok(()) => {
                let _ = now.open.try_set(false);
                voice.answer(prefs.lang_now().desk_done().to_owned());
                done.run(());
            }
            Err(failure) => {
                if !matches!(failure, Failure::Slow | Failure::Offline) {
                    // Answered, and refused: the next try is another request.
                    let _ = now.key.try_update_value(|key| *key = browser::fresh_key());
                }
                let _ = now.failed.try_set(Some(failure));
            }
        }
    });
}

/// A number that pages watch, and what turns it: everything drawn from the server is then asked for again.
pub(super) fn turning() -> (Signal<u32>, Callback<()>) {
    let turned = RwSignal::new(0_u32);
    let turn = Callback::new(move |()| {
        let _ = turned.try_update(|turned| *turned = turned.wrapping_add(1));
    });
    (turned.into(), turn)
}
