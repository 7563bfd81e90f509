//! The clock of a demonstration, for its operators: what time billing thinks it is, and buttons that move it on.

use crate::component::erased::{say, t};
use crate::component::shape::{Button, either, para};
use crate::component::trouble::refusal;
use crate::format::calendar::date_time;
use crate::format::whole;
use crate::i18n::Lang;
use crate::prefs::prefs;
use crate::present::problem::Failure;
use crate::store::house::house;
use crate::store::panels::panels;
use crate::store::voice::voice;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::time::{DAY, HOUR};

/// The bar. While the clock moves, the server counts usage as if the time had passed; that takes a moment.
pub(crate) fn clock_bar() -> AnyView {
    let (house, panels, voice, prefs) = (house(), panels(), voice(), prefs());
    let moving = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let speed = move || house.about().and_then(|about| about.demo).map_or(1, |demo| demo.speed);
    let advance = move |seconds: u32| {
        moving.set(true);
        voice.answer(prefs.lang_now().demo_moving().to_owned());
        failed.set(None);
        spawn_local(async move {
            let outcome = house.move_clock(seconds).await;
            panels.all_due();
            let _ = moving.try_set(false);
            let _ = failed.try_set(outcome.err());
        });
    };
    let time = say(move |lang| {
        house.billing_now(panels.now_ms.get()).map(|at| lang.demo_now(&date_time(lang, at))).unwrap_or_default()
    });
    let pace = say(move |lang| match speed() {
        1 => lang.demo_speed_real().to_owned(),
        times => lang.demo_speed(&whole(lang, i64::from(times))),
    });
    let button = move |seconds: i64, word: fn(Lang) -> &'static str| {
        let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
        let button = Button::new(t(word), move || advance(seconds)).testid(format!("clock-advance-{seconds}"));
        button.off(move || moving.get() || panels.offline.get()).draw()
    };
    view! {
        <section class="clock-bar" aria-label=t(Lang::demo_clock)>
            <p data-testid="clock">
                <strong>{time}</strong>
                " "
                <span class="small">{pace}</span>
            </p>
            <div class="buttons">
                {button(HOUR, Lang::demo_hour)} {button(DAY, Lang::demo_day)} {button(7 * DAY, Lang::demo_week)}
            </div>
            {para("small", either(move || moving.get(), Lang::demo_moving, |_| ""))} {refusal(failed)}
        </section>
    }
    .into_any()
}
