//! What one wants to be told, by which channel, and in which hours not by mail. Saved at once.

use crate::component::erased::{say, t};
use crate::component::fetched::{Extent, fetched, still};
use crate::component::saved::Kept;
use crate::component::shape::{para, titled};
use crate::format::calendar::hour_of_day;
use crate::i18n::Lang;
use crate::json;
use crate::present::people::{choices_body, is_always_told, moved, topic, topic_means};
use crate::store::inbox::inbox;
use crate::store::panels::panels;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::notices::{NoticeChoice, NoticeChoices, NoticeTopic, QuietHours};

/// The hours that are offered first: from ten in the evening to seven.
const NIGHT: QuietHours = QuietHours { from_hour: 22, to_hour: 7 };

/// A way to tell something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Channel {
    InApp,
    Mail,
}

impl Channel {
    const fn words(self) -> fn(Lang) -> &'static str {
        match self {
            Self::InApp => Lang::channel_in_app,
            Self::Mail => Lang::channel_mail,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::InApp => "in-app",
            Self::Mail => "mail",
        }
    }

    const fn of(self, choice: &NoticeChoice) -> bool {
        match self {
            Self::InApp => choice.in_app,
            Self::Mail => choice.mail,
        }
    }
}

/// The section.
pub(super) fn page() -> AnyView {
    let inbox = inbox();
    // What is listed goes by what was chosen.
    on_cleanup(move || {
        inbox.forget();
        spawn_local(inbox.refresh());
    });
    let draw = |text: &str| Some(ready(json::read(text)?));
    fetched("/me/notice-choices".to_owned(), still(), Extent::Box, Box::new(draw))
}

fn ready(came: NoticeChoices) -> AnyView {
    let topics: Vec<NoticeTopic> = came.topics.iter().map(|choice| choice.topic).collect();
    let kept = Kept::new(came, "/me/notice-choices", choices_body);
    let rows = topics.into_iter().enumerate().map(|(at, about)| row(kept, at, about)).collect_view();
    let table = view! {
        {para("small", t(Lang::choices_lead))}
        <table class="choices">
            <caption class="vh">{t(Lang::choices_title)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t(Lang::choices_what)}</th>
                    <th scope="col">{t(Lang::channel_in_app)}</th>
                    <th scope="col">{t(Lang::channel_mail)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    let choices = titled(Lang::choices_title, table.into_any());
    vec![choices, titled(Lang::quiet_title, quiet(kept)), kept.mark()].into_any()
}

fn row(kept: Kept<NoticeChoices>, at: usize, about: NoticeTopic) -> AnyView {
    let why = is_always_told(about).then(|| para("small", t(Lang::ended_always)));
    view! {
        <tr>
            <th scope="row">
                <span>{t(topic(about))}</span>
                <p class="small" id=format!("topic-{at}")>{t(topic_means(about))}</p>
                {why}
            </th>
            {cell(kept, at, about, Channel::InApp)} {cell(kept, at, about, Channel::Mail)}
        </tr>
    }
    .into_any()
}

fn cell(kept: Kept<NoticeChoices>, at: usize, about: NoticeTopic, by: Channel) -> AnyView {
    let offline = panels().offline;
    let fixed = by == Channel::InApp && is_always_told(about);
    let chosen =
        Signal::derive(move || fixed || kept.shown().with(|all| all.topics.get(at).is_some_and(|it| by.of(it))));
    let change = move |on: bool| {
        kept.save(|all| {
            if let Some(choice) = all.topics.get_mut(at) {
                match by {
                    Channel::InApp => choice.in_app = on,
                    Channel::Mail => choice.mail = on,
                }
            }
        });
    };
    let spoken = say(move |lang| lang.choice_of(topic(about)(lang), by.words()(lang)));
    view! {
        <td>
            <label class="tick">
                <input
                    type="checkbox"
                    data-testid=format!("choice-{at}-{}", by.name())
                    aria-label=spoken
                    aria-describedby=format!("topic-{at}")
                    disabled=move || fixed || offline.get()
                    prop:checked=chosen
                    on:change:target=move |event| change(event.target().checked())
                />
                <span class="channel" aria-hidden="true">{t(by.words())}</span>
            </label>
        </td>
    }
    .into_any()
}

fn quiet(kept: Kept<NoticeChoices>) -> AnyView {
    let offline = panels().offline;
    let on = Signal::derive(move || kept.shown().with(|all| all.quiet.is_some()));
    let switch = move |on: bool| kept.save(|all| all.quiet = on.then_some(NIGHT));
    let now = move || kept.shown().with(|all| all.quiet.clone()).unwrap_or(NIGHT);
    let from = hours("quiet-from", Lang::quiet_from, Signal::derive(move || now().from_hour), on, move |hour| {
        kept.save(|all| all.quiet = all.quiet.as_ref().map(|quiet| moved(quiet, Some(hour), None)));
    });
    let to = hours("quiet-to", Lang::quiet_to, Signal::derive(move || now().to_hour), on, move |hour| {
        kept.save(|all| all.quiet = all.quiet.as_ref().map(|quiet| moved(quiet, None, Some(hour))));
    });
    view! {
        {para("small", t(Lang::quiet_lead))}
        <label class="tick">
            <input
                type="checkbox"
                data-testid="quiet"
                disabled=offline
                prop:checked=on
                on:change:target=move |event| switch(event.target().checked())
            />
            <span>{t(Lang::quiet_switch)}</span>
        </label>
        <div class="pair">{from} {to}</div>
    }
    .into_any()
}

/// One end of the quiet hours.
fn hours(
    id: &'static str,
    label: fn(Lang) -> &'static str,
    chosen: Signal<u8>,
    on: Signal<bool>,
    choose: impl Fn(u8) + 'static,
) -> AnyView {
    let offline = panels().offline;
    let option = |hour: u8| {
        let is_chosen = Signal::derive(move || chosen.get() == hour);
        view! {
            <option value=hour.to_string() prop:selected=is_chosen>
                {say(move |lang| hour_of_day(lang, hour))}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for=id>{t(label)}</label>
            <select
                id=id
                data-testid=id
                disabled=move || !on.get() || offline.get()
                on:change:target=move |event| {
                    if let Ok(hour) = event.target().value().parse() {
                        choose(hour);
                    }
                }
            >
                {(0..24).map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}
