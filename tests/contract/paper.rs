//! What a reader finds in a PDF: its pages, and the text on each, as a person would copy it. Knows no adapter.

use hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Object, Stream, String as PdfString};
use hayro_syntax::page::Page;

/// The text of every page, without white space: where a file sets a word in two pieces says nothing about a gap.
pub(crate) fn pages(bytes: &[u8]) -> Vec<String> {
    read(bytes).into_iter().map(|page| without_space(&page.text)).collect()
}

/// As the text of a page is given.
pub(crate) fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

/// How many glyphs there are, on all pages.
pub(crate) fn glyphs(bytes: &[u8]) -> usize {
    read(bytes).into_iter().map(|page| page.glyphs).sum()
}

#[derive(Default)]
struct Reading {
    text: String,
    glyphs: usize,
    font: Option<CMap>,
    /// For each open piece of marked content, whether it says itself what its glyphs mean.
    spoken: Vec<bool>,
}

fn read(bytes: &[u8]) -> Vec<Reading> {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF that can be read");
    pdf.pages().iter().map(read_page).collect()
}

fn read_page(page: &Page<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut instructions = page.typed_operations();
    while let Some(instruction) = instructions.next() {
        match instruction {
            TypedInstruction::TextFont(set) => reading.font = meanings(page, set.0),
            TypedInstruction::BeginMarkedContent(_) => reading.spoken.push(false),
            TypedInstruction::BeginMarkedContentWithProperties(begin) => {
                let actual = actual_text(begin.1);
                reading.text.push_str(actual.as_deref().unwrap_or_default());
                reading.spoken.push(actual.is_some());
            }
            TypedInstruction::EndMarkedContent(_) => drop(reading.spoken.pop()),
            TypedInstruction::ShowText(show) => reading.shown(show.0),
            TypedInstruction::ShowTexts(show) => {
                show.0.iter::<Object<'_>>().filter_map(Object::into_string).for_each(|it| reading.shown(&it));
            }
            _ => {}
        }
    }
    reading
}

impl Reading {
    /// Every code has two bytes in the fonts that are embedded.
    fn shown(&mut self, codes: &PdfString<'_>) {
        let spoken = self.spoken.contains(&true);
        let font = self.font.as_ref().expect("a font that says what its glyphs mean");
        for code in codes.as_bytes().chunks_exact(2) {
            self.glyphs += 1;
            match font.lookup_bf_string(u32::from(u16::from_be_bytes([code[0], code[1]]))) {
                _ if spoken => {}
                Some(BfString::Char(c)) => self.text.push(c),
                Some(BfString::String(many)) => self.text.push_str(&many),
                None => self.text.push('\u{fffd}'),
            }
        }
    }
}

/// From a font's codes to characters.
fn meanings(page: &Page<'_>, font: &hayro_syntax::object::Name<'_>) -> Option<CMap> {
    let stream = page.resources().get_font(font)?.get::<Stream<'_>>("ToUnicode")?;
    CMap::parse(&stream.decoded().ok()?, |_| None)
}

fn actual_text(properties: &Object<'_>) -> Option<String> {
    let bytes = properties.clone().into_dict()?.get::<PdfString<'_>>("ActualText")?.as_bytes().to_vec();
    let units: Vec<u16> =
        bytes.strip_prefix(&[0xfe, 0xff])?.chunks_exact(2).map(|it| u16::from_be_bytes([it[0], it[1]])).collect();
    String::from_utf16(&units).ok()
}
