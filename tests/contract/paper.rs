//! What a reader finds in a PDF: its pages, and the text on each, as a person would copy it. Knows no adapter.

use hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::content::TypedInstruction;
use hayro_syntax::object::{Object, Stream, String as PdfString};
use hayro_syntax::page::Page;

/// The text of every page. Runs are joined by a space; white space is written as one space each time.
pub(crate) fn pages(bytes: &[u8]) -> Vec<String> {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF that can be read");
    pdf.pages().iter().map(text_of).collect()
}

fn text_of(page: &Page<'_>) -> String {
    let mut text = String::new();
    let mut font = None;
    // For each open piece of marked content, whether it says itself what its glyphs mean.
    let mut spoken = Vec::new();
    let mut instructions = page.typed_operations();
    while let Some(instruction) = instructions.next() {
        match instruction {
            TypedInstruction::TextFont(set) => font = meanings(page, set.0),
            TypedInstruction::BeginMarkedContent(_) => spoken.push(false),
            TypedInstruction::BeginMarkedContentWithProperties(begin) => {
                let actual = actual_text(begin.1);
                text.push_str(actual.as_deref().unwrap_or_default());
                spoken.push(actual.is_some());
            }
            TypedInstruction::EndMarkedContent(_) => drop(spoken.pop()),
            TypedInstruction::EndText(_) => text.push(' '),
            TypedInstruction::ShowText(show) if !spoken.contains(&true) => read(show.0, font.as_ref(), &mut text),
            TypedInstruction::ShowTexts(show) if !spoken.contains(&true) => {
                show.0.iter::<Object<'_>>().filter_map(Object::into_string).for_each(|it| read(&it, font.as_ref(), &mut text));
            }
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// From a font's codes to characters.
fn meanings(page: &Page<'_>, font: &hayro_syntax::object::Name<'_>) -> Option<CMap> {
    let stream = page.resources().get_font(font)?.get::<Stream<'_>>("ToUnicode")?;
    CMap::parse(&stream.decoded().ok()?, |_| None)
}

fn actual_text(properties: &Object<'_>) -> Option<String> {
    let bytes = properties.clone().into_dict()?.get::<PdfString<'_>>("ActualText")?.as_bytes().to_vec();
    let units: Vec<u16> = bytes.strip_prefix(&[0xfe, 0xff])?.chunks_exact(2).map(|it| u16::from_be_bytes([it[0], it[1]])).collect();
    String::from_utf16(&units).ok()
}

/// Every code has two bytes in the fonts that are embedded.
fn read(shown: &PdfString<'_>, font: Option<&CMap>, text: &mut String) {
    let font = font.expect("a font that says what its glyphs mean");
    for code in shown.as_bytes().chunks_exact(2) {
        match font.lookup_bf_string(u32::from(u16::from_be_bytes([code[0], code[1]]))) {
            Some(BfString::Char(c)) => text.push(c),
            Some(BfString::String(many)) => text.push_str(&many),
            None => text.push('\u{fffd}'),
        }
    }
}
