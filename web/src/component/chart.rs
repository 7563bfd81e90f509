//! A chart that can be looked at, stepped through and read: a sentence, a line with the value at the mark, the drawing, what its
//! shapes stand for, and all of it as a table.
//!
//! The mark is moved with the arrow keys, by a tap or by the mouse. To those who hear the page the drawing is a slider, whose
//! value is what the line says.

use crate::component::erased::{Part, part, t};
use crate::component::shape::words;
use crate::i18n::Lang;
use crate::prefs::prefs;
use crate::present::markup::Markup;
use crate::present::plot::{Picture, mark, moved, percent, under};
use leptos::ev;
use leptos::prelude::*;
use std::sync::Arc;

/// A chart as it is now.
type Shown = Signal<Arc<Picture>>;

/// A chart. It stays where it is, and keeps its mark, while its figures change.
pub(crate) struct Chart {
    /// Its test hook, and the beginning of its ids.
    pub(crate) id: &'static str,
    /// What its places are called: `Days`.
    pub(crate) name: fn(Lang) -> &'static str,
    /// How high it is, in pixels.
    pub(crate) height: &'static str,
}

impl Chart {
    /// Draws it.
    pub(crate) fn draw(self, picture: impl Fn(Lang) -> Picture + Send + Sync + 'static) -> AnyView {
        let prefs = prefs();
        let picture: Box<dyn Fn(Lang) -> Picture + Send + Sync> = Box::new(picture);
        self.shown(Memo::new(move |_| Arc::new(picture(prefs.lang()))).into())
    }

    fn shown(self, picture: Shown) -> AnyView {
        let Self { id, name, height } = self;
        let at = RwSignal::new(None::<usize>);
        let count = Memo::new(move |_| picture.with(|picture| picture.values.len()));
        let rests = move || picture.with(|picture| picture.rests);
        let here = Memo::new(move |_| at.get().or_else(rests).unwrap_or(usize::MAX).min(count.get().saturating_sub(1)));
        let value = Signal::derive(move || picture.with(|now| now.values.get(here.get()).cloned().unwrap_or_default()));
        let markup = move |of: fn(&Picture) -> String| Signal::derive(move || picture.with(|now| of(now)));
        let plot = plot(id, name, height, picture, at, here);
        view! {
            <figure class="usage" data-testid=id>
                {words("figcaption", "small", markup(|now| now.caption.clone()))}
                <p class="readout" aria-hidden="true" data-testid=format!("{id}-value")>
                    {value}
                </p>
                <div class="chart">
                    {plot(value)}
                    <div class="beside" aria-hidden="true" inner_html=markup(beside)></div>
                </div>
                <ul class="key small" inner_html=markup(|now| now.key.clone())></ul>
                {words("p", "small hint", t(Lang::chart_hint))}
                {table(t(Lang::usage_table), markup(|now| now.table.clone()))}
            </figure>
        }
        .into_any()
    }
}

/// The words at the side and under the drawing.
fn beside(picture: &Picture) -> String {
    let mut out = Markup::default();
    out.tags("<div class=\"scale small\">");
    for word in &picture.scale {
        out.within("<span>", word, "</span>");
    }
    out.tags("</div><p class=\"ends small\">");
    for word in &picture.ends {
        out.within("<span>", word, "</span>");
    }
    out.tags("</p>");
    out.done()
}

