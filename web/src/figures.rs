//! Figures to choose by, usage across panels and the plans of a new one, compiled to WASM: a program of its own, so that nobody
//! waits for it to see their panels. On any other target it is empty.

fn main() {
    #[cfg(target_arch = "wasm32")]
    web::start_figures();
}
