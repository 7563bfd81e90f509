//! What the browser knows and the rest of the dashboard asks: time, visibility, storage, cookies, randomness.
//!
//! No rendering and no requests here. Every refusal of the browser (private windows without storage, say) becomes `None`.

use crate::format::calendar::{Clocks, reading};
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{document, window};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Milliseconds since 1970, for measuring ages only; billing time comes from the server.
pub(crate) fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// Whole seconds from `earlier_ms` to now; never negative.
#[expect(clippy::cast_possible_truncation, reason = "a float converts to i64 by saturating")]
pub(crate) fn seconds_since(earlier_ms: f64, now_ms: f64) -> i64 {
    ((now_ms - earlier_ms).max(0.0) / 1_000.0) as i64
}

/// Waits without blocking.
pub(crate) async fn sleep(delay: Duration) {
    let promise = Promise::new(&mut |resolve: Function, _reject| {
        let millis = i32::try_from(delay.as_millis()).unwrap_or(i32::MAX);
        // The only failure is a window that is gone, and with it everything that waits.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
    });
    let _ = JsFuture::from(promise).await;
}

/// Whether nobody can see the page now.
pub(crate) fn is_hidden() -> bool {
    document().hidden()
}

/// Whether the browser believes that it has a network.
pub(crate) fn is_online() -> bool {
    window().navigator().on_line()
}

/// Whether an element with this id is on the screen or nearly so. What cannot be found is taken for visible.
pub(crate) fn is_near_view(id: &str) -> bool {
    is_within(id, 300.0)
}

/// Whether an element with this id is on the screen, or at most `margin` pixels above or below it. What cannot be found is
/// taken for visible.
pub(crate) fn is_within(id: &str, margin: f64) -> bool {
    let height = window().inner_height().ok().and_then(|height| height.as_f64());
    match (document().get_element_by_id(id), height) {
        (Some(element), Some(height)) => {
            let place = element.get_bounding_client_rect();
            place.bottom() > -margin && place.top() < height + margin
        }
        _ => true,
    }
}

/// Whether the keyboard is inside an element with this id.
pub(crate) fn holds_focus(id: &str) -> bool {
    document().query_selector(&format!("#{id} :focus")).is_ok_and(|found| found.is_some())
}

/// Keeps an element as high as it is now, whatever becomes of what is in it; or lets it go.
pub(crate) fn hold_height(id: &str, hold: bool) {
    let found = document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
    let Some(element) = found else { return };
    let height = if hold { format!("{}px", element.offset_height()) } else { String::new() };
    let _ = element.style().set_property("min-height", &height);
}

/// A readable cookie.
pub(crate) fn cookie(name: &str) -> Option<String> {
    let all = Reflect::get(&document(), &"cookie".into()).ok()?.as_string()?;
    all.split("; ").find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

/// A choice that was stored on this device.
pub(crate) fn stored(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Stores a choice on this device, if the browser lets us.
pub(crate) fn store(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Forgets what was stored on this device.
pub(crate) fn forget(key: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(key);
    }
}

/// What was kept in this tab.
pub(crate) fn kept_here(key: &str) -> Option<String> {
    window().session_storage().ok()??.get_item(key).ok()?
}

/// Keeps something in this tab, if the browser lets us; nothing is kept of an empty text.
pub(crate) fn keep_here(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = if value.is_empty() { storage.remove_item(key) } else { storage.set_item(key, value) };
    }
}

/// Whether the device asks for dark colours.
pub(crate) fn prefers_dark() -> bool {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches())
}

/// Sets an attribute of the page's root element.
pub(crate) fn set_root(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}

/// The page's address inside this origin, with its query.
pub(crate) fn path_and_query() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// Which part of the page its address asks for: `#plan`; empty for none.
pub(crate) fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Leaves the dashboard for another address.
pub(crate) fn leave_to(address: &str) {
    let _ = window().location().assign(address);
}

/// A tab of its own.
pub(crate) type Tab = web_sys::Window;

/// Opens an empty tab; only a click may do that. What will be loaded there cannot reach back to this page.
pub(crate) fn blank_tab(title: &str) -> Option<Tab> {
    let tab = window().open_with_url_and_target("about:blank", "_blank").ok()??;
    let _ = tab.set_opener(&JsValue::NULL);
    if let Some(page) = tab.document() {
        page.set_title(title);
    }
    Some(tab)
}

/// Goes to another address in this tab, else in our own.
pub(crate) fn go_in(tab: Option<Tab>, address: &str) {
    match tab {
        Some(tab) => drop(tab.location().replace(address)),
        None => leave_to(address),
    }
}

/// Closes a tab, if there is one.
pub(crate) fn close(tab: Option<Tab>) {
    if let Some(tab) = tab {
        let _ = tab.close();
    }
}

