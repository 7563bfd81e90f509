//! The ruled meter as SVG: track, bar, stripes, six ruler intervals, today's notch. No style attributes, so that the
//! content security policy can forbid them.

use crate::component::erased::{Part, part, told};
use crate::component::shape::{marked, to};
use crate::present::card::meter_value;
use crate::present::meter::{Meter, Tone, drawing};
use crate::store::panels::Shown;
use leptos::prelude::*;
use shared::api::tenants::TenantStatus;

/// The meter of a status, where its state has one.
pub(crate) fn ruled_meter(status: Shown) -> Part {
    let meter = Memo::new(move |_| Meter::of(&status.get()));
    part(move || meter.get().map(|meter| draw(meter, status)).into_any())
}

fn draw(meter: Meter, status: Shown) -> impl IntoView {
    let is_setup = meter.tone == Tone::None;
    let label =
        told(status, if is_setup { |lang, s| lang.setup_label(&s.name) } else { |lang, s| lang.meter_label(&s.name) });
    let (value, most) = (told(status, meter_value), told(status, |_, status| now_and_most(status).1));
    let height = if is_setup { "17" } else { "25" };
    let used = Signal::derive(move || now_and_most(&status.get()).0);
    view! {
        <div
            class="meter"
            role=if is_setup { "progressbar" } else { "meter" }
            aria-label=label
            aria-valuemin="0"
            aria-valuemax=most
            aria-valuenow=used
            aria-valuetext=value
            data-testid="meter"
            data-tone=meter.tone.name()
        >
            <svg aria-hidden="true" focusable="false" height=height inner_html=drawing(meter)></svg>
        </div>
    }
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
pub(crate) fn notch_sample() -> AnyView {
    const NOTCH: &str = r#"<svg class="notch-sample" viewBox="0 0 9 22" aria-hidden="true"><rect class="track" x="0" y="5" width="9" height="12"></rect><rect class="notch" x="3" y="0" width="3" height="22"></rect></svg>"#;
    marked("span", "", vec![("html", to(NOTCH))], vec![])
}

/// The stripes, defined once for all meters of the page.
pub(crate) fn stripes() -> AnyView {
    const STRIPES: &str = r#"<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="stripe" width="2" height="6"></rect></pattern></defs></svg>"#;
    marked("div", "defs", vec![("html", to(STRIPES))], vec![])
}
