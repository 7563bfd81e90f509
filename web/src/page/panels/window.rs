//! A list of any length of which only what is near the screen is drawn.
//!
//! Panels stand in blocks. A block that was never near holds blanks of a card's height; one that was, and is not any more, is
//! kept as high as it was: the place on the page does not move under whoever scrolls. It does not know how many columns there
//! are: the grid does.

use crate::browser;
use crate::component::card::card;
use crate::component::erased::part;
use crate::component::shape::{marked, to};
use crate::present::buttons::on_card;
use crate::store::panels::Panel;
use leptos::ev;
use leptos::prelude::*;
use std::sync::Arc;

/// Panels in a block: whole rows of one, two or three columns, and drawn without anybody noticing.
const BLOCK: usize = 6;
/// Panels that are drawn at once when the page opens; the rest of their block follows in the next frame.
const AT_ONCE: usize = 3;
/// A block this near to the screen, in pixels, is drawn.
const NEAR: f64 = 900.0;

/// What stands in a block's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drawn {
    Cards,
    /// Cards for as many as are drawn at once, and blanks.
    Begun,
    /// Never drawn since the window got this width.
    Blanks,
    /// Nothing, as high as its cards were.
    Held,
}

#[derive(Clone)]
struct Block {
    id: String,
    drawn: RwSignal<Drawn>,
}

/// The list.
pub(super) fn window(found: &[Panel]) -> AnyView {
    let all = found.len();
    let mut blocks = Vec::new();
    let mut views = Vec::new();
    for (at, panels) in found.chunks(BLOCK).enumerate() {
        let drawn = RwSignal::new(if at == 0 { Drawn::Begun } else { Drawn::Blanks });
        let block = Block { id: format!("block-{at}"), drawn };
        // The list before this one may have left its elements, and their heights.
        browser::hold_height(&block.id, false);
        views.push(draw(&block, panels, at * BLOCK, all));
        blocks.push(block);
    }
    if all > AT_ONCE {
        follow(blocks.into());
    }
    marked("div", "list", vec![("role", to("list"))], views)
}

fn draw(block: &Block, panels: &[Panel], first: usize, all: usize) -> AnyView {
    let rows = panels.chunks(AT_ONCE).zip((first..).step_by(AT_ONCE));
    let rows = rows.map(|(panels, at)| row(block.drawn, panels.to_vec(), at, at > first, all)).collect();
    marked("div", "cards", vec![("id", to(block.id.clone()))], rows)
}

/// A part of a block: the one that is drawn at once, or the one that `follows`.
fn row(drawn: RwSignal<Drawn>, panels: Vec<Panel>, first: usize, follows: bool, all: usize) -> AnyView {
    let drawn = Memo::new(move |_| match drawn.get() {
        Drawn::Begun if follows => Drawn::Blanks,
        Drawn::Begun => Drawn::Cards,
        other => other,
    });
    let inner = part(move || match drawn.get() {
        Drawn::Blanks => marked("div", "blanks", vec![("html", to("<i></i>".repeat(panels.len())))], vec![]),
        Drawn::Held => ().into_any(),
        Drawn::Cards | Drawn::Begun => {
            panels.iter().zip(first + 1..).map(|(panel, at)| item(panel, at, all)).collect::<Vec<_>>().into_any()
        }
    });
    inner.into_any()
}

fn item(panel: &Panel, at: usize, all: usize) -> AnyView {
    let place =
        vec![("role", to("listitem")), ("aria-posinset", to(at.to_string())), ("aria-setsize", to(all.to_string()))];
    marked("div", "", place, vec![card(panel.clone(), on_card, true)])
}

/// Looks at once, and whenever somebody scrolls or the window changes: which blocks are near?
fn follow(blocks: Arc<[Block]>) {
    let looking = Looking { blocks, waiting: StoredValue::new(false) };
    let (scrolls, resizes) = (looking.clone(), looking.clone());
    looking.look();
    let scrolled = window_event_listener(ev::scroll, move |_| scrolls.clone().look());
    let resized = window_event_listener(ev::resize, move |_| {
        resizes.blocks.iter().for_each(Block::forget_height);
        resizes.clone().look();
    });
    on_cleanup(move || {
        scrolled.remove();
        resized.remove();
    });
}

#[derive(Clone)]
struct Looking {
    blocks: Arc<[Block]>,
    waiting: StoredValue<bool>,
}

impl Looking {
    /// In the next frame, once. The page may be gone by then.
    fn look(self) {
        if self.waiting.try_get_value() == Some(false) {
            self.waiting.set_value(true);
            request_animation_frame(move || {
                if self.waiting.try_set_value(false).is_none() && self.turn() {
                    self.look();
                }
            });
        }
    }

    /// Lets go of what is far, and draws one block of those that are near; says whether it did. One in a frame: the page goes
    /// on moving meanwhile.
    fn turn(&self) -> bool {
        // Looked at all before one is touched: what is changed in between would be laid out half drawn.
        let near: Vec<bool> = self.blocks.iter().map(|block| browser::is_within(&block.id, NEAR)).collect();
        let mut drew = false;
        for (block, near) in self.blocks.iter().zip(near) {
            match (block.drawn.get_untracked(), near) {
                (Drawn::Cards, false) if !browser::holds_focus(&block.id) => {
                    browser::hold_height(&block.id, true);
                    block.drawn.set(Drawn::Held);
                }
                (Drawn::Begun | Drawn::Blanks | Drawn::Held, true) if !drew => {
                    browser::hold_height(&block.id, false);
                    block.drawn.set(Drawn::Cards);
                    drew = true;
                }
                (Drawn::Cards | Drawn::Begun | Drawn::Blanks | Drawn::Held, _) => {}
            }
        }
        drew
    }
}

impl Block {
    /// In a window of another width its cards will be of another height.
    fn forget_height(&self) {
        if self.drawn.try_get_untracked() == Some(Drawn::Held) {
            browser::hold_height(&self.id, false);
            self.drawn.set(Drawn::Blanks);
        }
    }
}
