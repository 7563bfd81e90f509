//! Everything about one panel, compiled to WASM: a program of its own, so that nobody waits for it to see all of theirs. On any
//! other target it is empty.

fn main() {
    #[cfg(target_arch = "wasm32")]
    web::start_details();
}
