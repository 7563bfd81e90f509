//! The shapes that recur: paragraph, button, link, titled box. Each is compiled once.

use crate::component::erased::{say, t};
use crate::i18n::Lang;
use leptos::html;
use leptos::prelude::*;

/// An element that holds others. Whatever its name is, it is one shape: each other one weighs more than a kilobyte.
pub(crate) fn holder(tag: &'static str, class: &'static str, inner: Vec<AnyView>) -> AnyView {
    html::custom(tag).class(class).child(inner).into_any()
}

/// What an element says of itself besides its class; `None` takes an attribute away.
pub(crate) type Attributes = Vec<(&'static str, Signal<Option<String>>)>;

/// An element that holds others and has attributes of its own: one shape, whatever they are. As `html` an attribute is the
/// markup inside.
pub(crate) fn marked(tag: &'static str, class: &'static str, attributes: Attributes, inner: Vec<AnyView>) -> AnyView {
    html::custom(tag).class(class).directive(mark, attributes).child(inner).into_any()
}

#[expect(clippy::needless_pass_by_value, reason = "so a directive is called")]
fn mark(element: web_sys::Element, attributes: Attributes) {
    for (name, value) in attributes {
        let element = element.clone();
        Effect::new(move |_| match value.get() {
            Some(value) if name == "html" => element.set_inner_html(&value),
            Some(value) => drop(element.set_attribute(name, &value)),
            None => drop(element.remove_attribute(name)),
        });
    }
}

/// A text as the value of an attribute.
pub(crate) fn as_value(text: Signal<String>) -> Signal<Option<String>> {
    Signal::derive(move || Some(text.get()))
}

/// An element with a text in it.
pub(crate) fn words(tag: &'static str, class: &'static str, text: Signal<String>) -> AnyView {
    html::custom(tag).class(class).child(text).into_any()
}

/// A paragraph.
pub(crate) fn para(class: &'static str, text: Signal<String>) -> AnyView {
    words("p", class, text)
}

/// A box with a title.
pub(crate) fn titled(title: fn(Lang) -> &'static str, inner: AnyView) -> AnyView {
    holder("section", "box", vec![words("h2", "", t(title)), inner])
}

/// A box whose title can take the keyboard, by this id.
pub(crate) fn titled_at(id: &'static str, title: fn(Lang) -> &'static str, inner: AnyView) -> AnyView {
    let named = vec![("id", to(id)), ("tabindex", to("-1"))];
    holder("section", "box", vec![marked("h2", "", named, vec![t(title).into_any()]), inner])
}

/// A button.
pub(crate) struct Button {
    class: &'static str,
    testid: String,
    words: Signal<String>,
    spoken: Option<Signal<String>>,
    hint: Option<Signal<String>>,
    pressed: Option<Signal<String>>,
    off: Signal<bool>,
    submits: bool,
    click: Box<dyn Fn()>,
}

impl Button {
    /// A plain one.
    pub(crate) fn new(words: Signal<String>, click: impl Fn() + 'static) -> Self {
        let click = Box::new(click);
        let (class, testid, off) = ("button", String::new(), Signal::stored(false));
        Self { class, testid, words, spoken: None, hint: None, pressed: None, off, submits: false, click }
    }

    /// One that sends its form.
    pub(crate) fn submit(words: Signal<String>) -> Self {
        Self { submits: true, ..Self::new(words, || ()) }
    }

    /// With these classes.
    pub(crate) fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// With this test hook.
    pub(crate) fn testid(self, testid: impl Into<String>) -> Self {
        Self { testid: testid.into(), ..self }
    }

    /// With a fuller name for those who hear the page.
    pub(crate) fn spoken(self, spoken: Signal<String>) -> Self {
        Self { spoken: Some(spoken), ..self }
    }

    /// With a word on why it is disabled, or on what it does.
    pub(crate) fn hint(self, hint: Option<Signal<String>>) -> Self {
        Self { hint, ..self }
    }

    /// One that stays down while `pressed` says so.
    pub(crate) fn pressed(self, pressed: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let pressed = Signal::derive(move || if pressed() { "true" } else { "false" }.to_owned());
        Self { pressed: Some(pressed), ..self }
    }

    /// Disabled while `off` says so.
    pub(crate) fn off(self, off: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self { off: Signal::derive(off), ..self }
    }

    /// Draws it.
    pub(crate) fn draw(self) -> AnyView {
        let Self { class, testid, words, spoken, hint, pressed, off, submits, click } = self;
        view! {
            <button
                type=if submits { "submit" } else { "button" }
                class=class
                data-testid=testid
                aria-label=spoken
                title=hint
                aria-pressed=pressed
                disabled=off
                on:click=move |_| click()
            >
                {words}
            </button>
        }
        .into_any()
    }
}

/// A link. The router takes those of our own; it leaves those that lead out to the browser.
pub(crate) fn link(
    class: &'static str,
    testid: impl Into<String>,
    href: Signal<Option<String>>,
    words: Signal<String>,
    spoken: Option<Signal<String>>,
) -> AnyView {
    let testid = testid.into();
    view! {
        <a class=class data-testid=testid href=href aria-label=spoken>
            {words}
        </a>
    }
    .into_any()
}

/// The address of a link that never changes.
pub(crate) fn to(href: impl Into<String>) -> Signal<Option<String>> {
    Signal::stored(Some(href.into()))
}

/// One fixed text while something runs, another while it does not.
pub(crate) fn either(
    busy: impl Fn() -> bool + Send + Sync + 'static,
    running: fn(Lang) -> &'static str,
    resting: fn(Lang) -> &'static str,
) -> Signal<String> {
    say(move |lang| if busy() { running(lang) } else { resting(lang) }.to_owned())
}
