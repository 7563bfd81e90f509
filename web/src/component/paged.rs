//! A list of the server's that comes page by page: older ones when asked for.

use crate::address::escaped;
use crate::component::erased::{part, t};
use crate::component::fetched::{Extent, fetched, still, written};
use crate::component::shape::{Button, para};
use crate::i18n::Lang;
use leptos::prelude::*;
use std::sync::Arc;

/// One page of it, drawn.
pub(crate) struct Drawn {
    /// Its rows, with what stands around them.
    pub(crate) rows: AnyView,
    /// The `cursor` of the next page.
    pub(crate) next: Option<String>,
}

/// Draws the text of an answer; the flag says whether it is the first page. `None` if it is not what was expected.
pub(crate) type Draw = Arc<dyn Fn(&str, bool) -> Option<Drawn> + Send + Sync>;

/// The list at `path` of the API, asked for again whenever `turned` changes. A `limit` in the path says how long a page is.
pub(crate) fn paged(path: &str, turned: Signal<u32>, draw: Draw) -> AnyView {
    page(path, turned, draw, Extent::Box, "")
}

/// The rows of an answer's text, and the `cursor` of the next page; `None` if it is not what was expected.
type Rows<T> = fn(&str) -> Option<(Vec<T>, Option<String>)>;

/// The list at `path` of the API, as boxes that `draw` writes; `empty` stands where there is none.
pub(crate) fn documents<T: Send + Sync + 'static>(
    path: &str,
    empty: fn(Lang) -> &'static str,
    read: Rows<T>,
    draw: fn(Lang, &[T]) -> String,
) -> AnyView {
    let drawn = move |text: &str, is_first: bool| {
        let (items, next) = read(text)?;
        let rows = if is_first && items.is_empty() {
            para("box", t(empty))
        } else {
            written("documents", move |lang| draw(lang, &items))
        };
        Some(Drawn { rows, next })
    };
    paged(path, still(), Arc::new(drawn))
}

/// The list at `path`, inside a box.
pub(crate) fn paged_inside(path: &str, turned: Signal<u32>, draw: Draw) -> AnyView {
    page(path, turned, draw, Extent::Inside, "")
}

fn page(path: &str, turned: Signal<u32>, draw: Draw, extent: Extent, cursor: &str) -> AnyView {
    let is_first = cursor.is_empty();
    let mut asked = path.to_owned();
    if !path.contains("limit=") {
        asked.push_str(if path.contains('?') { "&limit=25" } else { "?limit=25" });
    }
    if !is_first {
        asked.push_str("&cursor=");
        asked.push_str(&escaped(cursor));
    }
    let path = path.to_owned();
    let drawn = move |text: &str| {
        let Drawn { rows, next } = draw(text, is_first)?;
        let older = next.map(|next| older(path.clone(), turned, draw.clone(), extent, next));
        Some(vec![rows, older.into_any()].into_any())
    };
    fetched(asked, turned, extent, Box::new(drawn))
}

fn older(path: String, turned: Signal<u32>, draw: Draw, extent: Extent, cursor: String) -> AnyView {
    let wanted = RwSignal::new(false);
    part(move || {
        if wanted.get() {
            return page(&path, turned, draw.clone(), extent, &cursor);
        }
        let button = Button::new(t(Lang::invoices_more), move || wanted.set(true)).class("button wide");
        button.testid("show-older").draw()
    })
    .into_any()
}