/// The drawing with its mark; wants the value's words.
fn plot(
    id: &'static str,
    name: fn(Lang) -> &'static str,
    height: &'static str,
    picture: Shown,
    at: RwSignal<Option<usize>>,
    here: Memo<usize>,
) -> impl FnOnce(Signal<String>) -> AnyView {
    let shape = move || picture.with(|now| (now.across, now.values.len()));
    let shape_now = move || picture.with_untracked(|now| (now.across, now.values.len()));
    let key = move |event: ev::KeyboardEvent| {
        let held = event.ctrl_key() || event.meta_key() || event.alt_key();
        let (across, count) = shape_now();
        let to = if held { None } else { moved(&event.key(), here.get_untracked(), across, count) };
        if let Some(to) = to {
            event.prevent_default();
            at.set(Some(to));
        }
    };
    let point = move |event: ev::MouseEvent| {
        let Some(plot) = document().get_element_by_id(&format!("{id}-plot")) else { return };
        let (x, y) = offset(&event, &plot);
        let (across, count) = shape_now();
        at.set(Some(under((x, plot.client_width()), (y, plot.client_height()), across, count)));
    };
    let side = move |which: usize| {
        Signal::derive(move || {
            let (across, count) = shape();
            percent(mark(here.get(), across, count).get(which).copied().unwrap_or_default())
        })
    };
    let most = Signal::derive(move || shape().1.saturating_sub(1).to_string());
    let now = Signal::derive(move || here.get().to_string());
    let inside = Signal::derive(move || picture.with(|now| now.inside.clone()));
    move |value| {
        view! {
            <div
                class="plot"
                id=format!("{id}-plot")
                role="slider"
                tabindex="0"
                aria-label=t(name)
                aria-valuemin="0"
                aria-valuemax=most
                aria-valuenow=now
                aria-valuetext=value
                data-testid=format!("{id}-plot")
                on:keydown=key
                on:click=point
                on:mousemove=point
            >
                <svg height=height aria-hidden="true" focusable="false" inner_html=inside></svg>
                <svg class="mark" aria-hidden="true" focusable="false">
                    <rect x=side(0) width=side(1) y=side(2) height=side(3)></rect>
                </svg>
            </div>
        }
        .into_any()
    }
}

/// Where in an element the mouse or the finger is.
#[expect(clippy::cast_possible_truncation, reason = "a float converts to i32 by saturating")]
fn offset(event: &ev::MouseEvent, within: &web_sys::Element) -> (i32, i32) {
    let place = within.get_bounding_client_rect();
    (event.client_x() - place.left() as i32, event.client_y() - place.top() as i32)
}

/// A table behind a fold; a wide one scrolls by itself, with the keyboard too.
pub(crate) fn table(summary: Signal<String>, table: Signal<String>) -> AnyView {
    view! {
        <details>
            <summary>{summary}</summary>
            <div class="scroll" role="group" tabindex="0" aria-label=t(Lang::chart_table) inner_html=table></div>
        </details>
    }
    .into_any()
}

/// Chips of which one is chosen.
pub(crate) fn chips(
    label: fn(Lang) -> &'static str,
    all: &'static [u16],
    words: fn(Lang, u16) -> String,
    chosen: RwSignal<u16>,
) -> AnyView {
    let prefs = prefs();
    let chip = |value: u16| {
        let pressed = Signal::derive(move || if chosen.get() == value { "true" } else { "false" });
        let said = Signal::derive(move || words(prefs.lang(), value));
        view! {
            <button
                type="button"
                class="button chip"
                aria-pressed=pressed
                data-testid=format!("chip-{value}")
                on:click=move |_| chosen.set(value)
            >
                {said}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="buttons" role="group" aria-label=t(label)>
            {all.iter().map(|value| chip(*value)).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

/// A choice among things that have names: value and name of each, in the language of the moment.
pub(crate) fn choice(
    id: &'static str,
    label: fn(Lang) -> &'static str,
    options: impl Fn(Lang) -> Vec<(String, String)> + Send + 'static,
    chosen: RwSignal<String>,
) -> AnyView {
    let prefs = prefs();
    let shown: Part = part(move || {
        let chosen = chosen.get_untracked();
        let option = |(value, name): (String, String)| {
            let selected = value == chosen;
            view! {
                <option value=value selected=selected>
                    {name}
                </option>
            }
            .into_any()
        };
        options(prefs.lang()).into_iter().map(option).collect::<Vec<_>>().into_any()
    });
    view! {
        <div class="field">
            <label for=id>{t(label)}</label>
            <select id=id data-testid=id on:change:target=move |event| chosen.set(event.target().value())>
                {shown}
            </select>
        </div>
    }
    .into_any()
}
