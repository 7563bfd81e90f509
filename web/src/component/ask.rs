//! A button, the question that it asks first, and the request that follows: nothing that moves money, stops people's work
//! or throws anything away is one slip away.

use crate::browser;
use crate::client::client;
use crate::component::erased::{part, say, t, when};
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
pub(crate) struct Blank {
    /// Its name, and the end of its test hook.
    pub(crate) id: &'static str,
    /// Above it.
    pub(crate) label: fn(Lang) -> &'static str,
    /// Under the label.
    pub(crate) hint: fn(Lang) -> &'static str,
    /// What stands there at first.
    pub(crate) first: String,
    /// How long it may be.
    pub(crate) most: u16,
    /// Whether it may not be left empty.
    pub(crate) needed: bool,
    /// Nobody may read it over a shoulder; what the browser may fill in.
    pub(crate) secret: Option<&'static str>,
}

/// What is sent.
pub(crate) struct Request {
    /// The address below the API's.
    pub(crate) path: String,
    /// The body.
    pub(crate) body: Option<String>,
    /// Whether the address wants an `Idempotency-Key`.
    pub(crate) keyed: bool,
    /// For a `PUT`: what of the thing was read.
    pub(crate) tag: Option<String>,
}

/// Makes the request of what was filled in, or says what is wrong with that.
type Make = Arc<dyn Fn(&[String]) -> Result<Request, Words> + Send + Sync>;

/// A text of fixed words.
type Words = fn(Lang) -> &'static str;

/// An act.
#[derive(Clone)]
pub(crate) struct Ask {
    /// Its name: on the button, above the question, and on the button that does it.
    pub(crate) act: fn(Lang) -> &'static str,
    /// What it does.
    pub(crate) effect: fn(Lang) -> &'static str,
    /// The test hook of the first button; the second has `-go` after it.
    pub(crate) testid: String,
    /// Whether it stands out.
    pub(crate) class: &'static str,
    /// What is filled in.
    pub(crate) blanks: Vec<Blank>,
    /// The request.
    pub(crate) make: Make,
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

impl Now {
    fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            busy: RwSignal::new(false),
            fault: RwSignal::new(None),
            failed: RwSignal::new(None),
            typed: RwSignal::new(Vec::new()),
            key: StoredValue::new(browser::fresh_key()),
        }
    }
}

/// An act, and how it is asked about.
#[derive(Clone)]
struct Asked {
    ask: Ask,
    /// Above the question; also the first button's name for those who hear the page.
    title: Signal<String>,
    /// What has to be typed before it is done.
    confirm: Option<String>,
    /// The classes of the button that does it.
    go: &'static str,
    /// Said once the server took it.
    said: Words,
    /// Called then.
    done: Callback<()>,
}

impl Ask {
    /// Draws the button with its dialog. `done` is called once the server has done it.
    pub(crate) fn draw(self, done: Callback<()>) -> AnyView {
        let title = t(self.act);
        Asked { ask: self, title, confirm: None, go: "button primary", said: Lang::desk_done, done }.draw()
    }

    /// The same for what interrupts people or loses something: the question names the `thing`, and with `confirm` its name
    /// has to be typed.
    pub(crate) fn warn(self, thing: Signal<String>, confirm: Option<String>, done: Callback<()>) -> AnyView {
        let act = self.act;
        let title = say(move |lang| lang.action_of(act(lang), &thing.get()));
        Asked { ask: self, title, confirm, go: "button danger", said: Lang::accepted, done }.draw()
    }

    /// Draws a button that does it at once: for what harms nobody. What went wrong stands under it.
    pub(crate) fn at_once(self, done: Callback<()>) -> AnyView {
        let now = Now::new();
        let Self { act, testid, class, .. } = self.clone();
        let asked = Asked { title: t(act), ask: self, confirm: None, go: "", said: Lang::accepted, done };
        let button = Button::new(either(move || now.busy.get(), Lang::working, act), move || asked.submit(now));
        let offline = panels().offline;
        let button = button.class(class).testid(testid).off(move || now.busy.get() || offline.get());
        vec![button.draw(), refusal(now.failed).into_any()].into_any()
    }
}

impl Asked {
    fn draw(self) -> AnyView {
        let now = Now::new();
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
        let mut first: Vec<String> = self.ask.blanks.iter().map(|blank| blank.first.clone()).collect();
        first.extend(self.confirm.iter().map(|_| String::new()));
        let ask = move || {
            now.typed.set(first.clone());
            now.fault.set(None);
            now.failed.set(None);
            now.key.set_value(browser::fresh_key());
            now.open.set(true);
        };
        let offline = panels().offline;
        let Ask { act, class, testid, .. } = self.ask.clone();
        let title = format!("{testid}-title");
        let button = Button::new(t(act), ask).class(class).testid(testid).spoken(self.title);
        let inside = when(move || now.open.get(), move || self.clone().question(now));
        view! {
            {button.off(move || offline.get()).draw()}
            <dialog
                node_ref=dialog
                aria-labelledby=title
                on:cancel=move |event: web_sys::Event| {
                    if now.busy.get_untracked() {
                        event.prevent_default();
                    }
                }
                on:close=move |_| now.open.set(false)
            >
                {inside}
            </dialog>
        }
        .into_any()
    }

