//! The ruled meter as SVG: track, bar, stripes, six ruler intervals, today's notch. No style attributes, so that the
//! content security policy can forbid them.

use crate::prefs::lang;
use leptos::prelude::*;
use shared::api::tenants::TenantStatus;
use web::present::card::meter_value;
use web::present::meter::{INTERVALS, Meter, Tone, percent};

/// The meter of a status, where its state has one.
#[component]
pub(crate) fn RuledMeter(status: ArcRwSignal<TenantStatus>) -> impl IntoView {
    let of = status.clone();
    let meter = Memo::new(move |_| of.with(Meter::of));
    move || meter.get().map(|meter| draw(meter, &status))
}

fn draw(meter: Meter, status: &ArcRwSignal<TenantStatus>) -> impl IntoView + use<> {
    let is_setup = meter.tone == Tone::None;
    let (named, told, used, most) = (status.clone(), status.clone(), status.clone(), status.clone());
    let label =
        move || named.with(|s| if is_setup { lang().setup_label(&s.name) } else { lang().meter_label(&s.name) });
    let told = move || told.with(|status| meter_value(lang(), status));
    let used = move || used.with(|status| now_and_most(status).0);
    let most = move || most.with(|status| now_and_most(status).1);
    view! {
        <div
            class="meter"
            role=if is_setup { "progressbar" } else { "meter" }
            aria-label=label
            aria-valuemin="0"
            aria-valuemax=most
            aria-valuenow=used
            aria-valuetext=told
            data-testid="meter"
            data-tone=meter.tone.name()
        >
            <svg aria-hidden="true" focusable="false">
                <rect class="track" x="0" y="5" width="100%" height="12" rx="2"></rect>
                <rect class="bar" x="0" y="5" width=percent(meter.fill) height="12" rx="2"></rect>
                {meter
                    .hatched
                    .then(|| view! { <rect class="hatch" x="0" y="5" width=percent(meter.fill) height="12" rx="2"></rect> })}
                {(!is_setup).then(ruler)}
                {meter
                    .notch
                    .map(|notch| {
                        view! {
                            <g transform="translate(-2.5)">
                                <rect class="notch-edge" x=percent(notch) y="0" width="5" height="22"></rect>
                                <rect class="notch" x=percent(notch) y="0" width="3" height="22" transform="translate(1)"></rect>
                            </g>
                        }
                    })}
            </svg>
        </div>
    }
}

/// Ticks at the ends of six equal steps.
fn ruler() -> impl IntoView {
    (0..=INTERVALS)
        .map(|step| {
            let at = percent(step * 1_000 / INTERVALS);
            let inward = if step == INTERVALS { "translate(-1)" } else { "" };
            view! { <rect class="tick" x=at y="20" width="1" height="5" transform=inward></rect> }
        })
        .collect_view()
}

/// What `aria-valuenow` and `aria-valuemax` hold: whole hours, or percent of the set-up.
fn now_and_most(status: &TenantStatus) -> (Option<String>, String) {
    match &status.billing.cycle {
        Some(cycle) if status.panel.progress_percent.is_none() => {
            let hours = |seconds: i64| (seconds.max(0) / 3_600).to_string();
            (Some(hours(cycle.used_seconds)), hours(cycle.allowance_seconds))
        }
        // Without a known percentage a progress bar has no present value: it is indeterminate.
        _ => (status.panel.progress_percent.map(|percent| percent.to_string()), "100".to_owned()),
    }
}

/// The notch as it looks on the meter, for the legend.
#[component]
pub(crate) fn NotchSample() -> impl IntoView {
    view! {
        <svg class="notch-sample" viewBox="0 0 9 22" aria-hidden="true">
            <rect class="track" x="0" y="5" width="9" height="12"></rect>
            <rect class="notch" x="3" y="0" width="3" height="22"></rect>
        </svg>
    }
}

/// The stripes, defined once for all meters of the page.
#[component]
pub(crate) fn Stripes() -> impl IntoView {
    view! {
        <svg class="defs" width="0" height="0" aria-hidden="true" focusable="false">
            <defs>
                <pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="stripe" width="2" height="6"></rect>
                </pattern>
            </defs>
        </svg>
    }
}
