//! What narrows the list down: a search by name and address, and the states that occur, with how many panels are in each.

use super::Wanted;
use crate::component::erased::{part, say, t};
use crate::component::shape::{Button, as_value, holder, marked, to};
use crate::format::whole;
use crate::i18n::Lang;
use crate::present::face::Face;
use crate::present::totals::{FACES, Totals};
use leptos::prelude::*;
use std::time::Duration;

/// Between keys that come faster than this the list is not drawn anew.
const REST: Duration = Duration::from_millis(120);

/// The field and the states.
pub(super) fn find(wanted: Wanted, totals: Memo<Totals>) -> AnyView {
    // Chips are drawn anew when a state begins or ceases to occur, not whenever a number changes.
    let occurring = Memo::new(move |_| totals.with(|totals| totals.faces.map(|count| count > 0)));
    let chips = part(move || {
        let of_faces = FACES.iter().enumerate().zip(occurring.get()).filter(|(_, occurs)| *occurs);
        let all = std::iter::once(chip(wanted, totals, None));
        all.chain(of_faces.map(|((at, face), _)| chip(wanted, totals, Some((at, *face)))))
            .collect::<Vec<_>>()
            .into_any()
    });
    let group = vec![("role", to("group")), ("aria-label", as_value(t(Lang::find_by_state)))];
    let mut seek = debounce(REST, move |()| wanted.seek());
    // Without the field nobody could see why panels are missing.
    on_cleanup(move || wanted.clear());
    let field = view! {
        <div class="field search">
            <label for="find">{t(Lang::find_panel)}</label>
            <input
                id="find"
                type="search"
                autocomplete="off"
                data-testid="find"
                prop:value=wanted.typed
                on:input:target=move |event| {
                    wanted.typed.set(event.target().value());
                    seek(());
                }
            />
        </div>
    };
    holder("div", "find", vec![field.into_any(), marked("div", "chips", group, vec![chips.into_any()])])
}

/// One of them is pressed: a state, or none in particular.
fn chip(wanted: Wanted, totals: Memo<Totals>, of: Option<(usize, Face)>) -> AnyView {
    let words = say(move |lang| {
        let number = |count: usize| whole(lang, i64::try_from(count).unwrap_or(i64::MAX));
        totals.with(|totals| match of {
            Some((at, face)) => {
                lang.find_state(face.word(lang), &number(totals.faces.get(at).copied().unwrap_or_default()))
            }
            None => lang.find_all(&number(totals.count)),
        })
    });
    let face = of.map(|(_, face)| face);
    let button = Button::new(words, move || wanted.face.set(face)).class("button chip").testid("chip");
    button.pressed(move || wanted.face.get() == face).draw()
}
