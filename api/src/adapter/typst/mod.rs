//! Invoices and credit notes by Typst, as a library: the template and the faces are in the binary, nothing is read from
//! disk or network. Knows no route and no store.
//!
//! The template never sees a customer's text as source: everything comes in as values, and values are only ever shown.

mod inputs;
mod world;

use crate::port::printer::{InvoicePrinter, PrintError};
use async_trait::async_trait;
use shared::api::auth::Language;
use shared::api::invoices::InvoiceView;
use shared::wording::dates;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};
use world::{Faces, Job};

/// Setting is work for a processor, not waiting: more at once would only make each one slower.
const AT_ONCE: usize = 2;

/// How many prints a memoised part of a document outlives. It is another document each time: keep almost nothing.
const REMEMBERED_PRINTS: usize = 1;

/// Prints with Typst. Holds the parsed faces and the template; clone-free to share behind an `Arc`.
pub struct TypstPrinter {
    faces: Arc<Faces>,
    turns: Arc<Semaphore>,
}

impl TypstPrinter {
    /// Reads the embedded faces and the template, once. Fails only if the binary was built from broken ones.
    pub fn new() -> Result<Self, PrintError> {
        Ok(Self { faces: Arc::new(Faces::embedded()?), turns: Arc::new(Semaphore::new(AT_ONCE)) })
    }
}

#[async_trait]
impl InvoicePrinter for TypstPrinter {
    async fn print(&self, invoice: &InvoiceView, language: Language) -> Result<Vec<u8>, PrintError> {
        // The turn travels with the work: it is not given back while a print that nobody waits for still runs.
        let turn = self.turns.clone().acquire_owned().await.map_err(|_| PrintError::new("the printer is closing"))?;
        let (faces, invoice) = (self.faces.clone(), invoice.clone());
        let work = spawn_blocking(move || {
            let printed = set(faces, &invoice, language);
            drop(turn);
            printed
        });
        work.await.map_err(|_| PrintError::new("the setting of a document broke off"))?
    }
}

/// The whole way from a document to bytes.
fn set(faces: Arc<Faces>, invoice: &InvoiceView, language: Language) -> Result<Vec<u8>, PrintError> {
    let (year, month, day) =
        dates::parts(&invoice.issued_on).ok_or_else(|| PrintError::new("issued_on is not a date"))?;
    let issued_on = Datetime::from_ymd(i32::from(year), month, day);
    let job = Job::new(faces, inputs::of(invoice, language)?, issued_on);
    let setting = typst::compile::<PagedDocument>(&job).output;
    let bytes = setting.and_then(|document| {
        let options = PdfOptions {
            ident: Smart::Custom(format!("{} {language:?}", invoice.invoice_id)),
            creator: Smart::Custom(Some("Hourglass".to_owned())),
            timestamp: issued_on.map(Timestamp::new_utc),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options)
    });
    comemo::evict(REMEMBERED_PRINTS);
    bytes.map_err(|errors| broken(&errors))
}

/// The messages name parts of the template and of Typst, never the document's texts.
fn broken(errors: &[SourceDiagnostic]) -> PrintError {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    PrintError::new(format!("the document could not be set: {}", messages.join("; ")))
}
