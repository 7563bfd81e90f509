//! JSON by the browser's own parser: it is there already, and a second one would cost every customer thirty kilobytes.

use js_sys::JSON;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

/// A value from its JSON text; `None` if it is not one.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_wasm_bindgen::from_value(JSON::parse(text).ok()?).ok()
}

/// The JSON text of a value.
pub(crate) fn write(value: &impl Serialize) -> Option<String> {
    let value: JsValue = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()?;
    JSON::stringify(&value).ok()?.as_string()
}