    fn question(self, now: Now) -> AnyView {
        let Ask { act, effect, testid, blanks, .. } = self.ask.clone();
        let (title, go, confirm) = (self.title, self.go, self.confirm.clone());
        let mut fields: Vec<AnyView> =
            blanks.into_iter().enumerate().map(|(at, blank)| field(now, at, t(blank.label), &blank, &testid)).collect();
        if let Some(name) = confirm {
            let label = say(move |lang| lang.confirm_type(&name));
            fields.push(field(now, fields.len(), label, &typed_name(), &testid));
        }
        let send = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            self.submit(now);
        };
        let fault = part(move || match now.fault.get() {
            Some(fault) => view! { <p class="error" role="alert">{t(fault)}</p> }.into_any(),
            None => ().into_any(),
        });
        let go = Button::submit(either(move || now.busy.get(), Lang::working, act)).class(go);
        // What is under way is not taken back by looking away.
        let back = Button::new(t(Lang::back_out), move || now.open.set(false)).testid("cancel");
        view! {
            <form novalidate on:submit=send>
                <h2 id=format!("{testid}-title")>{title}</h2>
                {para("", t(effect))} {fields} {fault} {refusal(now.failed)}
                <div class="buttons">
                    {back.off(move || now.busy.get()).draw()}
                    {go.testid(format!("{testid}-go")).off(move || now.busy.get()).draw()}
                </div>
            </form>
        }
        .into_any()
    }

    fn submit(&self, now: Now) {
        if now.busy.get_untracked() {
            return;
        }
        let request = match self.request(now) {
            Ok(request) => request,
            Err(fault) => return now.fault.set(Some(fault)),
        };
        now.fault.set(None);
        now.failed.set(None);
        now.busy.set(true);
        let (client, voice, prefs) = (client(), voice(), prefs());
        let key = request.keyed.then(|| now.key.get_value());
        let (said, done, asks) = (self.said, self.done, now.open.get_untracked());
        spawn_local(async move {
            let header = request.tag.map(|tag| ("If-Match", tag)).or(key.map(|key| ("Idempotency-Key", key)));
            let outcome = client.decide(request.path, request.body, header).await;
            let _ = now.busy.try_set(false);
            if outcome.as_ref().err().is_none_or(Failure::is_decided) {
                let _ = now.key.try_update_value(|key| *key = browser::fresh_key());
            }
            match outcome {
                Ok(()) => {
                    let _ = now.open.try_set(false);
                    voice.answer(said(prefs.lang_now()).to_owned());
                    // Whoever asked may have left by now.
                    let _ = done.try_run(());
                }
                Err(failure) => {
                    let _ = now.failed.try_set(Some(failure));
                    // Some browsers close a question all the same.
                    let _ = now.open.try_set(asks);
                }
            }
        });
    }

    /// The request of what was filled in, or what is wrong with that.
    fn request(&self, now: Now) -> Result<Request, Words> {
        let secret = |at: usize| self.ask.blanks.get(at).is_some_and(|blank| blank.secret.is_some());
        let plain = |(at, text): (usize, String)| if secret(at) { text } else { text.trim().to_owned() };
        let typed: Vec<String> = now.typed.get_untracked().into_iter().enumerate().map(plain).collect();
        if self.ask.blanks.iter().zip(&typed).any(|(blank, text)| blank.needed && text.is_empty()) {
            return Err(Lang::desk_needed);
        }
        if self.confirm.is_some() && self.confirm.as_ref() != typed.last() {
            return Err(Lang::confirm_wrong);
        }
        (self.ask.make)(&typed)
    }
}

/// Where a panel's name is typed to confirm.
fn typed_name() -> Blank {
    Blank {
        id: "confirm",
        label: |_| "",
        hint: Lang::confirm_hint,
        first: String::new(),
        most: 63,
        needed: true,
        secret: None,
    }
}

fn field(now: Now, at: usize, label: Signal<String>, blank: &Blank, testid: &str) -> AnyView {
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
            <label for=id.clone()>{label}</label>
            <p class="hint small" id=hint.clone()>
                {t(blank.hint)}
            </p>
            <input
                id=id.clone()
                type=if blank.secret.is_some() { "password" } else { "text" }
                autocomplete=blank.secret.unwrap_or("off")
                autocapitalize="none"
                spellcheck="false"
                maxlength=blank.most.to_string()
                value=now.typed.with_untracked(|typed| typed.get(at).cloned())
                data-testid=id
                aria-describedby=hint
                on:input:target=move |event| write(event.target().value())
            />
        </div>
    }
    .into_any()
}

/// Calls `done`, and takes the keyboard to `place`: the button that was pressed may go with what it did.
pub(crate) fn landing(done: Callback<()>, place: &'static str) -> Callback<()> {
    Callback::new(move |()| {
        let _ = done.try_run(());
        request_animation_frame(move || browser::focus(place));
    })
}

/// A number that pages watch, and what turns it: everything drawn from the server is then asked for again.
pub(crate) fn turning() -> (Signal<u32>, Callback<()>) {
    let turned = RwSignal::new(0_u32);
    let turn = Callback::new(move |()| {
        let _ = turned.try_update(|turned| *turned = turned.wrapping_add(1));
    });
    (turned.into(), turn)
}
