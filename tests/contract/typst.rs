//! The world of the Typst adapter: nothing but itself.

use hourglass::adapter::typst::TypstPrinter;

use crate::printer::World;

/// The adapter as the binary holds it.
pub(crate) struct Press(TypstPrinter);

impl World for Press {
    type Printer = TypstPrinter;

    fn new() -> Self {
        Self(TypstPrinter::new().unwrap())
    }

    fn printer(&self) -> &TypstPrinter {
        &self.0
    }
}