/// Whether a question stands open on the page.
pub(crate) fn is_asked() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|found| found.is_some())
}

/// Takes away what stands on the page while the program loads; the program's own is shown from then on.
pub(crate) fn drop_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}

/// Moves the keyboard to an element, if it is there.
pub(crate) fn focus(id: &str) {
    if let Some(element) =
        document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}

/// Hands a file to the browser to keep under this name. The link need not be on the page.
pub(crate) fn keep(file: &web_sys::Blob, name: &str) {
    let Ok(address) = web_sys::Url::create_object_url_with_blob(file) else { return };
    if let Ok(link) = document().create_element("a") {
        let link: web_sys::HtmlAnchorElement = link.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    let _ = web_sys::Url::revoke_object_url(&address);
}

/// Whether capitals are locked, as a key event tells. What a browser fills in comes as events that know nothing of keys.
pub(crate) fn has_capitals(event: &JsValue) -> bool {
    let asked = Reflect::get(event, &"getModifierState".into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    asked.and_then(|ask| ask.call1(event, &"CapsLock".into()).ok()).is_some_and(|locked| locked.is_truthy())
}

/// Puts a text on the clipboard. `false` where the browser does not let pages do that.
pub(crate) async fn copy(text: &str) -> bool {
    let board = Reflect::get(&window().navigator(), &"clipboard".into()).unwrap_or(JsValue::UNDEFINED);
    let write = Reflect::get(&board, &"writeText".into()).ok().and_then(|found| found.dyn_into::<Function>().ok());
    let Some(promise) = write.and_then(|write| write.call1(&board, &text.into()).ok()) else { return false };
    JsFuture::from(Promise::resolve(&promise)).await.is_ok()
}

/// Marks all of an input, so that a person can copy it.
pub(crate) fn select(id: &str) {
    let found = document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(input) = found {
        input.select();
    }
}

/// A text as a file to keep.
pub(crate) fn text_file(text: &str) -> Option<web_sys::Blob> {
    web_sys::Blob::new_with_str_sequence(&js_sys::Array::of1(&text.into())).ok()
}

/// A picture that was sent as the text of an SVG document, for an `img`: nothing in it can act there.
pub(crate) fn picture(svg: &str) -> String {
    let encoded = window().btoa(svg).unwrap_or_default();
    format!("data:image/svg+xml;base64,{encoded}")
}

/// The clocks of a zone; `None` if the browser does not know it. What they read is asked for in Swedish, which writes it as figures
/// from the year down.
pub(crate) fn clocks(zone: &str) -> Option<Clocks> {
    let intl = Reflect::get(&window(), &"Intl".into()).ok()?;
    let kind: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    let asked = js_sys::Object::new();
    for (name, value) in [("timeZone", zone), ("dateStyle", "short"), ("timeStyle", "medium")] {
        Reflect::set(&asked, &name.into(), &value.into()).ok()?;
    }
    let known = Reflect::construct(&kind, &js_sys::Array::of2(&"sv".into(), &asked)).ok()?;
    let format: Function = Reflect::get(&known, &"format".into()).ok()?.dyn_into().ok()?;
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970, far below what a float holds exactly")]
    let read = move |unix: i64| {
        let told = format.call1(&JsValue::UNDEFINED, &(unix as f64 * 1_000.0).into()).ok()?.as_string()?;
        reading(&told)
    };
    // A browser that writes it otherwise says nothing that could be read.
    read(0)?;
    Some(Box::new(move |unix| read(unix).unwrap_or(unix)))
}

/// Asks the browser to print the page.
pub(crate) fn print() {
    let _ = window().print();
}

/// A fresh `Idempotency-Key`. `crypto.randomUUID` exists in secure contexts only, so random bytes are asked for instead.
pub(crate) fn fresh_key() -> String {
    let mut bytes = [0; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// A random number of milliseconds, for spreading requests; not for secrets.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two whole numbers of 32 bits")]
pub(crate) fn between(least_ms: u32, most_ms: u32) -> u32 {
    least_ms + (js_sys::Math::random() * f64::from(most_ms.saturating_sub(least_ms))) as u32
}

/// Runs `work` while no other tab of this origin runs work under the same name, where the browser can arrange that.
pub(crate) fn alone_among_tabs(name: &str, work: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).unwrap_or(JsValue::UNDEFINED);
    let request = Reflect::get(&locks, &"request".into()).ok().and_then(|found| found.dyn_into::<Function>().ok());
    let Some(request) = request else { return wasm_bindgen_futures::future_to_promise(work) };
    let run = wasm_bindgen::closure::Closure::once_into_js(move |_lock: JsValue| {
        JsValue::from(wasm_bindgen_futures::future_to_promise(work))
    });
    match request.call2(&locks, &name.into(), &run) {
        Ok(promise) => promise.unchecked_into(),
        Err(refused) => Promise::reject(&refused),
    }
}
