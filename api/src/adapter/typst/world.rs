//! All that Typst gets to see: one template, the faces, one document's values. No files, no packages, no clock.

use crate::port::printer::PrintError;
use std::path::PathBuf;
use std::sync::Arc;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const TEMPLATE: &str = include_str!("invoice.typ");
const FACES: [&[u8]; 2] = [include_bytes!("fonts/regular.ttf"), include_bytes!("fonts/semibold.ttf")];

/// What every print shares.
pub(super) struct Faces {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
}

impl Faces {
    /// Out of the binary.
    pub(super) fn embedded() -> Result<Self, PrintError> {
        let parse =
            |bytes| Font::new(Bytes::new(bytes), 0).ok_or_else(|| PrintError::new("an embedded face is broken"));
        let fonts = FACES.into_iter().map(parse).collect::<Result<Vec<Font>, PrintError>>()?;
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Ok(Self { book, fonts, template: Source::detached(TEMPLATE) })
    }
}

/// One document on its way.
pub(super) struct Job {
    faces: Arc<Faces>,
    library: LazyHash<Library>,
    today: Option<Datetime>,
}

impl Job {
    /// With the document's values, and the day that the template may take for today.
    pub(super) fn new(faces: Arc<Faces>, inputs: Dict, today: Option<Datetime>) -> Self {
        Self { faces, library: LazyHash::new(Library::builder().with_inputs(inputs).build()), today }
    }
}

impl World for Job {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.faces.book
    }

    fn main(&self) -> FileId {
        self.faces.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.faces.template.clone()) } else { Err(nothing_there()) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(nothing_there())
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.faces.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

fn nothing_there() -> FileError {
    FileError::NotFound(PathBuf::new())
}
